import { passesByItself, type SupportError } from '../../support/support-error.js';

/** Why AWS did not do what a person asked for, with what they can do: some of it passes by itself. Not escaped. */
export function awsTrouble(error: Pick<SupportError, 'kind' | 'sentence'>): string {
  return passesByItself(error) ? `${error.sentence} Try again in a minute.` : error.sentence;
}
