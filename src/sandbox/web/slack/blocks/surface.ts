/** Where interactive elements stand, and what becomes of what somebody does to them. */
import { createContext, use } from 'react';
import type { Chosen, Surface } from '../../../page/protocol.js';
import type { JsonObject } from '../../../slack/json-object.js';

export interface Acting {
  actionId: string;
  /** Of a button: which one. */
  value?: string;
  chosen?: Chosen;
}

export interface InSurface {
  on: Surface;
  /** What somebody has put into an element; undefined while nobody touched it. */
  touched(blockId: string, actionId: string): Chosen | undefined;
  /** Undefined: as if nobody had touched it. */
  touch(blockId: string, actionId: string, chosen: Chosen | undefined): void;
  /** Tells the app; what goes wrong is shown in the surface's own place. */
  act(acting: Acting): Promise<void>;
  /** What the app offers in an external select. */
  suggest(actionId: string, typed: string): Promise<JsonObject[]>;
  /** What is said under an input, by block id. */
  errors: { readonly [blockId: string]: string };
}

export const SurfaceContext = createContext<InSurface | null>(null);

export function useSurface(): InSurface {
  const found = use(SurfaceContext);
  if (found === null) throw new Error('An interactive element needs a message or a view around it');
  return found;
}
