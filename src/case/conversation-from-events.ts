import { authorOfFact, fromSlack } from './author.js';
import type { Conversation, Known } from './conversation-at-aws.js';
import type { Deed } from './deed.js';
import { ownReplyEntry, referenceOf, unreadEntry } from './entry-ids.js';
import { factId } from './fact.js';
import type { Item } from './item.js';
import { factsInThread, lostReplies } from './lost.js';
import { pairByTime } from './match-facts.js';

/** All that can be shown while AWS cannot be asked: that somebody wrote, and what people sent from Slack. */
export function conversationFromEvents({ facts, deeds, ledger }: Known): Conversation {
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
  const others = said.filter((fact) => !byDeed.has(fact));
  const alreadyShown = pairByTime(others, shown);
  const keepsEntry = (deed: Deed) => ledger.some((row) => row.entry === ownReplyEntry(deed));
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
