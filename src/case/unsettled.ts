import type { Conversation, Known } from './conversation-at-aws.js';
import { ownReplyEntry } from './entry-ids.js';
import type { Reading } from './reading.js';

/** An event for which nothing shows up is waited for so long; afterwards the sweep will find it. */
const WAIT_FOR_FACT_MS = 600_000;

/** Why a look at a case may not be all yet: it is behind what events and deeds told us. Null when it is not. */
export function unsettled(
  { reading, facts, deeds, ledger, now }: Omit<Known, 'doubts'> & { reading: Reading | null; now: number },
  { unmatched, needsAll, seen }: Conversation,
  statusBehind: boolean,
): string | null {
  if (needsAll) return 'who sent a reply from Slack, only all messages of the case can tell';
  if (reading === null) return null;
  if (statusBehind) return 'the status is behind the events';
  const isNews = facts.some((fact) => now - fact.receivedAt < WAIT_FOR_FACT_MS);
  if (reading.communications.length === 0 && isNews) return 'the opening text is not shown yet';
  if (unmatched.some((fact) => now - fact.receivedAt < WAIT_FOR_FACT_MS)) {
    return 'an announced communication is not shown yet';
  }
  const awaited = deeds.find(
    (deed) =>
      deed.kind === 'reply' &&
      deed.state === 'done' &&
      !seen.includes(deed.reference) &&
      !ledger.some((row) => row.entry === ownReplyEntry(deed)) &&
      deed.text !== '' &&
      now - deed.at < WAIT_FOR_FACT_MS,
  );
  return awaited === undefined ? null : 'a reply from Slack is not shown yet';
}
