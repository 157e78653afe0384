import { type ReactNode, useMemo } from 'react';
import type { Surface } from '../../../page/protocol.js';
import { type InSurface, SurfaceContext } from '../blocks/surface.js';
import { useActing, useTouched } from '../blocks/use-acting.js';

const NO_ERRORS = {};

interface MessageSurfaceProps {
  /** Keeps its identity while the message is the same. */
  on: Surface;
  failed(sentence: string): void;
  children: ReactNode;
}

/** What is pressed in a message is told at once; nothing else in it is told along. */
export function MessageSurface({ on, failed, children }: MessageSurfaceProps) {
  const acting = useActing(on, failed);
  const { touched, touch } = useTouched();
  const surface = useMemo<InSurface>(
    () => ({
      on,
      touched,
      touch,
      act: (deed) => acting.act(deed),
      suggest: acting.suggest,
      errors: NO_ERRORS,
    }),
    [on, touched, touch, acting],
  );
  return <SurfaceContext value={surface}>{children}</SurfaceContext>;
}
