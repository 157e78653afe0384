/**
 * Works off the outbox of one case, in the order in which people sent. AddCommunicationToCase has no token that would
 * make it safe to repeat, so an attempt is written down before it is made, and after an unclear answer the case is
 * searched for the reference in the stamp line before anything is sent again.
 */

import { isResolved } from '../case/case.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { withStamp } from '../case/stamp.js';
import type { Run } from '../inbox/inbox.js';
import { again, done, type Outcome } from '../inbox/outcome.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import type { Accounts, SupportApi } from '../support/support-api.js';
import { needsPerson, SupportError } from '../support/support-error.js';
import { isOnCase } from './is-on-case.js';

/** How people hear of it. Must not throw. */
export interface Teller {
  /** The message has come to the end that its state names. False when nobody could be told now. */
  ended(message: OutboxMessage): Promise<boolean>;
  /** It takes longer: AWS is busy, or did not confirm and is being searched. */
  delayed(message: OutboxMessage, why: 'busy' | 'checking'): Promise<void>;
}

export interface SendTiming {
  /** How long after an unclear answer the case is looked at, and looked at again. */
  readonly lookAfterMs: readonly number[];
  /** An event that seems to announce the reply is waited for so long. */
  readonly announcedMs: number;
  /** While AWS takes nothing, so long. Then the person has it back. */
  readonly giveUpMs: number;
  /** Whoever cannot be told how it ended is tried again for so long. */
  readonly tellForMs: number;
}

export const SEND_TIMING: SendTiming = {
  lookAfterMs: [1_000, 2_000, 4_000, 8_000, 15_000],
  announcedMs: 300_000,
  giveUpMs: 600_000,
  tellForMs: 86_400_000,
};

export interface SendDeps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly tell: Teller;
  readonly markCase: (key: string) => Promise<void>;
  readonly markOutbox: (key: string) => Promise<void>;
  readonly count: (result: string) => void;
  readonly timing: SendTiming;
  readonly now: () => number;
}

/** So many times a reply is sent that AWS never showed. */
const MAX_ATTEMPTS = 3;

export async function sendForCase(all: SendDeps, asked: CaseKey, run: Run): Promise<Outcome> {
  const deps: SendDeps = { ...all, store: all.store.under(run.lease) };
  const key = await deps.store.canonical(asked);
  if (caseKeyText(key) !== caseKeyText(asked)) {
    await deps.markOutbox(caseKeyText(key));
    return done;
  }
  const api = deps.accounts.for(key.account, 'person');
  let untold = false;
  for (const { reference } of await deps.store.unfinished(key)) {
    const step = await workOff(deps, api, reference, run);
    if (step === 'untold') untold = true;
    // What was sent later waits behind: on the case it has to stand in the order in which it was said.
    else if (step !== null) return step;
  }
  return untold ? again('a person could not be told') : done;
}

/** One message as far as it goes now. Null when it is at its end. */
async function workOff(
  deps: SendDeps,
  api: SupportApi,
  reference: string,
  run: Run,
): Promise<Outcome | 'untold' | null> {
  for (;;) {
    const message = await deps.store.getFromOutbox(reference);
    if (message === null) return null;
    const step = await takeStep(deps, api, message, run);
    if (step !== 'next') return step;
  }
}

type Step = Outcome | 'next' | 'untold' | null;

function takeStep(deps: SendDeps, api: SupportApi, message: OutboxMessage, run: Run): Promise<Step> {
  switch (message.state) {
    case 'queued':
      return message.kind === 'resolve' ? resolve(deps, api, message, run) : reply(deps, api, message, run);
    case 'sending':
      // Killed between sending and writing down how it ended. To resolve once more does no harm.
      if (message.kind === 'resolve') return resolve(deps, api, message, run);
      return change(deps, message, { state: 'in-doubt' });
    case 'in-doubt':
      return settle(deps, api, message);
    default:
      return tellEnd(deps, message);
  }
}

async function reply(deps: SendDeps, api: SupportApi, message: OutboxMessage, run: Run): Promise<Step> {
  const { store, now, markCase } = deps;
  let resolved: boolean;
  try {
    resolved = await isCaseResolved(deps, api, message);
  } catch (error) {
    return notTaken(deps, message, error, run);
  }
  if (resolved && !message.mayReopen) return change(deps, message, { state: 'asking' });
  // In one step with the state: after a crash nothing may look unsent that was sent.
  const attempt = { attempts: message.attempts + 1, attemptedAt: now(), looks: 0, wasResolved: resolved };
  if (!(await store.changeOutbox(message.reference, ['queued'], { ...attempt, state: 'sending' })))
    return 'next';
  try {
    await api.addReply(message.key.caseId, withStamp(message.text, message.person, message.reference), () =>
      run.lease.check(),
    );
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    if (error.happened === 'maybe')
      return change(deps, { ...message, state: 'sending' }, { state: 'in-doubt' });
    return notTaken(deps, { ...message, state: 'sending' }, error, run);
  }
  await store.changeOutbox(message.reference, ['sending'], { state: 'sent' });
  await markCase(caseKeyText(message.key));
  return 'next';
}

/** A reply to a resolved case reopens it, so this is asked of AWS and not of what we remember. */
async function isCaseResolved(
  { store }: SendDeps,
  api: SupportApi,
  { key }: OutboxMessage,
): Promise<boolean> {
  try {
    const reading = await api.getCase(key.caseId);
    if (reading === null)
      throw new SupportError('not-found', 'no-case', 'AWS has no such case in this account.', 'no');
    return isResolved(reading.case.status);
  } catch (error) {
    if (!(error instanceof SupportError) || !needsPerson(error)) throw error;
    return (await store.getCase(key))?.resolved ?? false;
  }
}

async function resolve(deps: SendDeps, api: SupportApi, message: OutboxMessage, run: Run): Promise<Step> {
  const { store, now, markCase } = deps;
  const isFirst = message.attempts === 0;
  const attempt = {
    state: 'sending' as const,
    attempts: message.attempts + 1,
    attemptedAt: isFirst ? now() : message.attemptedAt,
    wasResolved: isFirst ? ((await store.getCase(message.key))?.resolved ?? false) : message.wasResolved,
  };
  await store.changeOutbox(message.reference, ['queued', 'sending'], attempt);
  const sending: OutboxMessage = { ...message, ...attempt };
  try {
    const { before } = await api.resolve(message.key.caseId, () => run.lease.check());
    // Resolved before our first try: by somebody else. Before a later one: by the try whose answer was lost, unless
    // the case was known to be resolved before that.
    const nothingToDo = isResolved(before) && (isFirst || sending.wasResolved);
    await store.changeOutbox(message.reference, ['sending'], { state: nothingToDo ? 'void' : 'sent' });
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    if (error.happened === 'maybe' && sending.attempts < MAX_ATTEMPTS) {
      return again(`AWS did not confirm (${error.code})`);
    }
    return notTaken(deps, { ...sending, attempts: message.attempts }, error, run);
  }
  await markCase(caseKeyText(message.key));
  return 'next';
}

/** AWS certainly does not have it: later, as long as that can help, else back to the person. */
async function notTaken(deps: SendDeps, message: OutboxMessage, error: unknown, run: Run): Promise<Step> {
  if (!(error instanceof SupportError)) throw error;
  const passes = error.kind === 'throttled' || error.kind === 'unreachable';
  if (!passes || deps.now() - message.createdAt > deps.timing.giveUpMs) {
    return change(deps, message, { state: 'failed', reason: error.sentence });
  }
  if (message.state !== 'queued') {
    // A try that AWS certainly did not carry out is none.
    const untried = { state: 'queued', attempts: message.attempts } as const;
    await deps.store.changeOutbox(message.reference, [message.state], untried);
  }
  if (run.attempt === 0) await deps.tell.delayed(message, 'busy');
  return again(`AWS takes no reply now (${error.code})`);
}

/** Nobody knows whether AWS has it: the case is searched for the reference before anything is sent again. */
async function settle(deps: SendDeps, api: SupportApi, message: OutboxMessage): Promise<Step> {
  const { store, timing, now, markCase } = deps;
  const nextLook = timing.lookAfterMs[message.looks];
  if (message.looks === 0) {
    await store.changeOutbox(message.reference, ['in-doubt'], { looks: 1 });
    if (message.attempts === 1) await deps.tell.delayed(message, 'checking');
    return again('AWS did not confirm a reply', nextLook ?? 1_000);
  }
  let found: Awaited<ReturnType<typeof isOnCase>>;
  try {
    found = await isOnCase(api, message, await store.caseFile(message.key));
  } catch (error) {
    if (!(error instanceof SupportError)) throw error;
    if (!needsPerson(error)) return again(`the case cannot be searched now (${error.code})`);
    const reason = `AWS did not confirm it, and Casethread may not read the case to check. ${error.sentence}`;
    return change(deps, message, { state: 'failed', reason });
  }
  if (found === 'yes') {
    await store.changeOutbox(message.reference, ['in-doubt'], { state: 'sent' });
    await markCase(caseKeyText(message.key));
    return 'next';
  }
  const waited = now() - (message.attemptedAt ?? message.createdAt);
  if (found === 'announced' && waited < timing.announcedMs)
    return again('an event announced the reply', Math.max(1_000, waited / 4));
  if (nextLook !== undefined) {
    await store.changeOutbox(message.reference, ['in-doubt'], { looks: message.looks + 1 });
    return again('AWS does not show the reply', nextLook);
  }
  if (found === 'no' && message.attempts < MAX_ATTEMPTS) return change(deps, message, { state: 'queued' });
  return change(deps, message, {
    state: 'failed',
    reason: `AWS did not confirm it, and ${Math.round(waited / 1000)} seconds later it is not on the case.`,
  });
}

async function change(
  { store }: SendDeps,
  message: OutboxMessage,
  to: Partial<OutboxMessage>,
): Promise<'next'> {
  await store.changeOutbox(message.reference, [message.state], to);
  return 'next';
}

async function tellEnd(deps: SendDeps, message: OutboxMessage): Promise<'untold' | null> {
  const { store, tell, count, timing, now } = deps;
  if (message.told) return null;
  const isTold = await tell.ended(message);
  // Where Slack is away the words and the button must not be lost with it; a person who is gone is not waited for.
  if (!isTold && now() - message.createdAt < timing.tellForMs) return 'untold';
  // What waits for a click is counted when it has been sent, or not.
  if (message.state !== 'asking') count(message.state === 'seen' ? 'sent' : message.state);
  await store.changeOutbox(message.reference, [message.state, 'seen'], { told: true });
  return null;
}
