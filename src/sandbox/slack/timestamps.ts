/**
 * Hands out message timestamps: the second of the clock, then a counter. Unique and strictly increasing for the
 * whole workspace, also when the clock stands still or goes back.
 */
export function timestamps(now: () => number): () => string {
  let second = 0;
  let counter = 0;
  return () => {
    const current = Math.floor(now() / 1000);
    counter += 100;
    if (current > second) {
      second = current;
      counter = 100;
    } else if (counter > 999_999) {
      second += 1;
      counter = 100;
    }
    return `${second}.${String(counter).padStart(6, '0')}`;
  };
}

export const TIMESTAMP = /^\d{10}\.\d{6}$/;
