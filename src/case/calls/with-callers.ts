import { type Author, AWS_WITHOUT_CALL } from '../author.js';
import type { Deed } from '../deed.js';
import { isEntryOfDeed } from '../entry-ids.js';
import type { Item, TransitionItem } from '../item.js';
import { isSpoken } from '../item.js';
import { type LedgerEntry, UNCLEAR } from '../ledger-entry.js';
import type { Reading } from '../reading.js';
import type { ApiCall } from './api-call.js';
import { type Caller, printOf } from './caller.js';
import { CALL_TOLERANCE_MS, matchCalls, momentOf, type Span, type Told } from './match-calls.js';

/** What CloudTrail tells of a case, and of the account that it is in. */
export interface CallsKnown {
  /** Calls of the case that did not fail: see `caseOfCall`. */
  readonly calls: readonly ApiCall[];
  /** Whether records of the account came of calls not long before that time, so that a missing one means something. */
  readonly seenBefore: (at: number) => boolean;
  /** A record may come so long after its call; or after the event of it, for what holds that up holds up both. */
  readonly arriveWithinMs: number;
  /** Since when somebody has been there to take records, milliseconds since 1970. */
  readonly upSince: number;
  /** When all of the case was read last; null when it never was. */
  readonly walkedAt: number | null;
}

/** Of an account whose records nobody has ever seen. */
export const NO_CALLS: CallsKnown = {
  calls: [],
  seenBefore: () => false,
  arriveWithinMs: 0,
  upSince: 0,
  walkedAt: null,
};

export interface WithCallers {
  readonly items: Item[];
  readonly transitions: TransitionItem[];
  /** Who opened the case; null where several calls could be meant, undefined where none tells. */
  readonly opener: Author | null | undefined;
  /** A call has come that explains something older than this look, or on its edge. */
  readonly needsAll: boolean;
  /** After so many milliseconds no record is to be waited for any more; null when none is. */
  readonly settlesAfterMs: number | null;
}

interface Of {
  readonly items: readonly Item[];
  readonly transitions: readonly TransitionItem[];
  readonly reading: Reading | null;
  readonly ledger: readonly LedgerEntry[];
  readonly deeds: readonly Deed[];
  readonly now: number;
}

/** In place of a caller: AWS resolved it. */
const BY_AWS = 'aws';
/** A record that came while all of the case was being read may have come too late for that. */
const READING_TAKES_MS = 60_000;

/** Everything that happened, with who did it by CloudTrail's records, wherever neither AWS nor the outbox says it. */
export function withCallers(
  { items, transitions, reading, ledger, deeds, now }: Of,
  known: CallsKnown,
): WithCallers {
  // What came of which call of ours, AWS itself has told: nothing else could be meant, by whatever credentials it was made.
  const ours = deeds.filter(({ requestId = '' }) => requestId !== '');
  const requests = new Set(ours.map(({ requestId }) => requestId));
  const references = new Set<string | null>(ours.map(({ reference }) => reference));
  const isOurs = ({ requestId }: ApiCall) => requests.has(requestId);
  const calls = (name: string) =>
    known.calls
      .filter((call) => call.name === name)
      .map((call) => (isOurs(call) ? { ...call, isOwn: true } : call));
  const opening = openingOf(items, reading);
  const creation = { id: 'case', from: 0, to: Infinity, isOurs: false, since: 0 };
  const opened = matchCalls([creation], calls('CreateCase')).get('case');
  const added = calls('AddCommunicationToCase');
  const othersAdded = added.filter((call) => !isOurs(call));
  // What an incomplete look brings begins somewhere: of what is said right behind that nobody knows what is right before.
  const begin = reading === null || reading.complete ? -Infinity : edgeOf(items);
  const spoken = items.filter((item) => isSpoken(item) && item.author.side !== 'aws' && item !== opening);
  const others = spoken.filter((item) => item.kind !== 'communication' || !references.has(item.reference));
  const since = ({ at, toldAt }: Item) => Math.max(at, toldAt ?? 0, known.upSince);
  const explained = (item: Item) => ({
    id: item.id,
    ...momentOf(item.at),
    isOurs: isFromSlack(item),
    since: since(item),
  });
  const said = matchCalls(others.map(explained), othersAdded);
  const isSure = ({ at }: Item) => at > begin;
  const changed = (item: TransitionItem) => ({
    ...explained(item),
    ...(item.exact ? {} : whenSeen(item, [...transitions, ...spoken])),
  });
  const reopened = matchCalls(
    // Of one that was only seen, any of the words since could be what reopened it.
    transitions.filter(({ kind, exact }) => kind === 'reopened' && exact).map(changed),
    added,
  );
  const resolved = matchCalls(
    transitions.filter(({ kind }) => kind === 'resolved').map(changed),
    calls('ResolveCase'),
  );
  let settlesAfterMs: number | null = null;
  /** Whether a record may still come of something that could be explained since then. */
  const mayCome = (since: number) => {
    const left = since + known.arriveWithinMs - now;
    if (left > 0) settlesAfterMs = Math.min(left, settlesAfterMs ?? left);
    return left > 0;
  };
  const shown = new Map(ledger.flatMap(({ entry, part, shownBy }) => (part === 0 ? [[entry, shownBy]] : [])));
  /** A name that is shown stays while the records that are missing may still bear it out. */
  const kept = ({ id }: Item, told: Told | undefined): Told | undefined => {
    if (told?.by !== 'unclear') return told;
    const caller = told.soFar.find((each) => printOf(each) === shown.get(id));
    return caller !== undefined && mayCome(told.since) ? { by: 'caller', caller } : told;
  };
  const changes = transitions.map((item): TransitionItem => {
    // From Slack, by somebody whom the outbox names, or has forgotten.
    if (item.by !== null || isEntryOfDeed(item.id)) return item;
    const told = kept(item, (item.kind === 'resolved' ? resolved : reopened).get(item.id));
    if (told !== undefined) return changedBy(item, told);
    if (item.kind === 'reopened' || !known.seenBefore(item.at)) return item;
    // What has been said already, only a call takes back.
    if (shown.get(item.id) !== BY_AWS && mayCome(since(item))) return item;
    return { ...item, by: AWS_WITHOUT_CALL, shownBy: BY_AWS };
  });
  const named = items.map((item) => {
    if (item === opening) return saidBy(item, opened);
    return isSure(item) ? saidBy(item, kept(item, said.get(item.id))) : item;
  });
  return {
    items: named,
    transitions: changes,
    opener: opened === undefined ? undefined : opened.by === 'caller' ? authorBy(opened.caller) : null,
    needsAll:
      reading !== null &&
      !reading.complete &&
      explainsOlder({ said: [...othersAdded, ...calls('CreateCase')], items, ledger, begin }, known),
    settlesAfterMs,
  };
}

function isFromSlack(item: Item): boolean {
  if (item.kind === 'communication') return item.reference !== null;
  return (item.kind === 'resolved' || item.kind === 'reopened') && item.by !== null;
}

/**
 * Of a resolving that was only seen, the call was made at any time since the change before it, or the last word of ours,
 * which would have reopened the case.
 */
function whenSeen(item: TransitionItem, all: readonly Item[]): Span {
  const before = all.filter((each) => each !== item && each.at <= item.at).map(({ at }) => at);
  return { from: Math.max(0, ...before), to: item.at + CALL_TOLERANCE_MS };
}

/** The text with which the case was opened: only a look that brings all tells which that is. */
function openingOf(items: readonly Item[], reading: Reading | null): Item | undefined {
  if (reading?.complete !== true) return undefined;
  const opening = items.reduce<Item | undefined>(
    (first, item) => (isSpoken(item) && (first === undefined || item.at < first.at) ? item : first),
    undefined,
  );
  return opening !== undefined && isSpoken(opening) && opening.author.side !== 'aws' ? opening : undefined;
}

/** Two spans on from the oldest: nothing that hangs together with what is older reaches so far in one step. */
function edgeOf(items: readonly Item[]): number {
  return Math.min(...items.map(({ at }) => at)) + 2 * CALL_TOLERANCE_MS;
}

/** For what was shown before its record came, all of a long case is read once more. */
function explainsOlder(
  {
    said,
    items,
    ledger,
    begin,
  }: Pick<Of, 'items' | 'ledger'> & { readonly said: readonly ApiCall[]; readonly begin: number },
  { walkedAt }: CallsKnown,
): boolean {
  const isNew = (call: ApiCall) => walkedAt === null || call.receivedAt > walkedAt - READING_TAKES_MS;
  const inLook = new Set(items.filter(({ at }) => at > begin).map(({ id }) => id));
  const older = ledger.filter(({ entry, part }) => part === 0 && /^[cf]-/.test(entry) && !inLook.has(entry));
  return said.filter(isNew).some(({ at }) => older.some((row) => Math.abs(row.at - at) <= CALL_TOLERANCE_MS));
}

function saidBy(item: Item, told: Told | undefined): Item {
  // Who sent it from Slack, the outbox knows.
  if (!isSpoken(item) || told === undefined || item.author.way === 'slack') return item;
  if (told.by !== 'caller') return { ...item, shownBy: UNCLEAR };
  const author = { ...authorBy(told.caller), name: item.author.name };
  return { ...item, author, shownBy: printOf(told.caller) };
}

function changedBy(item: TransitionItem, told: Told): TransitionItem {
  if (told.by !== 'caller') return { ...item, shownBy: UNCLEAR };
  return { ...item, by: authorBy(told.caller), shownBy: printOf(told.caller) };
}

function authorBy(caller: Caller): Author {
  return { side: 'customer', name: caller.name, way: 'elsewhere', caller };
}
