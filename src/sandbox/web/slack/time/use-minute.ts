import { useSyncExternalStore } from 'react';

let now = Date.now();

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, 30_000);
  return () => clearInterval(timer);
}

/** The time in ms, new twice a minute: for words like "5 minutes ago". */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => now);
}
