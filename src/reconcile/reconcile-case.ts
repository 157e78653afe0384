/**
 * A marked case comes in; its thread shows what happened on the case when this is done. Reads the case from AWS, plans
 * what the thread lacks, and posts only that. Safe to run at any time, any number of times, and to be killed anywhere.
 */
import type { CardNames } from '../case/card.js';
import { type CaseKey, caseKeyText, sameCase } from '../case/case-key.js';
import { type Doubt, forgotten, isInDoubt, openDoubt } from '../case/doubt.js';
import type { Item } from '../case/item.js';
import { CARD } from '../case/ledger-entry.js';
import { mayBeFirstAnswer } from '../case/milestone.js';
import { isWalkDue } from '../case/must-walk.js';
import { type Plan, plan } from '../case/plan.js';
import type { Reading } from '../case/reading.js';
import { wordsOfCase } from '../case/words-of-text.js';
import type { Run } from '../inbox/inbox.js';
import { again, done, type Outcome, park } from '../inbox/outcome.js';
import type { PostUrgency, Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { Uploads } from '../slack/uploads.js';
import { deedOf } from '../store/outbox-message.js';
import type { CaseFile, CaseRecord, Store } from '../store/store.js';
import { type Catalogue, nameOf } from '../support/catalogue.js';
import type { Accounts, Service } from '../support/support-api.js';
import type { Metrics } from '../telemetry/metrics.js';
import { adoptOpening } from './adopt-opening.js';
import { type BroadcastIn, isBroadcast } from './broadcasts.js';
import type { ChannelCards } from './channel-cards.js';
import { announceAnswer, type MarkDirect } from './directs/announce-answer.js';
import { CaseFiles } from './files/case-files.js';
import type { FileTrouble } from './files/file-trouble.js';
import type { FileRules } from './files/upload-file.js';
import { leaveThread } from './leave-thread.js';
import { type Look, lookAtCase, walk } from './look-at-case.js';
import { outcomeOfError } from './outcome-of-error.js';
import { readCaseFile } from './read-case-file.js';
import { recover } from './recover.js';
import { msToNextWords } from './refresh-card.js';
import { refuseTooEarly } from './still-on-its-way.js';
import { tellOutbox } from './tell-outbox.js';
import { ThreadWriter } from './thread-writer.js';

export interface ReconcileDeps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly slack: Slack;
  readonly uploads: Uploads;
  readonly fileRules: FileRules;
  /** The channel in which a case's thread is opened. */
  readonly channelFor: (key: CaseKey) => string;
  /** What is also shown in a channel, besides in its threads. */
  readonly broadcastIn: BroadcastIn;
  readonly channelCards: Pick<ChannelCards, 'find'>;
  /** Marks a case whose card has to be shown anew, after so many milliseconds where they are given. */
  readonly markCard: (key: string, after?: number) => Promise<void>;
  /** Marks a case whose outbox has news for its senders. */
  readonly markOutbox: (key: string) => Promise<void>;
  readonly markCase: (key: string) => Promise<void>;
  /** Marks what people are to be told directly. */
  readonly markDirect: MarkDirect;
  /** What AWS calls services; never rejects, and takes a second at most. */
  readonly catalogue: Pick<Catalogue, 'services'>;
  readonly accountName: (account: string) => string;
  readonly metrics: Pick<Metrics, 'eventToPost' | 'sweepRepairs'>;
  /** How often all pages of a long case are read. */
  readonly walkEveryMs: number;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  /** AWS may send the event of a new case so long before its API shows the case. */
  readonly appearsWithinMs: number;
  readonly now: () => number;
}

/** What one run works with: what it writes and posts is refused once another has taken the case over. */
interface Turn extends ReconcileDeps {
  readonly stillOurs: () => void;
}

const THREADS_LEFT_IN_A_ROW = 3;
/** What happened so recently, somebody may be waiting for. */
const RECENT_MS = 600_000;

export async function reconcileCase(all: ReconcileDeps, asked: CaseKey, run: Run): Promise<Outcome> {
  const deps: Turn = { ...all, store: all.store.under(run.lease), stillOurs: () => run.lease.check() };
  const { store, accounts } = deps;
  const key = await store.canonical(asked);
  if (!sameCase(key, asked)) return handOver(deps, key);
  let file = await readCaseFile(store, key);
  try {
    if (file.record?.threadTs != null && file.record.shown?.deleted === file.record.threadTs) {
      await leaveThread(deps, key, file);
      file = await readCaseFile(store, key);
    }
    const api = accounts.for(key.account, 'event');
    const walkIsDue = isWalkDue(file.record?.walkedAt ?? null, deps.now(), deps.walkEveryMs);
    // Together, and the case first: it is what people wait for.
    const [looked, services] = await Promise.all([
      lookAtCase(api, key, file, walkIsDue),
      deps.catalogue.services(key.account),
    ]);
    let look = looked;
    if (look.found === 'elsewhere') {
      await store.saveAlias(key, look.key);
      return await handOver(deps, look.key);
    }
    if (look.found === 'nothing') {
      const newest = Math.max(0, ...file.facts.map((fact) => fact.receivedAt));
      if (file.record?.threadTs == null && deps.now() - newest < deps.appearsWithinMs) {
        return again('AWS does not show the case yet');
      }
      if (file.record === null && file.facts.length === 0) return done;
      look = unseen(key);
    }
    if (look.reading !== null && file.record === null && (await adoptTwin(deps, look.reading))) {
      return await handOver(deps, key);
    }
    if (look.reading !== null) await adoptOpening(deps, key, look.reading, file.outbox);
    // AWS may have let us wait: what people have sent and events have told meanwhile belongs to what we know.
    file = await readCaseFile(store, key);
    if (look.reading !== null && (await writerFor(deps, key, file).settleUnread())) {
      file = await readCaseFile(store, key);
    }
    const hasThread = file.record?.threadTs != null;
    const doubts = [...(hasThread ? [] : [forgotten(deps.now())]), ...(await store.doubts())];
    let planned = planFor(deps, key, file, { ...look, services }, doubts);
    const doubt = openDoubt(doubts, file.record?.recoveredAt ?? null);
    const { openedAt, displayId } = { openedAt: null, displayId: '', ...look.reading?.case };
    if (doubt !== null && isInDoubt(doubt, openedAt, planned.effects)) {
      // What had been sent when the store lost what it knew may still be on its way: too early to look for it.
      refuseTooEarly(doubt.until, deps.now(), 0);
      await recover(deps, key, file, doubt, { openedAt, displayId });
      file = await readCaseFile(store, key);
      planned = planFor(deps, key, file, { ...look, services }, doubts);
    }
    const asksForAll = planned.unsettled !== null || needsFirstAnswer(deps, key, file, planned, look);
    if (asksForAll && look.reading !== null && !look.reading.complete) {
      look = { ...look, ...(await walk(api, look.reading)) };
      planned = planFor(deps, key, file, { ...look, services }, doubts);
    }
    // First of all: posting may take long, and what AWS shows must not be sent once more meanwhile.
    await tellOutbox(deps, key, file.outbox, planned.seen);
    const putOff = await carryOut(deps, key, file, planned, look);
    // Whoever opened the case is told of it together with its thread.
    const isAwaited = file.outbox.some(({ kind, told }) => kind === 'create' && !told);
    if (isAwaited) await deps.markOutbox(caseKeyText(key));
    if (putOff !== null) return again(putOff.message, putOff.afterMs);
    if (planned.unsettled !== null) return again(planned.unsettled);
    // The thread shows what can be known. The rest waits for a person, and is fetched once AWS lets us.
    return look.refused && look.missing !== null ? park(look.missing) : done;
  } catch (error) {
    // Not for ever: a Slack that never has the thread must not be given one card after another.
    const mayLeave = isGone(error) && run.attempt < THREADS_LEFT_IN_A_ROW;
    if (mayLeave && (await leaveGoneThread(deps, key))) return again('the thread was deleted', 0);
    return outcomeOfError(error, run.attempt);
  }
}

/** The first message of the thread was deleted: the case goes on in a new one. False when there is no thread to leave. */
async function leaveGoneThread(deps: Turn, key: CaseKey): Promise<boolean> {
  const file = await readCaseFile(deps.store, key);
  if (file.record?.threadTs == null) return false;
  await leaveThread(deps, key, file);
  return true;
}

function isGone(error: unknown): boolean {
  return error instanceof SlackError && error.kind === 'gone';
}

function unseen({ account }: CaseKey): Extract<Look, { found: 'case' }> {
  const missing =
    `AWS does not show this case to Casethread, so its text is missing here. Events of account ${account} arrive, but ` +
    "Casethread's AWS credentials may belong to another account.";
  return { found: 'case', reading: null, missing, refused: false, digest: null };
}

/**
 * A case that is new to us may be one that we followed under another case id. Then it has the same display id, and AWS
 * answers for the old id with the new one. The thread of the old goes on as that of the new.
 */
async function adoptTwin({ store, accounts }: ReconcileDeps, reading: Reading): Promise<boolean> {
  const { key, displayId } = reading.case;
  const twins = (await store.casesByDisplayId(displayId)).filter(
    (twin) => twin.key.account === key.account && twin.key.caseId !== key.caseId,
  );
  for (const twin of twins) {
    const now = await accounts.for(key.account, 'event').getCase(twin.key.caseId);
    if (now === null || !sameCase(now.case.key, key)) continue;
    await store.saveAlias(twin.key, key);
    return true;
  }
  return false;
}

async function handOver({ markCase }: ReconcileDeps, key: CaseKey): Promise<Outcome> {
  await markCase(caseKeyText(key));
  return done;
}

function planFor(
  { now }: ReconcileDeps,
  key: CaseKey,
  { record, facts, outbox, ledger, people }: CaseFile,
  {
    reading,
    missing,
    services,
  }: { reading: Reading | null; missing: string | null; services: readonly Service[] },
  doubts: readonly Doubt[],
): Plan {
  const deeds = outbox.map(deedOf);
  return plan({
    key,
    reading,
    missing,
    facts,
    deeds,
    ledger,
    doubts,
    card: record?.card ?? null,
    shown: record?.shown ?? null,
    formerTs: record?.formerTs ?? null,
    people,
    names: namesIn(services, reading),
    now: now(),
  });
}

function namesIn(services: readonly Service[], reading: Reading | null): CardNames | null {
  if (reading === null || services.length === 0) return null;
  return nameOf(services, reading.case.service, reading.case.category);
}

/** Whether AWS's first answer is to be shown in the channel, and only all messages of the case tell which that is. */
function needsFirstAnswer(
  { broadcastIn, channelFor, now }: Turn,
  key: CaseKey,
  { record }: CaseFile,
  { effects }: Plan,
  { reading }: { readonly reading: Reading | null },
): boolean {
  if (!broadcastIn(record?.channel ?? channelFor(key)).has('first-answer')) return false;
  const items = effects.flatMap((effect) => (effect.do === 'post' ? [effect.item] : []));
  return items.some((item) => urgencyOf(item, now()) === 'now') && mayBeFirstAnswer(items, reading);
}

function writerFor(
  deps: Turn,
  key: CaseKey,
  { record, ledger }: Pick<CaseFile, 'record' | 'ledger'>,
): ThreadWriter {
  return new ThreadWriter(
    deps,
    key,
    record?.channel ?? deps.channelFor(key),
    record?.threadTs ?? null,
    ledger,
  );
}

async function carryOut(
  deps: Turn,
  key: CaseKey,
  { record, ledger, people }: CaseFile,
  { effects, card, activityAt, repairs }: Plan,
  { digest, reading, refused }: Pick<Extract<Look, { found: 'case' }>, 'digest' | 'reading' | 'refused'>,
): Promise<FileTrouble | null> {
  const { store, metrics, now, accounts } = deps;
  const channel = record?.channel ?? deps.channelFor(key);
  const writer = writerFor(deps, key, { record, ledger });
  const api = accounts.for(key.account, 'event');
  const files = new CaseFiles({ ...deps, api, rules: deps.fileRules }, key, writer);
  const isNewThread = record?.threadTs == null;
  const mayShowOlder = ledger.some((row) => row.entry === CARD);
  let saved: Omit<CaseRecord, 'shown'> = {
    key,
    displayId: card.displayId,
    channel,
    threadTs: record?.threadTs ?? null,
    // Neither of them before everything is in the thread: until then the case has to look changed to the sweep, and what
    // has changed since the card was kept last is known by that card.
    card: record?.card ?? card,
    digest: record?.digest ?? null,
    resolved: card.resolved,
    activityAt,
    walkedAt: walkedAt(reading, refused, record, now()),
    recoveredAt: record?.recoveredAt ?? null,
    formerTs: record?.formerTs ?? null,
  };
  // The channel is kept before the card is posted: it is where a card that nobody is sure of will be looked for.
  if (saved.threadTs === null) await store.saveCase(saved);

  await files.owe(effects.flatMap((effect) => (effect.do === 'attach' ? [effect.file] : [])));
  for (const effect of effects) {
    switch (effect.do) {
      case 'open-thread': {
        const threadTs = await writer.openThread(
          effect.card,
          isRecent(activityAt, now()) ? 'now' : 'backlog',
        );
        saved = { ...saved, threadTs };
        await store.saveCase(saved);
        // Where an earlier try may have posted it, what was found may show the case as it was then.
        if (!mayShowOlder) await store.saveShown(key, { ...effect.card, shownAt: now() });
        break;
      }
      case 'post': {
        const urgency = urgencyOf(effect.item, now());
        const news = { wanted: deps.broadcastIn(channel), reading, urgency, isNewThread };
        await announceAnswer(deps, { key, item: effect.item, people }, () =>
          writer.post(effect.item, urgency, isBroadcast(effect.item, news)),
        );
        if (effect.item.toldAt !== null) metrics.eventToPost((now() - effect.item.toldAt) / 1000);
        break;
      }
      case 'attach':
        await files.attach(effect.file, urgencyOf(effect.file, now()));
        break;
      case 'amend':
        await writer.amend(effect.item);
        break;
      case 'refresh-card':
        // Below: the card is shown from what is saved.
        break;
    }
  }
  if (repairs > 0) metrics.sweepRepairs(repairs);
  if (saved.threadTs !== null) await files.bringWished(channel, ledger);
  // Before the digest: killed in between, the case still looks changed.
  const isNews = digest !== record?.digest || effects.some((effect) => effect.do === 'post');
  if (reading !== null && isNews) await store.addWords(key, wordsOfCase(reading));
  await store.saveCase({ ...saved, card, digest: files.putOff === null ? digest : saved.digest });
  const opened = effects.some((effect) => effect.do === 'open-thread');
  const isNotShown = effects.some((effect) => effect.do === 'refresh-card') || (opened && mayShowOlder);
  const after = isNotShown ? 0 : opened ? msToNextWords(card, now()) : null;
  if (after !== null) await deps.markCard(caseKeyText(key), after);
  return files.putOff;
}

/** Where AWS refused the older pages, the next run has to ask for them again, however much of the rest is posted. */
function walkedAt(
  reading: Reading | null,
  refused: boolean,
  record: CaseRecord | null,
  now: number,
): number | null {
  if (reading?.complete) return now;
  return refused ? null : (record?.walkedAt ?? null);
}

function urgencyOf(item: Pick<Item, 'at' | 'toldAt'>, now: number): PostUrgency {
  return isRecent(Math.max(item.at, item.toldAt ?? 0), now) ? 'now' : 'backlog';
}

function isRecent(at: number, now: number): boolean {
  return now - at < RECENT_MS;
}
