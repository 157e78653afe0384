/** A value that several components share, outside React's tree. */
import { useSyncExternalStore } from 'react';

export interface SharedState<Value> {
  get(): Value;
  set(next: Value): void;
  /** The value, in a component that is drawn again when it changes. */
  use(): Value;
}

export function sharedState<Value>(initial: Value): SharedState<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, () => value),
  };
}
