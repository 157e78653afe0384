/**
 * What CloudTrail tells of calls comes in; the audit channel shows each call of the kinds that it is for exactly once, those
 * that belong together in one message that counts them. Safe to run at any time, any number of times, and to be killed
 * anywhere. Not to be mistaken for the audit trail, which is about what people do in Slack.
 */
import type { AuditChannel } from '../../case/calls/audit-channel.js';
import type { Burst } from '../../case/calls/burst.js';
import type { Run } from '../../inbox/inbox.js';
import { again, done, doneFor, type Outcome } from '../../inbox/outcome.js';
import type { Message } from '../../slack/message.js';
import type { Slack } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Store } from '../../store/store.js';
import type { Log } from '../../telemetry/log.js';
import { outcomeOfError } from '../outcome-of-error.js';
import { AuditBook } from './audit-book.js';
import { BurstWriter } from './burst-writer.js';
import { beginAt, countCalls, switchOff } from './count-calls.js';
import type { FoundBefore } from './found-before.js';
import { kindsByTime } from './kinds-since.js';
import { planMessages } from './plan-messages.js';

export interface ShowCallsDeps {
  readonly store: Pick<
    Store,
    | 'under'
    | 'callsSince'
    | 'note'
    | 'saveNote'
    | 'doubts'
    | 'canonical'
    | 'caseFile'
    | 'getCase'
    | 'readAudit'
  >;
  readonly slack: Pick<Slack, 'post' | 'update' | 'findEntries' | 'personName'>;
  /** Null while this process shows none; `since` when it does, and `kindsSince` when it has had these kinds. */
  readonly audit: () => (AuditChannel & { readonly since: number; readonly kindsSince: number }) | null;
  readonly render: (burst: Burst, personName: (user: string) => string) => Message;
  readonly foundBefore: FoundBefore;
  /** A message is changed at most so often. */
  readonly updateEveryMs: number;
  /** What somehow went unmarked is found after so long. */
  readonly lookEveryMs: number;
  readonly settlesWithinMs: number;
  readonly log: Log;
  readonly now: () => number;
}

/** The keys of the inbox of notices for this: calls have come; and the channel was switched off. */
export const AUDIT_KEY = 'audit-channel';
export const AUDIT_OFF_KEY = 'audit-channel-off';

/** Then others have their turn: notices wait in the same inbox. */
const STEPS_AT_ONCE = 5;
/** After so many tries the rest of the channel waits no longer for a message that Slack refuses. */
const TRIES = 3;
/** While replicas are told of a changed CONFIG_FILE one after the other. */
const OTHERS_MS = 500;
const OTHERS_TRIES = 20;

export async function showCalls(all: ShowCallsDeps, run: Run): Promise<Outcome> {
  const deps = { ...all, store: all.store.under(run.lease) };
  const { store, updateEveryMs, lookEveryMs, now } = deps;
  const audit = deps.audit();
  if (audit === null) {
    return run.attempt < OTHERS_TRIES ? again('another replica shows calls', OTHERS_MS) : done;
  }
  try {
    const book = await AuditBook.open(store);
    if (book.isOff) await beginAt(deps, book, audit.since);
    const kindsNow = () => {
      const { kinds, kindsSince } = deps.audit() ?? audit;
      return kindsByTime(store, { kinds, since: kindsSince });
    };
    await countCalls(deps, book, kindsNow);
    const writer = new BurstWriter({ ...deps, ...audit, stillOurs: () => run.lease.check() }, book);
    const plan = () => planMessages(book.bursts, now(), updateEveryMs);
    for (const step of plan().steps.slice(0, STEPS_AT_ONCE)) {
      await writer.carryOut(step).catch((error: unknown) => {
        if (!(error instanceof SlackError) || error.kind !== 'rejected' || run.attempt < TRIES) throw error;
        return writer.giveUp(step, error);
      });
    }
    await book.save();
    // What has been carried out may lead to more: what was not found is posted, and there may be room to count more.
    const { steps, lookAfter } = plan();
    return doneFor(steps.length > 0 ? 0 : Math.min(lookAfter ?? lookEveryMs, lookEveryMs));
  } catch (error) {
    return outcomeOfError(error, run.attempt);
  }
}

/** What comes from now on, until it is switched on again, is not shown. */
export async function endShowing(
  { store, audit, log }: Pick<ShowCallsDeps, 'store' | 'audit' | 'log'>,
  run: Run,
): Promise<Outcome> {
  if (audit() === null) await switchOff(await AuditBook.open(store.under(run.lease)), log);
  return done;
}
