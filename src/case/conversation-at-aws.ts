import { authorOf } from './author.js';
import { isFromAws } from './communication.js';
import type { Deed } from './deed.js';
import type { Doubt } from './doubt.js';
import { ownReplyEntry, unreadEntry } from './entry-ids.js';
import type { Fact } from './fact.js';
import { type Identified, identify } from './identify.js';
import type { CommunicationItem, Item } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import { factsInThread, lostDeeds } from './lost.js';
import { type MatchedFacts, matchFacts } from './match-facts.js';
import { certain, type Reading } from './reading.js';
import { readStamp } from './stamp.js';

/** A reply is on its case by AWS's clock so long after, or before, it was sent by ours. */
const REPLY_APPEARS_WITHIN_MS = 600_000;

/** What we know besides what AWS says. */
export interface Known {
  readonly facts: readonly Fact[];
  readonly deeds: readonly Deed[];
  readonly ledger: readonly LedgerEntry[];
  /** Of which time the store may have lost what it knew. */
  readonly doubts: readonly Doubt[];
}

/** What was said on a case, as far as one source tells. */
export interface Conversation {
  readonly items: Item[];
  readonly unmatched: readonly Fact[];
  /** Only all communications can tell who said what. */
  readonly needsAll: boolean;
  readonly seen: readonly string[];
}

/** The conversation as AWS holds it; events add who spoke where AWS does not say, deeds which person in Slack. */
export function conversationAtAws(known: Known, reading: Reading): Conversation {
  const { ledger, doubts } = known;
  const facts = [...known.facts, ...factsInThread(known.facts, ledger)];
  const inLedger = new Map(ledger.map((row) => [row.entry, row]));
  const identified = identify(certain(reading));
  const isComplete = reading.complete;
  const lost = lostDeeds(known.deeds, ledger, identified, { isComplete, doubts });
  const replies = repliesFromSlack(identified, [...known.deeds, ...lost.deeds], isComplete);
  const communications = identified.map((communication) => {
    const deed = replies.get(communication.id);
    // What was shown, or about to be, while AWS could not be asked keeps its entry.
    const keeps = deed !== undefined && inLedger.has(ownReplyEntry(deed));
    return keeps ? { ...communication, id: ownReplyEntry(deed), deed } : { ...communication, deed };
  });
  const isFresh = (communication: Identified, fact: Fact) => {
    const row = inLedger.get(communication.id);
    return row === undefined || row.intendedAt >= fact.receivedAt;
  };
  const { announcedBy, unmatched } = matchWaitingFirst(
    facts,
    [...communications, ...shownBefore(ledger, communications)],
    isFresh,
    ledger,
  );
  const items = communications.map(({ deed, ...communication }): CommunicationItem => {
    const fact = announcedBy.get(communication.id);
    const unread = fact === undefined ? undefined : unreadEntry(fact);
    return {
      kind: 'communication',
      id: communication.id,
      at: communication.at,
      author: authorOf(communication, fact, deed?.person),
      text: (deed === undefined ? undefined : readStamp(communication.body)?.text) ?? communication.body,
      files: communication.attachments,
      reference: deed?.reference ?? null,
      replaces: unread !== undefined && stillSaysOnlyThat(unread, ledger) ? unread : null,
      toldAt: fact?.receivedAt ?? null,
      ...(deed?.filesInThread ? { filesAbove: true } : {}),
    };
  });
  return {
    items,
    unmatched,
    needsAll: lost.needsAll,
    seen: [...replies.values()].map((deed) => deed.reference),
  };
}

/**
 * Which communications people sent from Slack, by id. A reference counts once: whoever quotes a stamp as their own last
 * line is still shown under their own name.
 */
export function repliesFromSlack(
  communications: readonly Identified[],
  deeds: readonly Deed[],
  isComplete: boolean,
): ReadonlyMap<string, Deed> {
  const byReference = new Map(
    deeds.filter((deed) => deed.kind === 'reply').map((deed) => [deed.reference, deed]),
  );
  const replies = new Map<string, Deed>();
  for (const communication of communications) {
    const stamp = isFromAws(communication) ? null : readStamp(communication.body);
    const deed = stamp === null ? undefined : byReference.get(stamp.reference);
    if (deed === undefined || (!isComplete && isQuote(communication, deed))) continue;
    byReference.delete(deed.reference);
    replies.set(communication.id, deed);
  }
  return replies;
}

/**
 * Whether somebody repeats a stamp long after, by the clock. Asked only of an incomplete look: in a complete one the
 * reply itself comes first, whatever the clocks say.
 */
function isQuote(communication: Identified, deed: Deed): boolean {
  return Math.abs(communication.at - deed.at) > REPLY_APPEARS_WITHIN_MS;
}

/** An entry without a text waits for a communication that the thread does not show: it must not miss it to another. */
function matchWaitingFirst(
  facts: readonly Fact[],
  communications: readonly Identified[],
  isFresh: (communication: Identified, fact: Fact) => boolean,
  ledger: readonly LedgerEntry[],
): MatchedFacts {
  const begun = new Set(ledger.map((row) => row.entry));
  const waiting = facts.filter((fact) => stillSaysOnlyThat(unreadEntry(fact), ledger));
  const unshown = communications.filter(({ id }) => !begun.has(id));
  const first = matchFacts(waiting, unshown, () => false).announcedBy;
  const taken = new Set(first.values());
  const { announcedBy, unmatched } = matchFacts(
    facts.filter((fact) => !taken.has(fact)),
    communications.filter(({ id }) => !first.has(id)),
    isFresh,
  );
  return { announcedBy: new Map([...first, ...announcedBy]), unmatched };
}

/** Whether an entry without a text is in the thread, and no text has taken its place yet. */
function stillSaysOnlyThat(unread: string, ledger: readonly LedgerEntry[]): boolean {
  const ts = ledger.find((row) => row.entry === unread)?.ts ?? null;
  return ts !== null && !ledger.some((row) => row.ts === ts && row.entry !== unread);
}

/** What is in the thread and older than this look: an event may be about it. The ledger knows its time, not its side. */
function shownBefore(ledger: readonly LedgerEntry[], read: readonly Identified[]): Identified[] {
  const inReading = new Set(read.map((communication) => communication.id));
  return ledger
    .filter((row) => row.part === 0 && /^[cr]-/.test(row.entry) && !inReading.has(row.entry))
    .map((row) => ({ id: row.entry, at: row.at, submittedBy: '', body: '', attachments: [] }));
}
