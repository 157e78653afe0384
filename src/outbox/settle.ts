import { isResolved } from '../case/case.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { isNewCase } from '../case/new-case.js';
import { again } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { SupportApi } from '../support/support-api.js';
import { needsPerson, SupportError } from '../support/support-error.js';
import { findNewCase } from './find-new-case.js';
import { isOnCase } from './is-on-case.js';
import { readCase } from './read-case.js';
import { DOUBT_REASONS, DOUBTS } from './reasons.js';
import { becomeCase } from './send-opening.js';
import { change, type Step, type Turn } from './turn.js';

/** Where no delays are given. */
const FIRST_LOOK_MS = 1_000;

/**
 * Nobody knows whether AWS has a reply: the case is searched for its reference, and what is not there goes back to the
 * person. It comes here as well when they want it sent again: then this is the last look before it goes out. Of a
 * resolve the case itself tells: it is resolved, or the person decides. A new case is looked for among the open ones.
 */
export async function settle(turn: Turn, message: OutboxMessage): Promise<Step> {
  const { store, timing, now, markCase, tell, stillOurs } = turn;
  const { offer, lookFirst, unread, notThere } = DOUBTS[message.kind];
  const what = message.kind === 'create' ? 'cases' : 'case';
  const isLastLook = message.attempts === 0;
  const firstLookMs = timing.lookAfterMs[0] ?? FIRST_LOOK_MS;
  if (!isLastLook && message.looks === 0) {
    await store.changeOutbox(message.reference, ['in-doubt'], { looks: 1 });
    await tell.delayed(message, 'checking', stillOurs);
    return again(`AWS did not confirm a ${message.kind}`, firstLookMs);
  }
  const toPerson = (reason: string, why: string, knownUnlooked = false) =>
    change(turn, message, { state: 'failed', reason, knownUnlooked }, { why });
  const searchedMs = now() - searchedSince(message);
  const nextLook = isLastLook ? null : untilNextLook(timing.lookAfterMs, searchedMs);
  let found: 'yes' | 'announced' | 'no' | CaseKey;
  try {
    found = await look(turn, message);
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    if (needsPerson(error) || error.kind === 'events-only') {
      // The person knows that nobody could look, and wants it sent all the same. Whoever was promised a look is told first.
      if (isLastLook && message.knownUnlooked && needsPerson(error)) {
        return change(turn, message, { state: 'queued', doubtedAt: null });
      }
      return toPerson(DOUBT_REASONS.mayNotRead(what, error.sentence, lookFirst), 'unclear', true);
    }
    // AWS may show it in a moment, as anything that it does not show yet.
    if (error.kind === 'not-found') {
      if (nextLook !== null) return again(`AWS does not show the ${what}`, nextLook);
      return toPerson(DOUBT_REASONS.notVisible(error.sentence, unread, offer), 'unclear');
    }
    // However long AWS is away: whoever reads that the case is being looked at must hear the end.
    if (searchedMs < timing.giveUpMs) return again(`the ${what} cannot be searched now (${error.code})`);
    return toPerson(DOUBT_REASONS.cannotRead(what, unread, offer), 'unclear');
  }
  if (typeof found === 'object') return becomeCase(turn, message, found, { why: 'shown-by-aws' });
  if (found === 'yes') {
    // Resolved before it was sent: this changed nothing.
    const wasToDo = message.kind !== 'resolve' || !message.wasResolved;
    const why = wasToDo ? 'shown-by-aws' : null;
    await change(turn, message, { state: wasToDo ? 'sent' : 'void' }, { why });
    await markCase(caseKeyText(message.key));
    return 'next';
  }
  const sinceAttempt = now() - (message.attemptedAt ?? message.createdAt);
  if (found === 'announced' && sinceAttempt < timing.announcedMs)
    return again('an event announced the reply', Math.max(firstLookMs, Math.round(sinceAttempt / 4)));
  if (isLastLook) return change(turn, message, { state: 'queued', doubtedAt: null });
  if (nextLook !== null) return again(`AWS does not show the ${message.kind}`, nextLook);
  return toPerson(DOUBT_REASONS.notThere(Math.round(searchedMs / 1000), notThere, offer), 'not-shown-by-aws');
}

async function look(
  { store, api }: Turn,
  message: OutboxMessage,
): Promise<'yes' | 'announced' | 'no' | CaseKey> {
  switch (message.kind) {
    case 'reply':
      return isOnCase(api, message, await store.caseFile(message.key));
    case 'resolve':
      return hasResolved(api, message);
    case 'create':
      // Its thread has come across it already.
      return isNewCase(message.key) ? ((await findNewCase(api, message)) ?? 'no') : 'yes';
  }
}

async function hasResolved(api: SupportApi, { key }: OutboxMessage): Promise<'yes' | 'no'> {
  return isResolved((await readCase(api, key.caseId)).case.status) ? 'yes' : 'no';
}

/** Not since the attempt: a call that hangs may reach AWS long after it was made. */
function searchedSince({ attempts, createdAt, attemptedAt, doubtedAt }: OutboxMessage): number {
  return attempts === 0 ? createdAt : (doubtedAt ?? attemptedAt ?? createdAt);
}

/**
 * How long until the case is looked at again; null when that was the last time. Goes by the clock and not by the number
 * of looks: a mark may bring a look forward, and it must not end the search before its time.
 */
function untilNextLook(lookAfterMs: readonly number[], searchedMs: number): number | null {
  let at = 0;
  for (const delay of lookAfterMs) {
    at += delay;
    if (at > searchedMs) return at - searchedMs;
  }
  return null;
}
