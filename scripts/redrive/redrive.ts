import type { DeadLetter } from '../../src/event-path/dead-letter.js';
import { EventPathError } from '../../src/event-path/errors.js';
import type { Handed } from './hand-over.js';
import { type DeadLetterQueue, HIDDEN_SECONDS } from './queue.js';
import { events, lineOf, reasonsOf } from './words.js';

export interface RedriveDeps {
  readonly queue: DeadLetterQueue;
  /** Null: nothing is delivered, only listed. */
  readonly handOver: ((body: string) => Promise<Handed>) | null;
  readonly print: (line: string) => void;
  /** Somebody pressed Ctrl-C. */
  readonly isStopped: () => boolean;
}

/** After so many answers in a row that are not the bot's, somebody else is there. */
const FOREIGN_ANSWERS = 3;
/** SQS may say once that there is nothing, although there is. */
const EMPTY_POLLS = 2;

/**
 * One round over the queue: every event is handed over once. What was not taken is in the queue afterwards, whatever ends
 * the round. Throws an EventPathError.
 *
 * @returns whether all is well: everything delivered, or listed.
 */
export async function redrive({ queue, handOver, print, isStopped }: RedriveDeps): Promise<boolean> {
  /** Without the bodies: there may be thousands of a megabyte. */
  const seen = new Map<string, Omit<DeadLetter, 'body'>>();
  /** What we were given and have not deleted, with its newest receipt. */
  const held = new Map<string, string>();
  let delivered = 0;
  let foreign = 0;
  let stop: string | null = null;
  let trouble: unknown = null;
  try {
    for (let empty = 0; empty < EMPTY_POLLS && stop === null && !isStopped(); ) {
      const letters = await queue.receive();
      for (const { id, receipt } of letters) held.set(id, receipt);
      const fresh = letters.filter(({ id }) => !seen.has(id));
      // What comes a second time is not tried again: nothing new is as good as nothing.
      empty = fresh.length === 0 ? empty + 1 : 0;
      for (const letter of fresh) {
        if (stop !== null || isStopped()) break;
        const handed = handOver === null ? null : await handOver(letter.body);
        if (handed?.kind === 'stop') {
          stop = handed.says;
          break;
        }
        const { body: _, ...rest } = letter;
        seen.set(letter.id, rest);
        print(lineOf(letter, handed));
        foreign = handed?.kind === 'refused' && handed.isForeign ? foreign + 1 : 0;
        if (foreign === FOREIGN_ANSWERS)
          stop = `${foreign} answers in a row were not of Casethread. Is it the bot that answers there? Else say with --to where it is.`;
        if (handed?.kind !== 'taken') continue;
        delivered += 1;
        await queue.remove(letter);
        held.delete(letter.id);
      }
    }
  } catch (error) {
    trouble = error;
  }
  const isBack = await giveAllBack(queue, held);
  // AWS's counts lag behind: none was hidden from us that had not been hidden before.
  const hidden = trouble !== null || queue.hidden === 0 ? 0 : Math.min(queue.hidden, await queue.hiddenNow());

  print('');
  if (seen.size > 0) {
    for (const line of reasonsOf([...seen.values()])) print(line);
    print('');
  }
  const refused = seen.size - delivered;
  if (seen.size === 0 && stop === null && trouble === null && !isStopped())
    print(
      hidden > 0 ? 'There is nothing in the queue that can be had now.' : 'There is nothing in the queue.',
    );
  else if (handOver === null) print(`${events(seen.size)} in the queue. Nothing was delivered (--dry-run).`);
  else
    print(
      `${events(delivered)} delivered${refused > 0 ? `; ${refused} not taken, which stay in the queue` : ''}.`,
    );
  if (isStopped()) print('Stopped. Everything that is not delivered stays in the queue.');
  if (stop !== null) print(`${stop}\nEverything that is not delivered stays in the queue.`);
  if (hidden > 0)
    print(
      `${hidden} more ${hidden === 1 ? 'is' : 'are'} in somebody's hands, perhaps of a run that was killed, for up to ${HIDDEN_SECONDS / 60} minutes. Run it again then.`,
    );
  if (!isBack)
    print(
      `What is still in the queue shows itself again after ${HIDDEN_SECONDS / 60} minutes: it could not be given back.`,
    );
  if (trouble !== null) throw trouble;
  return stop === null && !isStopped() && (handOver === null || (refused === 0 && hidden === 0));
}

/** The next one who looks into the queue is to find it, and need not wait. */
async function giveAllBack(queue: DeadLetterQueue, held: ReadonlyMap<string, string>): Promise<boolean> {
  let isBack = true;
  for (const receipt of held.values()) {
    try {
      await queue.giveBack(receipt);
    } catch (error) {
      if (!(error instanceof EventPathError)) throw error;
      isBack = false;
      // The others would be answered the same, after as long a wait.
      if (error.kind !== 'refused' && error.kind !== 'gone') return false;
    }
  }
  return isBack;
}
