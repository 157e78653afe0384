import { authorOfFact, fromSlack, type Side } from './author.js';
import type { Card } from './card.js';
import { AWS_AUTHOR } from './communication.js';
import type { Conversation, Known } from './conversation-at-aws.js';
import type { Deed } from './deed.js';
import { ownReplyEntry, referenceOf, unreadEntry } from './entry-ids.js';
import { type Fact, factId } from './fact.js';
import type { Item } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import { factsInThread, lostReplies } from './lost.js';
import { pairByTime } from './match-facts.js';

/** All that can be shown while AWS cannot be asked: that somebody wrote, and what people sent from Slack. */
export function conversationFromEvents({
  facts,
  deeds,
  ledger,
  card = null,
}: Known & { readonly card?: Card | null }): Conversation {
  const said = [...facts, ...factsInThread(facts, ledger)]
    .filter((fact) => fact.event === 'AddCommunicationToCase')
    .sort((a, b) => a.at - b.at || (factId(a) < factId(b) ? -1 : 1));
  const sent = deeds.filter((deed) => deed.kind === 'reply' && deed.state === 'done');
  // The event may come before AWS's answer: then it is of a reply that is still underway.
  const ours = deeds.filter((deed) => deed.kind === 'reply' && deed.state !== 'undone');
  const byDeed = pairByTime(said, ours, (fact) => fact.origin !== 'AWS');
  const lost = lostReplies(deeds, ledger);
  const shown = ledger.filter(
    ({ entry, part }) => part === 0 && (entry.startsWith('c-') || lost.has(referenceOf(entry) ?? '')),
  );
  const keepsEntry = (deed: Deed) => ledger.some((row) => row.entry === ownReplyEntry(deed));
  // Of a reply that AWS has shown, the text is kept no more.
  const seen = sent.filter((deed) => deed.text === '' && !keepsEntry(deed));
  const sideOf = sidesOf(shown, seen, card);
  const others = said.filter((fact) => !byDeed.has(fact));
  const alreadyShown = pairByTime(others, shown, (fact, row) => maySpeakOf(fact, sideOf(row)));
  const shownDeeds = pairByTime(
    sent.filter((deed) => !keepsEntry(deed)),
    shown,
  );

  const items: Item[] = others
    .filter((fact) => !alreadyShown.has(fact))
    .map((fact) => ({
      kind: 'unread',
      id: unreadEntry(fact),
      at: fact.at,
      author: authorOfFact(fact),
      toldAt: fact.receivedAt,
    }));
  for (const deed of sent) {
    if (shownDeeds.has(deed) || deed.text === '') continue;
    items.push({
      kind: 'communication',
      id: ownReplyEntry(deed),
      at: deed.at,
      author: fromSlack(deed.person),
      text: deed.text,
      files: [],
      reference: deed.reference,
      replaces: null,
      toldAt: null,
    });
  }
  return { items, unmatched: [], needsAll: false, seen: [] };
}

/**
 * Who wrote what the thread shows, as far as it is known: an event is never about an entry of the other side, however near.
 * The ledger itself knows no side. The opening is that of whoever opened the case; replies from Slack are the customer's,
 * also those of a lost outbox; and the card names who had the last word.
 */
function sidesOf(
  shown: readonly LedgerEntry[],
  seen: readonly Deed[],
  card: Card | null,
): (row: LedgerEntry) => Side {
  const oldest = [...shown].sort((a, b) => a.at - b.at || a.intendedAt - b.intendedAt)[0];
  const opened = card?.details?.openedBy.trim() === AWS_AUTHOR ? 'aws' : 'customer';
  const ours = new Set(pairByTime(seen, shown).values());
  return (row) => {
    if (ours.has(row) || referenceOf(row.entry) !== null) return 'customer';
    if (row === oldest) return opened;
    return card?.lastWord?.entry === row.entry ? card.lastWord.by.side : 'unknown';
  };
}

function maySpeakOf({ origin }: Fact, side: Side): boolean {
  return side === 'unknown' || origin === '' || (origin === 'AWS') === (side === 'aws');
}
