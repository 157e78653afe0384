import type { Spread } from './spread.js';

/** One line of the table. */
export interface Result {
  readonly name: string;
  /** What was measured, for people. */
  readonly what: string;
  readonly unit: 'ms' | 'MB' | 'per event' | 'per s' | 'answers' | 'times' | 'ratio';
  readonly spread: Spread;
  /** Null: told for information. */
  readonly target: Target | null;
  /** How far the measurement itself can be trusted, and what explains it. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** Of `each`, every single number is meant. */
export type Target =
  | { readonly of: 'median' | 'p99'; readonly is: '<' | '>='; readonly value: number }
  | { readonly of: 'each'; readonly is: '='; readonly value: number };

export interface Benchmark {
  readonly name: string;
  run(): Promise<readonly Result[]>;
}

export function isMet({ spread }: Pick<Result, 'spread'>, target: Target): boolean {
  switch (target.is) {
    case '<':
      return spread[target.of] < target.value;
    case '>=':
      return spread[target.of] >= target.value;
    case '=':
      return spread.min === target.value && spread.max === target.value;
  }
}
