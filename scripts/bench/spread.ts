/** How numbers are spread; percentiles by nearest rank, so each is a number that was measured. */
export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, min: rank(0), median: rank(0.5), p99: rank(0.99), max: rank(1) };
}
