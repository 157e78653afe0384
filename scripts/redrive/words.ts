import type { DeadLetter } from '../../src/event-path/dead-letter.js';
import type { Handed } from './hand-over.js';

/** One line for an event. Null: nothing was done with it. */
export function lineOf({ about }: Pick<DeadLetter, 'about'>, handed: Handed | null): string {
  const { time, name, displayId } = about ?? { time: '', name: '(not an event)', displayId: '' };
  const columns = [time.padEnd(20), name.padEnd(24), displayId.padEnd(12)];
  return `  ${columns.join('  ')}  ${handed === null ? '' : became(handed)}`.trimEnd();
}

function became(handed: Handed): string {
  switch (handed.kind) {
    case 'taken':
      return {
        new: 'delivered',
        duplicate: 'delivered: the bot had it already',
        ignored: 'delivered: not of use',
      }[handed.as];
    case 'refused':
      return `refused: ${handed.says}`;
    case 'stop':
      return 'not delivered';
  }
}

const MOST_REASONS = 10;

/** Why the events were in the queue, the most frequent reason first. */
export function reasonsOf(letters: readonly Pick<DeadLetter, 'code' | 'message'>[]): string[] {
  const counts = new Map<string, number>();
  for (const { code, message } of letters) {
    const reason = `${code}: ${message}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, one], [, other]) => other - one);
  const shown = rows
    .slice(0, MOST_REASONS)
    .map(([reason, count]) => `  ${String(count).padStart(5)}  ${reason}`);
  const left = rows.length - shown.length;
  return [
    'Why EventBridge could not deliver them:',
    ...shown,
    ...(left > 0 ? [`         and ${left} more`] : []),
  ];
}

export function events(count: number): string {
  return count === 1 ? '1 event' : `${count} events`;
}
