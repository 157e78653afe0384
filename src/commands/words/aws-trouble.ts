import type { SupportError } from '../../support/support-error.js';

/** Why AWS did not do what a person asked for, with what they can do: some of it passes by itself. Not escaped. */
export function awsTrouble({ kind, sentence }: Pick<SupportError, 'kind' | 'sentence'>): string {
  return kind === 'throttled' || kind === 'unreachable' ? `${sentence} Try again in a minute.` : sentence;
}
