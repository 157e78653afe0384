import type { Communication } from '../case/communication.js';
import { isFromAws } from '../case/communication.js';
import type { Fact } from '../case/fact.js';
import { identify } from '../case/identify.js';
import type { LedgerEntry } from '../case/ledger-entry.js';
import { matchFacts } from '../case/match-facts.js';
import { readStamp } from '../case/stamp.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { SupportApi } from '../support/support-api.js';
import { readCase } from './read-case.js';

/**
 * Whether a reply is on its case. It is found by the reference in its stamp line, never by its text, because AWS
 * redacts. `announced`: the reply is not shown, but an event tells of a customer's communication that is not shown
 * either, which may well be ours. Rejects with a SupportError, also where AWS does not show the case.
 */
export async function isOnCase(
  api: SupportApi,
  { key, reference, attemptedAt }: OutboxMessage,
  { facts, ledger }: { readonly facts: readonly Fact[]; readonly ledger: readonly LedgerEntry[] },
): Promise<'yes' | 'announced' | 'no'> {
  const reading = await readCase(api, key.caseId);
  if (reading.communications.some((communication) => carries(communication, reference))) return 'yes';
  const all = reading.complete ? reading.communications : await api.communications(key.caseId);
  if (all.some((communication) => carries(communication, reference))) return 'yes';
  // What was in the thread before the attempt, no event that came after it announces.
  const since = attemptedAt ?? 0;
  const shownBefore = new Set(ledger.filter((row) => row.intendedAt < since).map((row) => row.entry));
  const { unmatched } = matchFacts(
    facts.filter((fact) => fact.receivedAt >= since),
    identify(all).filter((communication) => !shownBefore.has(communication.id)),
    () => true,
  );
  return unmatched.some((fact) => fact.origin !== 'AWS') ? 'announced' : 'no';
}

/** Whether a communication from our side ends with the stamp line of this reply. */
export function carries(communication: Communication, reference: string): boolean {
  return !isFromAws(communication) && readStamp(communication.body)?.reference === reference;
}
