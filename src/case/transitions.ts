import type { Author } from './author.js';
import { fromSlack } from './author.js';
import { isResolved } from './case.js';
import type { Deed } from './deed.js';
import { isEntryOfDeed } from './entry-ids.js';
import type { Fact } from './fact.js';
import type { LedgerEntry } from './ledger-entry.js';

/** A case was resolved or reopened: one entry each, whoever told us, and however often. */
export interface Transition {
  readonly kind: 'resolved' | 'reopened';
  /** `resolved@<time>` when an event told us, `resolved~<reference or time>` when a deed or the case's status did. */
  readonly id: string;
  readonly at: number;
  /** False when only the status told us: then `at` is when we saw it. */
  readonly exact: boolean;
  /** Null where nobody is known to have done it. */
  readonly by: Author | null;
  /** When the event that told us arrived; null when no event did. */
  readonly toldAt: number | null;
}

type Kind = Transition['kind'];

/** Copies of one event may differ by seconds (several Regions); a case cannot be resolved twice in a minute. */
const SAME_EVENT_MS = 60_000;
/** A deed's time is ours, the event's is AWS's, and an unclear answer may take minutes to settle. */
const BEFORE_DEED_MS = 120_000;
const AFTER_DEED_MS = 600_000;
/** For so long after a change that we know of, a status that contradicts it is taken for a read that is behind. */
export const SETTLE_MS = 60_000;

/** What an event says, or an entry whose event the store has lost. */
interface Report {
  readonly kind: Kind;
  readonly at: number;
  readonly id: string;
  readonly toldAt: number;
  /** The event is lost, and the entry in the thread all that is left of it. */
  readonly isShownOnly: boolean;
}

interface Told {
  kind: Kind;
  at: number;
  ids: string[];
  toldAt: number;
  hasShownOnly: boolean;
}

interface Observed {
  kind: Kind;
  at: number;
  id: string;
  fromDeed: boolean;
}

export interface TransitionsInput {
  readonly facts: readonly Fact[];
  readonly deeds: readonly Deed[];
  readonly ledger: readonly LedgerEntry[];
  /** The case's status now; null when AWS could not be asked. */
  readonly status: string | null;
  readonly now: number;
}

/**
 * All times that the case was resolved or reopened, oldest first. Three sources say so: events (exact, but may be lost
 * or late), deeds from Slack, and the status that we read, which is the last word on how the case stands now. What one
 * source told first, another that comes later only confirms.
 */
export function transitions(input: TransitionsInput): { list: Transition[]; unsettled: boolean } {
  const told = toldByEvents([...reportsOf(input.facts), ...shownOnly(input)]);
  const observed = observedOtherwise(input);
  const bound = bind(told, observed, input.ledger);
  const list: Transition[] = [
    ...told.map((event) => fromEvent(event, bound.get(event), input)),
    ...observed.filter((o) => ![...bound.values()].includes(o)).map(fromObservation),
  ].sort((a, b) => a.at - b.at);

  const known = withDoers(list, input.deeds);
  const status = input.status;
  if (status === null) return { list: known, unsettled: false };
  const now: Kind = isResolved(status) ? 'resolved' : 'reopened';
  const latest = list.at(-1);
  if ((latest?.kind ?? 'reopened') === now) return { list: known, unsettled: false };
  // Whoever told us of the latest change, an event, a person or an earlier look: this look may be behind.
  const unsettled = latest !== undefined && input.now - (latest.toldAt ?? latest.at) < SETTLE_MS;
  if (unsettled) return { list: known, unsettled };
  const seen: Observed = { kind: now, at: input.now, id: `${now}~${input.now}`, fromDeed: false };
  return { list: withDoers([...list, fromObservation(seen)], input.deeds), unsettled: false };
}

function reportsOf(facts: readonly Fact[]): Report[] {
  return facts.flatMap(({ event, at, receivedAt }) => {
    if (event !== 'ResolveCase' && event !== 'ReopenCase') return [];
    const kind = event === 'ResolveCase' ? 'resolved' : 'reopened';
    return { kind, at, id: `${kind}@${at}`, toldAt: receivedAt, isShownOnly: false };
  });
}

/** Entries of events that a lost store knew of: they happened, whoever remembers. */
function shownOnly({ facts, ledger }: Pick<TransitionsInput, 'facts' | 'ledger'>): Report[] {
  const known = new Set(reportsOf(facts).map(({ id }) => id));
  return ledger.flatMap(({ entry, at, intendedAt }) => {
    const kind = /^(resolved|reopened)@/.exec(entry)?.[1] as Kind | undefined;
    if (kind === undefined || known.has(entry)) return [];
    return { kind, at, id: entry, toldAt: intendedAt, isShownOnly: true };
  });
}

function toldByEvents(reports: readonly Report[]): Told[] {
  const told: Told[] = [];
  for (const { kind, at, id, toldAt, isShownOnly } of inTurns(reports)) {
    const previous = told.at(-1);
    const isCopy = previous?.kind === kind && at - previous.at <= SAME_EVENT_MS;
    // Two entries in the thread were never copies of one event.
    if (isCopy && !(isShownOnly && previous.hasShownOnly)) {
      previous.ids.push(id);
      previous.toldAt = Math.max(previous.toldAt, toldAt);
      previous.hasShownOnly ||= isShownOnly;
      // What is in the thread stays as it is: who did it is no longer known.
      if (isShownOnly) previous.at = at;
    } else {
      told.push({ kind, at, ids: [id], toldAt, hasShownOnly: isShownOnly });
    }
  }
  return told;
}

/**
 * By time. Within one second a case that stood open was resolved first, and one that stood resolved reopened first:
 * AWS's whole seconds do not say.
 */
function inTurns(reports: readonly Report[]): Report[] {
  const left = [...reports].sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1));
  const ordered: Report[] = [];
  for (let next = left[0]; next !== undefined; next = left[0]) {
    const expected = ordered.at(-1)?.kind === 'resolved' ? 'reopened' : 'resolved';
    const { at } = next;
    const inTurn = left.findIndex((report) => report.at === at && report.kind === expected);
    ordered.push(...left.splice(Math.max(0, inTurn), 1));
  }
  return ordered;
}

function observedOtherwise({ deeds, ledger, status }: TransitionsInput): Observed[] {
  const observed = new Map<string, Observed>();
  for (const row of ledger) {
    const kind = /^(resolved|reopened)~/.exec(row.entry)?.[1] as Kind | undefined;
    const fromDeed =
      isEntryOfDeed(row.entry) || deeds.some((deed) => row.entry === `resolved~${deed.reference}`);
    if (kind !== undefined) observed.set(row.entry, { kind, at: row.at, id: row.entry, fromDeed });
  }
  for (const deed of deeds) {
    if (deed.kind !== 'resolve' || deed.state === 'undone') continue;
    // Whether a resolve that is underway took place, only the status can tell.
    if (deed.state === 'underway' && (status === null || !isResolved(status))) continue;
    const id = `resolved~${deed.reference}`;
    observed.set(id, { kind: 'resolved', at: deed.at, id, fromDeed: true });
  }
  return [...observed.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

/** Which event confirms what was observed before it came. */
function bind(
  told: readonly Told[],
  observed: readonly Observed[],
  ledger: readonly LedgerEntry[],
): Map<Told, Observed> {
  const inLedger = new Set(ledger.map((row) => row.entry));
  const mayConfirm = (event: Told, seen: Observed): boolean => {
    if (event.kind !== seen.kind) return false;
    if (event.at > seen.at + (seen.fromDeed ? AFTER_DEED_MS : BEFORE_DEED_MS)) return false;
    if (seen.fromDeed && event.at < seen.at - BEFORE_DEED_MS) return false;
    // Two entries that are both in the thread stay two.
    if (inLedger.has(seen.id) && event.ids.some((id) => inLedger.has(id))) return false;
    if (!seen.fromDeed && event.ids.some((id) => inLedger.has(id))) return false;
    const [from, to] = [Math.min(event.at, seen.at), Math.max(event.at, seen.at)];
    return ![...told, ...observed].some((o) => o.kind !== seen.kind && o.at > from && o.at < to);
  };
  const pairs = observed
    .flatMap((seen) => told.filter((event) => mayConfirm(event, seen)).map((event) => ({ event, seen })))
    .map((pair) => ({ ...pair, apart: Math.abs(pair.event.at - pair.seen.at) }))
    .sort((a, b) => a.apart - b.apart);
  const bound = new Map<Told, Observed>();
  for (const { event, seen } of pairs) {
    if (!bound.has(event) && ![...bound.values()].includes(seen)) bound.set(event, seen);
  }
  return bound;
}

function fromEvent(
  event: Told,
  seen: Observed | undefined,
  { ledger }: Pick<TransitionsInput, 'ledger'>,
): Transition {
  const inLedger = (id: string) => ledger.some((row) => row.entry === id);
  const ownId = event.ids.find(inLedger) ?? event.ids[0] ?? '';
  const id = seen !== undefined && !inLedger(ownId) ? seen.id : ownId;
  return { kind: event.kind, id, at: event.at, exact: true, by: null, toldAt: event.toldAt };
}

function fromObservation({ kind, id, at, fromDeed }: Observed): Transition {
  return { kind, id, at, exact: fromDeed, by: null, toldAt: null };
}

/** Who did it from Slack: of the deeds that can have led to a change the nearest in time, and each deed to one change. */
function withDoers(list: readonly Transition[], deeds: readonly Deed[]): Transition[] {
  const pairs = deeds
    .filter((deed) => deed.state !== 'undone')
    .flatMap((deed) => list.filter((change) => mayHaveDone(deed, change)).map((change) => ({ deed, change })))
    .map((pair) => ({ ...pair, apart: Math.abs(pair.deed.at - pair.change.at) }))
    .sort((a, b) => a.apart - b.apart);
  const doers = new Map<Transition, Deed>();
  for (const { deed, change } of pairs) {
    if (!doers.has(change) && ![...doers.values()].includes(deed)) doers.set(change, deed);
  }
  return list.map((change) => {
    const deed = doers.get(change);
    return deed === undefined ? change : { ...change, by: fromSlack(deed.person) };
  });
}

function mayHaveDone(deed: Deed, { kind, at }: Transition): boolean {
  if (kind === 'resolved' ? deed.kind !== 'resolve' : deed.kind !== 'reply' || !deed.reopens) return false;
  return at >= deed.at - BEFORE_DEED_MS && at <= deed.at + AFTER_DEED_MS;
}
