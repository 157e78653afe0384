/**
 * A marked case comes in; its thread shows what happened on the case when this is done. Reads the case from AWS, plans
 * what the thread lacks, and posts only that. Safe to run at any time, any number of times, and to be killed anywhere.
 */
import { type CaseKey, caseKeyText, sameCase } from '../case/case-key.js';
import { forgotten, isInDoubt, openDoubt } from '../case/doubt.js';
import { isWalkDue } from '../case/must-walk.js';
import type { Run } from '../inbox/inbox.js';
import { again, done, type Outcome, park } from '../inbox/outcome.js';
import { SlackError } from '../slack/slack-error.js';
import type { CaseFile } from '../store/store.js';
import { adoptOpening } from './adopt-opening.js';
import { adoptTwin } from './adopt-twin.js';
import { callsKnown } from './calls-known.js';
import { carryOut, writerFor } from './carry-out.js';
import { leaveThread } from './leave-thread.js';
import { type Look, lookAtCase, walk } from './look-at-case.js';
import { needsFirstAnswer } from './needs-first-answer.js';
import { outcomeOfError } from './outcome-of-error.js';
import { planFor } from './plan-for.js';
import { readCaseFile } from './read-case-file.js';
import { REASONS } from './reasons.js';
import { recover } from './recover.js';
import { refuseTooEarly } from './still-on-its-way.js';
import { tellOutbox } from './tell-outbox.js';
import type { ReconcileDeps, Turn } from './turn.js';

const THREADS_LEFT_IN_A_ROW = 3;
export async function reconcileCase(all: ReconcileDeps, asked: CaseKey, run: Run): Promise<Outcome> {
  // One run goes by one set of routes, however they change meanwhile: what is posted in a channel has been looked for there.
  const routing = all.routing();
  const deps: Turn = {
    ...all,
    store: all.store.under(run.lease),
    routing: () => routing,
    stillOurs: () => run.lease.check(),
  };
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
    // That something was called is no news of a case of which nothing can be shown: its event will tell of it.
    if (look.reading === null && file.record === null && isKnownByCallsAlone(file)) return done;
    if (look.reading !== null && file.record === null && (await adoptTwin(deps, look.reading))) {
      return await handOver(deps, key);
    }
    if (look.reading !== null) await adoptOpening(deps, key, look.reading, file.outbox);
    // AWS may have let us wait: what people have sent and events have told meanwhile belongs to what we know.
    file = await readCaseFile(store, key);
    if (look.reading !== null && (await writerFor(deps, key, file, look.reading).settleUnread())) {
      file = await readCaseFile(store, key);
    }
    const hasThread = file.record?.threadTs != null;
    const doubts = [...(hasThread ? [] : [forgotten(deps.now())]), ...(await store.doubts())];
    const calls = await callsKnown(deps, key, file, look.reading);
    let planned = planFor(deps, key, file, { ...look, services, calls }, doubts);
    const doubt = openDoubt(doubts, file.record?.recoveredAt ?? null);
    const { openedAt, displayId } = { openedAt: null, displayId: '', ...look.reading?.case };
    if (doubt !== null && isInDoubt(doubt, openedAt, planned.effects)) {
      // What had been sent when the store lost what it knew may still be on its way: too early to look for it.
      refuseTooEarly(doubt.until, deps.now(), 0);
      await recover(deps, key, file, doubt, { reading: look.reading, openedAt, displayId });
      file = await readCaseFile(store, key);
      planned = planFor(deps, key, file, { ...look, services, calls }, doubts);
    }
    const isShort = planned.unsettled !== null || planned.wantsAll;
    const asksForAll = isShort || needsFirstAnswer(deps, key, file, planned, look);
    if (asksForAll && look.reading !== null && !look.reading.complete) {
      look = { ...look, ...(await walk(api, look.reading)) };
      planned = planFor(deps, key, file, { ...look, services, calls }, doubts);
    }
    // First of all: posting may take long, and what AWS shows must not be sent once more meanwhile.
    await tellOutbox(deps, key, file.outbox, planned.seen);
    const putOff = await carryOut(deps, key, file, planned, look);
    // Whoever opened the case is told of it together with its thread.
    const isAwaited = file.outbox.some(({ kind, told }) => kind === 'create' && !told);
    if (isAwaited) await deps.markOutbox(caseKeyText(key));
    if (putOff !== null) return again(putOff.message, putOff.afterMs);
    if (planned.unsettled !== null) return again(planned.unsettled);
    const { settlesAfterMs } = planned;
    if (settlesAfterMs !== null && !look.refused)
      return again('CloudTrail may still tell who did it', settlesAfterMs);
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

function isKnownByCallsAlone({ facts, outbox, calls }: CaseFile): boolean {
  return calls.length > 0 && facts.length === 0 && outbox.length === 0;
}

function unseen({ account }: CaseKey): Extract<Look, { found: 'case' }> {
  const missing = REASONS.notShown(account);
  return { found: 'case', reading: null, missing, refused: false, eventsOnly: false, digest: null };
}

async function handOver({ markCase }: ReconcileDeps, key: CaseKey): Promise<Outcome> {
  await markCase(caseKeyText(key));
  return done;
}
