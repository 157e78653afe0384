import type { ReadMessage } from './read-message.js';

/** Longer messages that speak of resolving are about something else. */
const LONGEST_DEED = 400;

/** `Status: Reopened → Work in progress`: it names how the case stood, and tells of no deed. */
const CHANGE = /^\W*(status|severity): .+ → /i;

/**
 * Whether a thread tells of the resolving and reopening of its case.
 *
 * @param others the messages that show no communication.
 */
export function deedDifferences(status: string, others: readonly ReadMessage[]): string[] {
  const told = others.flatMap(({ shown, moments }) => {
    if (CHANGE.test(shown)) return [];
    const deed = shown.length > LONGEST_DEED ? null : /\b(?:resolved|reopened)\b/i.exec(shown);
    return deed === null ? [] : [{ deed: deed[0].toLowerCase(), shown: `${shown} ${moments}` }];
  });
  const isTold = (which: string) => told.some(({ deed }) => deed === which);
  const what: string[] = [];
  if (status === 'resolved' && !isTold('resolved')) what.push('the resolving is not in the thread yet');
  // A reopening matters to those who saw the resolving.
  if (status !== 'resolved' && isTold('resolved') && !isTold('reopened')) {
    what.push('the reopening is not in the thread yet');
  }
  for (const [index, { deed, shown }] of told.entries()) {
    if (told[index - 1]?.shown !== shown) continue;
    what.push(`the ${deed === 'resolved' ? 'resolving' : 'reopening'} is there twice`);
  }
  const changes = others.filter(({ shown }) => CHANGE.test(shown));
  for (const [index, { shown, moments }] of changes.entries()) {
    const before = changes[index - 1];
    if (before?.shown !== shown || before.moments !== moments) continue;
    what.push(`a change of the ${CHANGE.exec(shown)?.[1]?.toLowerCase()} is there twice`);
  }
  return what;
}
