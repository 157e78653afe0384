import type { SupportPlan } from './account.js';
import { type CallsKnown, NO_CALLS, withCallers } from './calls/with-callers.js';
import type { Card, CardNames } from './card.js';
import { sameCard } from './card.js';
import { cardOf } from './card-of.js';
import type { CaseKey } from './case-key.js';
import { changedItems } from './change.js';
import { conversationAtAws, type Known } from './conversation-at-aws.js';
import { conversationFromEvents } from './conversation-from-events.js';
import { isEntryOfDeed } from './entry-ids.js';
import { type FileItem, filesOwed } from './file.js';
import type { Item, TransitionItem } from './item.js';
import { inOrder } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import { CARD, postedEntries, UNCLEAR } from './ledger-entry.js';
import { isShownAsFile } from './long-text.js';
import type { CasePeople } from './people.js';
import type { Reading } from './reading.js';
import { type Transition, transitions } from './transitions.js';
import { unsettled } from './unsettled.js';

/** What has to be done to the thread so that it shows what happened. Done in order, each at most once. */
export type Effect =
  | { readonly do: 'open-thread'; readonly card: Card }
  | { readonly do: 'post'; readonly item: Item }
  /** A file goes below the entry that it came with. */
  | { readonly do: 'attach'; readonly file: FileItem }
  /** What is in the thread already can be told better now. */
  | { readonly do: 'amend'; readonly item: Item }
  | { readonly do: 'refresh-card'; readonly card: Card };

export interface PlanInput extends Known {
  readonly key: CaseKey;
  /** Null when AWS cannot be asked: then events and our own deeds are all there is. */
  readonly reading: Reading | null;
  /** What to tell people about what cannot be read; null when all is well. */
  readonly missing: string | null;
  /** The card as it was planned last, and as it was shown last; null before there was one. */
  readonly card: Card | null;
  readonly shown: Card | null;
  /** The earlier thread of the case, whose first message somebody deleted; null when there was none. */
  readonly formerTs: string | null;
  /** What AWS calls service and category; not there, or null, where that is not known. */
  readonly names?: CardNames | null;
  readonly people: CasePeople;
  /** What CloudTrail's records tell; not there where none ever came. */
  readonly calls?: CallsKnown;
  /** Who is to be mentioned if the thread is opened now. */
  readonly mention?: readonly string[];
  /** The account's support plan; not there, or null, where nobody has said. */
  readonly supportPlan?: SupportPlan | null;
  /** The account is followed by its events alone, as configured. */
  readonly eventsOnly?: boolean;
  /** False: long texts go on in messages, and no file is made of them. */
  readonly textFiles?: boolean;
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
  /** Something that the thread shows already could be told better with all messages of the case at hand. */
  readonly wantsAll: boolean;
  /** After so many milliseconds, without anything new, more can be said; null when there is nothing to wait for. */
  readonly settlesAfterMs: number | null;
}

/** What the first start finds, or somebody lists later, must not call people to all that has long been open. */
const CALLED_FOR_MS = 86_400_000;

/**
 * Compares what happened on a case with what its thread shows. This is the promise of the product: for any order,
 * repetition and loss of events the finished thread is the same, because events only add what AWS cannot be asked.
 */
export function plan(input: PlanInput): Plan {
  const posted = postedEntries(input.ledger);
  const said =
    input.reading === null ? conversationFromEvents(input) : conversationAtAws(input, input.reading);
  const changes = transitions({
    facts: input.facts,
    deeds: input.deeds,
    ledger: input.ledger,
    status: input.reading?.case.status ?? null,
    now: input.now,
  });
  const called = withCallers(
    { ...input, items: said.items, transitions: changes.list.map(transitionItem) },
    input.calls ?? NO_CALLS,
  );
  const items = called.items.map((item) => withLongText(item, input));
  const transitionItems = called.transitions;
  const told = [...items, ...transitionItems];
  const changed = changedItems(input, told, posted);
  const timeline = inOrder([...told, ...changed], undoneAtOnce(changes.list));
  const openedAt = (input.reading?.case ?? input.card?.details)?.openedAt;
  const activityAt =
    timeline.findLast((item) => item.kind !== 'changed')?.at ?? openedAt ?? input.facts[0]?.at ?? input.now;
  const isNews = input.now - activityAt < CALLED_FOR_MS;
  const { opener } = called;
  const forCard = {
    ...input,
    ...(isNews ? {} : { mention: [] }),
    ...(opener === undefined ? {} : { opener }),
  };
  const card = cardOf(forCard, items, transitionItems.at(-1) ?? null);
  const toPost = timeline.filter((item) => !posted.has(item.id));
  const isNew = !input.ledger.some((row) => row.entry === CARD);

  const effects: Effect[] = [];
  if (!posted.has(CARD)) effects.push({ do: 'open-thread', card });
  effects.push(...timeline.flatMap((item) => showing(item, { ...input, posted })));
  effects.push(
    ...timeline
      .filter((item) => posted.has(item.id) && isKnownBetter(item, input.ledger))
      .map((item): Effect => ({ do: 'amend', item })),
  );
  // Against the one planned last, too: it may be on its way to Slack, and be shown only after this one was planned.
  const isShown = sameCard(input.shown, card) && sameCard(input.card, card);
  if (posted.has(CARD) && !isShown) effects.push({ do: 'refresh-card', card });

  return {
    effects,
    card,
    unsettled: unsettled(input, said, changes.unsettled),
    seen: said.seen,
    activityAt,
    repairs: isNew ? Number(input.facts.length === 0) : toPost.filter(isRepair).length,
    wantsAll: called.needsAll,
    settlesAfterMs: called.settlesAfterMs,
  };
}

function withLongText(item: Item, { key, ledger, textFiles = true }: PlanInput): Item {
  if (item.kind !== 'communication') return item;
  return isShownAsFile(item, { key, ledger, wanted: textFiles }) ? { ...item, asFile: true } : item;
}

/** An entry that the thread lacks, and directly after it its files. */
function showing(item: Item, known: Parameters<typeof filesOwed>[1]): Effect[] {
  const files = item.kind === 'communication' ? filesOwed(item, known) : [];
  const attached = files.map((file): Effect => ({ do: 'attach', file }));
  return known.posted.has(item.id) ? attached : [{ do: 'post', item }, ...attached];
}

/** Resolvings after which the case was reopened within the same second. */
function undoneAtOnce(changes: readonly Transition[]): ReadonlySet<string> {
  const undone = changes.filter(({ kind, at }, index) => {
    const next = changes[index + 1];
    const isSameSecond = next !== undefined && Math.floor(next.at / 1000) === Math.floor(at / 1000);
    return kind === 'resolved' && isSameSecond;
  });
  return new Set(undone.map(({ id }) => id));
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

/**
 * An entry of which CloudTrail tells by now who did it, or no longer tells it, because another call could be meant as well.
 * A resolving or reopening that was only seen, and of which an event has now told the time.
 */
function isKnownBetter(item: Item, ledger: readonly LedgerEntry[]): boolean {
  const shown = ledger.find((row) => row.entry === item.id && row.part === 0);
  const { shownBy = UNCLEAR } = shown ?? {};
  if (item.shownBy !== undefined && item.shownBy !== shownBy) return true;
  // The records were lost, and the entry would lose the name.
  if (item.shownBy === undefined && shownBy !== UNCLEAR) return false;
  if ((item.kind !== 'resolved' && item.kind !== 'reopened') || !item.exact) return false;
  // Who did it from Slack is shown, and no longer known once the outbox was lost: to show it anew would take it away.
  if (item.by === null && isEntryOfDeed(item.id)) return false;
  return ledger.some((row) => row.entry === item.id && row.ts !== null && row.at !== item.at);
}

/** A change that nobody announced: no event, and it is not our own doing. */
function isRepair(item: Item): boolean {
  if (item.toldAt !== null) return false;
  if (item.kind === 'communication') return item.reference === null;
  if (item.kind === 'unread' || item.kind === 'changed' || item.by === null) return true;
  // That AWS did it was found out without being told.
  return item.by.side === 'aws';
}
