/**
 * People are told directly that AWS has answered on a case, or that somebody else has taken it. A mark comes in for an
 * entry; each person who wants to know gets a mark of their own, so that one whom Slack does not let us reach holds up
 * nobody else, and nobody is told again because of another.
 */
import type { CaseKey } from '../../case/case-key.js';
import { type Direct, directText, parseDirect, TAKEN } from '../../case/direct.js';
import { DELETED_TS } from '../../case/ledger-entry.js';
import { whoWantsToKnow } from '../../case/people.js';
import type { Run } from '../../inbox/inbox.js';
import { again, done, type Outcome } from '../../inbox/outcome.js';
import { canBeSaid } from '../../slack/errors.js';
import type { Message } from '../../slack/message.js';
import { type DirectAbout, renderAnswered, renderTakenOver } from '../../slack/render-direct.js';
import type { Slack } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { CaseFile, CaseRecord, Store } from '../../store/store.js';
import type { Log } from '../../telemetry/log.js';
import { outcomeOfError } from '../outcome-of-error.js';
import type { MarkDirect } from './announce-answer.js';

export interface TellDirectlyDeps {
  readonly store: Pick<Store, 'canonical' | 'caseFile' | 'beginRequest' | 'endRequest'>;
  readonly slack: Pick<Slack, 'postDirect' | 'linkTo'>;
  readonly markDirect: MarkDirect;
  /** Whether somebody may read a case; null where it cannot be said now. */
  readonly mayRead: (
    user: string,
    record: Pick<CaseRecord, 'key' | 'channel' | 'card'>,
  ) => Promise<boolean | null>;
  /** What people call an account; null where naming it tells nobody anything. */
  readonly accountToName: (account: string) => string | null;
  readonly log: Log;
  readonly now: () => number;
}

/** An entry that is not in the thread by then was never posted. */
const POSTED_WITHIN_MS = 3_600_000;

export async function tellDirectly(deps: TellDirectlyDeps, run: Run): Promise<Outcome> {
  const direct = parseDirect(run.key);
  const key = await deps.store.canonical(direct.key);
  const file = await deps.store.caseFile(key);
  return direct.user === null
    ? markEach(deps, run, direct, file)
    : tellReader(deps, run, { key, direct, file, user: direct.user });
}

/**
 * Each person is marked once, although an entry may be marked several times within the hour for which that is remembered.
 * Killed between the mark and the end of it, a person may be told once more: better than never.
 */
async function markEach(
  { store, markDirect, now }: TellDirectlyDeps,
  run: Run,
  direct: Direct,
  { ledger, people }: CaseFile,
): Promise<Outcome> {
  const ts = tsOf(ledger, direct.about);
  if (ts === null)
    return now() - run.since < POSTED_WITHIN_MS ? again('the entry is not in the thread yet') : done;
  if (ts === DELETED_TS) return done;
  for (const user of whoWantsToKnow(people)) {
    const request = `dm ${directText({ ...direct, user })}`;
    const begun = await store.beginRequest(request);
    if (begun === 'done') continue;
    // Begun by whoever had this mark before us and died with it, for a mark is with one at a time: nobody waits for them.
    run.lease.check();
    await markDirect(directText({ ...direct, user }));
    await store.endRequest(request, 'done');
  }
  return done;
}

/** Whoever followed a case and may not read it any more hears no more of it. */
async function tellReader(
  deps: TellDirectlyDeps,
  run: Run,
  {
    key,
    direct,
    file,
    user,
  }: { readonly key: CaseKey; readonly direct: Direct; readonly file: CaseFile; readonly user: string },
): Promise<Outcome> {
  const message = messageFor(deps, key, direct, file);
  if (message === null) return done;
  const may = await deps.mayRead(user, file.record ?? { key, channel: null, card: null });
  if (may === null) {
    const waits = 'a direct message waits, because Slack does not say whether the person may read the case';
    // Once, however often it is tried.
    if (run.attempt === 0) deps.log.warn(waits, { key: run.key });
    return again('Slack does not say whether they may read the case');
  }
  return may ? tellOne(deps, run, message, user) : done;
}

async function tellOne(
  { slack, log }: TellDirectlyDeps,
  run: Run,
  message: Message,
  user: string,
): Promise<Outcome> {
  try {
    // Where Slack's answer is lost it is said again: direct messages carry no tag by which one could be found.
    run.lease.check();
    await slack.postDirect(user, message);
    return done;
  } catch (error) {
    if (!(error instanceof SlackError) || !isRefusal(error)) return outcomeOfError(error, run.attempt);
    log.warn('Slack does not let the bot write to a person who follows a case', { user, code: error.code });
    return done;
  }
}

/** Slack will not have it for this person: they are deactivated, or the app's messages tab is off. Not so for all of them. */
function isRefusal({ kind, code, sentence }: SlackError): boolean {
  if (kind === 'rejected' || kind === 'gone') return true;
  return kind === 'needs-person' && code !== 'missing_scope' && canBeSaid(sentence, false);
}

/** Null when the person need not be told any more. */
function messageFor(
  { slack, accountToName }: TellDirectlyDeps,
  key: CaseKey,
  { about, user }: Direct,
  { record, ledger, people }: CaseFile,
): Message | null {
  const { channel = null, threadTs = null } = record ?? {};
  const thread = channel === null || threadTs === null ? null : slack.linkTo({ channel, ts: threadTs });
  const entryTs = tsOf(ledger, about);
  const entry = channel === null || entryTs === null ? null : slack.linkTo({ channel, ts: entryTs });
  const what: DirectAbout = {
    key,
    displayId: record?.displayId ?? '',
    subject: record?.card?.details?.subject ?? '',
    account: accountToName(key.account),
    thread,
    entry: entry === null ? null : `${entry}?thread_ts=${threadTs}&cid=${channel}`,
  };
  if (about === TAKEN) {
    const { owner } = people;
    return owner === null || owner.user === user ? null : renderTakenOver(what, owner.name);
  }
  return user !== null && whoWantsToKnow(people).includes(user) ? renderAnswered(what) : null;
}

function tsOf(ledger: CaseFile['ledger'], entry: string): string | null {
  return ledger.find((row) => row.entry === entry && row.part === 0)?.ts ?? null;
}
