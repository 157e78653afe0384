/**
 * The picture of the sandbox in this page: kept up to date by the server's stream, read by components with usePart and
 * usePicture. When the stream breaks, EventSource connects again by itself and is given everything anew.
 */
import { useSyncExternalStore } from 'react';
import type { Parts, Patch } from '../page/protocol.js';

export interface Picture {
  readonly parts: Readonly<Partial<Parts>>;
  readonly connected: boolean;
}

let picture: Picture = { parts: {}, connected: false };
let source: EventSource | undefined;
const listeners = new Set<() => void>();

function set(next: Picture): void {
  picture = next;
  for (const listener of listeners) listener();
}

function apply(patch: Patch): void {
  const parts: Record<string, unknown> = patch.full ? {} : { ...picture.parts };
  for (const [key, value] of Object.entries(patch.parts)) {
    if (value === null) delete parts[key];
    else parts[key] = value;
  }
  set({ parts: parts as Partial<Parts>, connected: true });
}

function connect(): void {
  source = new EventSource('live');
  source.onmessage = (event: MessageEvent<string>) => apply(JSON.parse(event.data) as Patch);
  source.onerror = () => {
    set({ ...picture, connected: false });
    // A server that answered with an error, or was gone for long: EventSource gives up for good, we do not.
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, 1_000);
  };
}

function subscribe(listener: () => void): () => void {
  if (source === undefined) connect();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePicture(): Picture {
  return useSyncExternalStore(subscribe, () => picture);
}

export function usePart<Key extends keyof Parts>(key: Key): Parts[Key] | undefined {
  return useSyncExternalStore(subscribe, () => picture.parts[key]) as Parts[Key] | undefined;
}

/** All parts of one kind: `partsOf(picture, 'case')` are the cases. In the order in which the server gave them. */
export function partsOf<Kind extends 'channel' | 'user' | 'message' | 'ephemeral' | 'view' | 'case'>(
  { parts }: Picture,
  kind: Kind,
): Parts[`${Kind}:${string}`][] {
  return Object.entries(parts)
    .filter(([key]) => key.startsWith(`${kind}:`))
    .map(([, value]) => value as Parts[`${Kind}:${string}`]);
}
