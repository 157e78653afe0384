import type { Author } from './author.js';
import { authorOf, authorOfFact, fromSlack } from './author.js';
import type { Card } from './card.js';
import { sameCard } from './card.js';
import { isResolved } from './case.js';
import type { CaseKey } from './case-key.js';
import { isFromAws } from './communication.js';
import type { Deed } from './deed.js';
import type { Fact } from './fact.js';
import { factId } from './fact.js';
import type { Identified } from './identify.js';
import { identify } from './identify.js';
import type { CommunicationItem, Item, TransitionItem } from './item.js';
import { inOrder } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import { CARD, postedEntries } from './ledger-entry.js';
import { type MatchedFacts, matchFacts, pairByTime } from './match-facts.js';
import type { Reading } from './reading.js';
import { certain } from './reading.js';
import { readStamp } from './stamp.js';
import { transitions } from './transitions.js';
import { turnOf } from './turn.js';

/** What has to be done to the thread so that it shows what happened. Done in order, each at most once. */
export type Effect =
  | { readonly do: 'open-thread'; readonly card: Card }
  | { readonly do: 'post'; readonly item: Item }
  /** What is in the thread already can be told better now. */
  | { readonly do: 'amend'; readonly item: Item }
  | { readonly do: 'refresh-card'; readonly card: Card };

export interface PlanInput {
  readonly key: CaseKey;
  /** Null when AWS cannot be asked: then events and our own deeds are all there is. */
  readonly reading: Reading | null;
  /** What to tell people about what cannot be read; null when all is well. */
  readonly missing: string | null;
  readonly facts: readonly Fact[];
  readonly deeds: readonly Deed[];
  readonly ledger: readonly LedgerEntry[];
  /** The card as it was planned last, and as it was shown last; null before there was one. */
  readonly card: Card | null;
  readonly shown: Card | null;
  readonly now: number;
}

export interface Plan {
  readonly effects: readonly Effect[];
  /** The card as it should be. */
  readonly card: Card;
  /** Why this may not be all yet: AWS's answer is behind what events and deeds told us. Null when it is not. */
  readonly unsettled: string | null;
  /** References of our own replies that AWS shows on the case. */
  readonly seen: readonly string[];
  /** When anything happened on the case last, milliseconds since 1970. */
  readonly activityAt: number;
  /** How many of the effects no event had announced. */
  readonly repairs: number;
}

/** An event for which nothing shows up is waited for so long; afterwards the sweep will find it. */
const WAIT_FOR_FACT_MS = 600_000;

/** A reply is on its case by AWS's clock so long after, or before, it was sent by ours. */
const REPLY_APPEARS_WITHIN_MS = 600_000;

/**
 * Compares what happened on a case with what its thread shows. This is the promise of the product: for any order,
 * repetition and loss of events the finished thread is the same, because events only add what AWS cannot be asked.
 */
export function plan(input: PlanInput): Plan {
  const posted = postedEntries(input.ledger);
  const { items, unmatched, seen } =
    input.reading === null ? fromEvents(input) : fromAws(input, input.reading);
  const changes = transitions({
    facts: input.facts,
    deeds: input.deeds,
    ledger: input.ledger,
    status: input.reading?.case.status ?? null,
    now: input.now,
  });
  const timeline = inOrder([...items, ...changes.list.map(transitionItem)]);
  const card = cardOf(input, items, changes.list.at(-1)?.kind === 'resolved');
  const toPost = timeline.filter((item) => !posted.has(item.id));
  const isNew = !input.ledger.some((row) => row.entry === CARD);

  const effects: Effect[] = [];
  if (!posted.has(CARD)) effects.push({ do: 'open-thread', card });
  effects.push(...toPost.map((item): Effect => ({ do: 'post', item })));
  effects.push(
    ...timeline
      .filter((item) => isKnownBetter(item, input.ledger))
      .map((item): Effect => ({ do: 'amend', item })),
  );
  if (posted.has(CARD) && !sameCard(input.shown, card)) effects.push({ do: 'refresh-card', card });

  return {
    effects,
    card,
    unsettled: unsettled(input, unmatched, changes.unsettled, seen),
    seen,
    activityAt: timeline.at(-1)?.at ?? card.details?.openedAt ?? input.facts[0]?.at ?? input.now,
    repairs: isNew ? Number(input.facts.length === 0) : toPost.filter(isRepair).length,
  };
}

function transitionItem(
  change: { kind: 'resolved' | 'reopened' } & Omit<TransitionItem, 'kind'>,
): TransitionItem {
  return {
    kind: change.kind,
    id: change.id,
    at: change.at,
    by: change.by,
    exact: change.exact,
    toldAt: change.toldAt,
  };
}

function unsettled(
  input: PlanInput,
  unmatched: readonly Fact[],
  statusBehind: boolean,
  seen: readonly string[],
): string | null {
  if (input.reading === null) return null;
  if (statusBehind) return 'the status is behind the events';
  const isNews = input.facts.some((fact) => input.now - fact.receivedAt < WAIT_FOR_FACT_MS);
  if (input.reading.communications.length === 0 && isNews) return 'the opening text is not shown yet';
  if (unmatched.some((fact) => input.now - fact.receivedAt < WAIT_FOR_FACT_MS)) {
    return 'an announced communication is not shown yet';
  }
  const awaited = input.deeds.find(
    (deed) =>
      deed.kind === 'reply' &&
      deed.state === 'done' &&
      !seen.includes(deed.reference) &&
      !input.ledger.some((row) => row.entry === ownReplyEntry(deed)) &&
      deed.text !== '' &&
      input.now - deed.at < WAIT_FOR_FACT_MS,
  );
  return awaited === undefined ? null : 'a reply from Slack is not shown yet';
}

/** A resolving or reopening that was only seen, and of which an event has now told the time. */
function isKnownBetter(item: Item, ledger: readonly LedgerEntry[]): boolean {
  if ((item.kind !== 'resolved' && item.kind !== 'reopened') || !item.exact) return false;
  return ledger.some((row) => row.entry === item.id && row.ts !== null && row.at !== item.at);
}

/** A change that nobody announced: no event, and it is not our own doing. */
function isRepair(item: Item): boolean {
  if (item.toldAt !== null) return false;
  if (item.kind === 'communication') return item.reference === null;
  return item.kind === 'unread' || item.by === null;
}

interface Found {
  readonly items: Item[];
  readonly unmatched: readonly Fact[];
  readonly seen: readonly string[];
}

/** The conversation as AWS holds it; events add who spoke where AWS does not say, deeds which person in Slack. */
function fromAws({ facts, deeds, ledger }: PlanInput, reading: Reading): Found {
  const inLedger = new Map(ledger.map((row) => [row.entry, row]));
  const identified = identify(certain(reading));
  const replies = repliesFromSlack(identified, deeds);
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
      files: communication.attachments.map((attachment) => attachment.fileName),
      reference: deed?.reference ?? null,
      replaces: unread !== undefined && stillSaysOnlyThat(unread, ledger) ? unread : null,
      toldAt: fact?.receivedAt ?? null,
    };
  });
  return { items, unmatched, seen: [...replies.values()].map((deed) => deed.reference) };
}

/**
 * Which communications people sent from Slack, by id. A reference counts once: whoever quotes a stamp as their own last
 * line is still shown under their own name.
 */
function repliesFromSlack(
  communications: readonly Identified[],
  deeds: readonly Deed[],
): ReadonlyMap<string, Deed> {
  const byReference = new Map(
    deeds.filter((deed) => deed.kind === 'reply').map((deed) => [deed.reference, deed]),
  );
  const replies = new Map<string, Deed>();
  for (const communication of communications) {
    const stamp = isFromAws(communication) ? null : readStamp(communication.body);
    const deed = stamp === null ? undefined : byReference.get(stamp.reference);
    if (deed === undefined || isQuote(communication, deed)) continue;
    byReference.delete(deed.reference);
    replies.set(communication.id, deed);
  }
  return replies;
}

/** Whether somebody repeats a stamp long after. The reply itself need not be in this look, nor marked as seen before. */
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

/** All that can be shown while AWS cannot be asked: that somebody wrote, and what people sent from Slack. */
function fromEvents({ facts, deeds, ledger }: PlanInput): Found {
  const said = facts
    .filter((fact) => fact.event === 'AddCommunicationToCase')
    .sort((a, b) => a.at - b.at || (factId(a) < factId(b) ? -1 : 1));
  const sent = deeds.filter((deed) => deed.kind === 'reply' && deed.state === 'done');
  // The event may come before AWS's answer: then it is of a reply that is still underway.
  const ours = deeds.filter((deed) => deed.kind === 'reply' && deed.state !== 'undone');
  const byDeed = pairByTime(said, ours, (fact) => fact.origin !== 'AWS');
  const shown = ledger.filter((row) => row.part === 0 && row.entry.startsWith('c-'));
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
  return { items, unmatched: [], seen: [] };
}

function unreadEntry(fact: Fact): string {
  return `f-${fact.communicationId === '' ? fact.at : fact.communicationId}`;
}

function ownReplyEntry(deed: Deed): string {
  return `r-${deed.reference}`;
}

function cardOf(input: PlanInput, items: readonly Item[], lastSeenResolved: boolean): Card {
  const details = input.reading?.case ?? input.card?.details ?? null;
  const displayId =
    input.reading?.case.displayId ||
    input.card?.displayId ||
    input.facts.find((fact) => fact.displayId)?.displayId;
  const spoken = inOrder(items).findLast((item) => item.kind === 'communication' || item.kind === 'unread');
  const lastSpeaker: Author['side'] | null =
    spoken === undefined || !('author' in spoken) ? null : spoken.author.side;
  const readable = input.reading !== null;
  return {
    key: input.key,
    displayId: displayId ?? '',
    details:
      details === null
        ? null
        : {
            subject: details.subject,
            status: details.status,
            severity: details.severity,
            service: details.service,
            category: details.category,
            openedBy: details.openedBy,
            openedAt: details.openedAt,
          },
    resolved: input.reading === null ? lastSeenResolved : isResolved(input.reading.case.status),
    turn: readable && details !== null ? turnOf(details.status, lastSpeaker) : null,
    missing: input.missing,
  };
}
