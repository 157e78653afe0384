import { useCallback, useSyncExternalStore } from 'react';

/** Whether a media query holds, in a component that is drawn again when that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** Too narrow for two windows side by side; the styles have the same number. */
export const NARROW = '(max-width: 899px)';
