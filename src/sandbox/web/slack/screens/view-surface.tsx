import { type ReactNode, useMemo } from 'react';
import type { Values } from '../../../page/protocol.js';
import type { ScreenView } from '../../../slack/people/screen-view.js';
import { sharedState } from '../../shared-state.js';
import { holders } from '../blocks/elements/chosen.js';
import { type InSurface, SurfaceContext } from '../blocks/surface.js';
import { touching, useActing } from '../blocks/use-acting.js';

/** What stands in the inputs of each view. Another view may lie over one for a while; a changed one keeps it. */
const byView = sharedState<Readonly<Record<string, Values>>>({});

/** The same, in a component that is drawn again when it changes. */
export function useValues(view: ScreenView): Values {
  return valuesOf(view, byView.use());
}

/** Of the inputs that are still in the view; the app would not know the others. */
export function valuesOf(view: ScreenView, all = byView.get()): Values {
  const values = all[view.id] ?? {};
  const there: Values = {};
  for (const { block, element } of holders(view.view.blocks)) {
    const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
    const chosen = values[blockId]?.[actionId];
    if (chosen !== undefined) there[blockId] = { ...there[blockId], [actionId]: chosen };
  }
  return there;
}

interface ViewSurfaceProps {
  view: ScreenView;
  errors: { readonly [blockId: string]: string };
  failed(sentence: string): void;
  children: ReactNode;
}

/** Elements of a modal or of the Home tab: what stands in the others is told along. */
export function ViewSurface({ view, errors, failed, children }: ViewSurfaceProps) {
  const values = byView.use()[view.id];
  const on = useMemo(() => ({ view: view.id }), [view.id]);
  const acting = useActing(on, failed);
  const surface = useMemo<InSurface>(
    () => ({
      on,
      touched: (blockId, actionId) => values?.[blockId]?.[actionId],
      touch: touching((change) => {
        byView.set({ ...byView.get(), [view.id]: change(byView.get()[view.id] ?? {}) });
      }),
      act: (deed) => acting.act(deed, valuesOf(view)),
      suggest: acting.suggest,
      errors,
    }),
    [on, values, acting, errors, view],
  );
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}
