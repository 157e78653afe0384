import type { JsonObject } from '../json-object.js';
import type { Block } from '../message.js';

/** A modal or App Home as it is, or was, on a person's screen. */
export interface ScreenView {
  id: string;
  user: string;
  type: 'modal' | 'home';
  /** The view as the app gave it, ids filled in. */
  view: JsonObject & { blocks: Block[] };
  hash: string;
  state: 'open' | 'closed';
  rootId: string;
  previousId?: string;
  /** What the person was told under the inputs at the last try, by block_id. */
  errors: { [blockId: string]: string };
  at: number;
}

/** The view as it is now. Throws when this person does not have it open: they could not act in it. */
export function shownView(workspace: { views: ScreenView[] }, view: ScreenView, user: string): ScreenView {
  const shown = workspace.views.find((each) => each.id === view.id);
  if (shown === undefined || shown.state !== 'open' || shown.user !== user) {
    throw new Error(`${user} has no such view open`);
  }
  return shown;
}

/** The modal that a person has in front of them. */
export function topModal(views: readonly ScreenView[], user: string): ScreenView | undefined {
  return views.findLast((each) => each.user === user && each.type === 'modal' && each.state === 'open');
}
