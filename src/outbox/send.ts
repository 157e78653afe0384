/**
 * Works off the outbox of one case, in the order in which people sent. AddCommunicationToCase has no token that would
 * make it safe to repeat, and to resolve again would undo what a person did who reopened the case meanwhile. So an
 * attempt is written down before it is made. After an unclear answer the case is searched for the reference in the stamp
 * line, or looked at whether it is resolved; what is not found so goes back to the person, and is never sent again
 * unless they say so. CreateCase has no token either: a case that may have been opened is looked for among the open ones.
 */

import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { Run } from '../inbox/inbox.js';
import { again, done, type Outcome } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import type { Accounts } from '../support/support-api.js';
import { FILE_TIMING, type FileSource, type FileTiming } from './bring-files.js';
import type { FileProgress } from './file-progress.js';
import { hasExpired } from './guard.js';
import { sendOpening } from './send-opening.js';
import { sendReply } from './send-reply.js';
import { sendResolve } from './send-resolve.js';
import { settle } from './settle.js';
import { change, type Step, type Turn } from './turn.js';

/** How people hear of it. Must not throw, but for what `stillOurs` throws, which is called right before each message. */
export interface Teller {
  /** The message has come to the end that its state names. False when nobody could be told now. */
  ended(message: OutboxMessage, stillOurs: () => void): Promise<boolean>;
  /** It takes longer: AWS is busy, or did not confirm and is being searched, or Slack does not give out the files. */
  delayed(message: OutboxMessage, why: Delay, stillOurs: () => void): Promise<void>;
  /** Its files are on their way to AWS. Not said more than a handful of times. */
  progress(message: OutboxMessage, progress: FileProgress, stillOurs: () => void): Promise<void>;
}

export type Delay = 'busy' | 'checking' | 'files';

export interface SendTiming {
  /** How long after an unclear answer the case is looked at, and looked at again. */
  readonly lookAfterMs: readonly number[];
  /** An event that seems to announce the reply is waited for so long. */
  readonly announcedMs: number;
  /** While AWS takes nothing, or does not let us look at the case, so long. Then the person has it back. */
  readonly giveUpMs: number;
  /** Whoever cannot be told how it ended is tried again for so long. */
  readonly tellForMs: number;
  readonly files: FileTiming;
}

export const SEND_TIMING: SendTiming = {
  lookAfterMs: [1_000, 2_000, 4_000, 8_000, 15_000],
  announcedMs: 300_000,
  giveUpMs: 600_000,
  tellForMs: 86_400_000,
  files: FILE_TIMING,
};

const THREAD_WITHIN_MS = 20_000;

export interface SendDeps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly tell: Teller;
  readonly files: FileSource;
  readonly markCase: (key: string) => Promise<void>;
  readonly markOutbox: (key: string) => Promise<void>;
  readonly count: (result: string) => void;
  readonly timing: SendTiming;
  /** Aborted when the bot is being stopped: an upload takes longer than that may. */
  readonly stopping: AbortSignal;
  readonly now: () => number;
}

export async function sendForCase(all: SendDeps, asked: CaseKey, run: Run): Promise<Outcome> {
  const store = all.store.under(run.lease);
  const key = await store.canonical(asked);
  if (caseKeyText(key) !== caseKeyText(asked)) {
    await all.markOutbox(caseKeyText(key));
    return done;
  }
  const api = all.accounts.for(key.account, 'person');
  const turn: Turn = { ...all, store, api, run, stillOurs: () => run.lease.check() };
  let untold = false;
  for (const { reference } of await store.unfinished(key)) {
    const step = await workOff(turn, reference);
    if (step === 'untold') untold = true;
    // What was sent later waits behind: on the case it has to stand in the order in which it was said.
    else if (step !== null) return step;
  }
  return untold ? again('a person could not be told') : done;
}

/** One message as far as it goes now. Null when it is at its end. */
async function workOff(turn: Turn, reference: string): Promise<Outcome | 'untold' | null> {
  for (;;) {
    const message = await turn.store.getFromOutbox(reference);
    if (message === null) return null;
    const step = await takeStep(turn, message);
    if (step !== 'next') return step;
  }
}

const SEND = { reply: sendReply, resolve: sendResolve, create: sendOpening } as const;

function takeStep(turn: Turn, message: OutboxMessage): Promise<Step> {
  switch (message.state) {
    case 'queued':
      return SEND[message.kind](turn, message);
    case 'sending':
      // Killed, or taken over, between sending and writing down how it ended.
      return change(turn, message, { state: 'in-doubt', doubtedAt: turn.now() });
    case 'in-doubt':
      return settle(turn, message);
    default:
      return tellEnd(turn, message);
  }
}

/** A new case: the person is to read where its thread is. Not for ever, where it cannot be posted. */
async function mustWaitForThread({ store, now }: Turn, message: OutboxMessage): Promise<boolean> {
  const { kind, state, key, createdAt } = message;
  if (kind !== 'create' || (state !== 'sent' && state !== 'seen')) return false;
  if (now() - createdAt > THREAD_WITHIN_MS) return false;
  return (await store.getCase(key))?.threadTs == null;
}

async function tellEnd(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { store, tell, count, timing, now, stillOurs } = turn;
  const { reference, state } = message;
  if (message.told) return null;
  if (await mustWaitForThread(turn, message)) return 'untold';
  const isTold = await tell.ended(message, stillOurs);
  // Where Slack is away the words and the button must not be lost with it; a person who is gone is not waited for.
  if (!isTold && now() - message.createdAt < timing.tellForMs) return 'untold';
  // Written down after it was said. Killed, or taken over, in between, we tell the person the same once more; the other
  // way round they would wait for ever. Better told twice than never.
  const isWritten = await store.changeOutbox(reference, state === 'sent' ? ['sent', 'seen'] : [state], {
    told: true,
    // Nothing can become of it any more.
    ...(hasExpired(message) ? { text: '' } : {}),
  });
  // The person was quick with a button, or AWS shows it after all: what was said is not the end any more.
  if (!isWritten) return 'next';
  // What waits for a click is counted when it has been sent, or not.
  if (state !== 'asking') count(state === 'seen' ? 'sent' : state);
  return null;
}
