import { type ApiCall, isOwnCall } from './api-call.js';
import { type Caller, callerOf } from './caller.js';

/** AWS's clocks and whole seconds: a call, and what came of it, are at most so far apart. */
export const CALL_TOLERANCE_MS = 15_000;

/** A span of time, milliseconds since 1970, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Something that a call may have led to, which was made in this span of time. */
export interface Explained extends Span {
  readonly id: string;
  /** The outbox knows that the bot did it. */
  readonly isOurs: boolean;
  /** Since when its record can have come, milliseconds since 1970. */
  readonly since: number;
}

/** What calls tell of one thing. */
export type Told =
  | { readonly by: 'caller'; readonly caller: Caller }
  /** The bot's own call: the outbox says who stands behind it. */
  | { readonly by: 'bot' }
  /** Several could be meant, or the one that is names nobody. */
  | Unclear;

interface Unclear {
  readonly by: 'unclear';
  /** Who it was if the records that are missing say the same; none where they cannot. */
  readonly soFar: readonly Caller[];
  /** Since when all of the records can have come, milliseconds since 1970. */
  readonly since: number;
}

/** The span in which the call of something that happened then was made. */
export function momentOf(at: number): Span {
  return { from: at - CALL_TOLERANCE_MS, to: at + CALL_TOLERANCE_MS };
}

/**
 * Which call led to what, by time alone: AWS gives them nothing in common but the case. All that hang together, because a
 * call could be meant for one or for the other, are looked at together: only where every way to pair them says the same
 * of everybody, is it said. What no call could be meant for has no place in the result. The order of neither list counts.
 *
 * @param calls that did not fail, of one case and one action.
 */
export function matchCalls(
  things: readonly Explained[],
  calls: readonly ApiCall[],
): ReadonlyMap<string, Told> {
  const distinct = [...new Map(calls.map((call) => [call.id, call])).values()];
  const told = new Map<string, Told>();
  for (const group of together(things, distinct)) {
    if (group.calls.length === 0) continue;
    for (const { calls: some, things: ofThem } of withoutOurs(group)) {
      const all = toldBy(some, ofThem);
      for (const { id } of ofThem) told.set(id, all);
    }
  }
  return told;
}

function toldBy(calls: readonly ApiCall[], things: readonly Explained[]): Told {
  const others = calls.filter((call) => !isOwnCall(call));
  const callers = others.map(callerOf);
  const caller = commonCaller(callers);
  // Fewer calls than things: some came another way, or their records are missing, and nobody can say which.
  const isWhole = calls.length >= things.length;
  if (isWhole && others.length === 0) return { by: 'bot' };
  if (isWhole && others.length === calls.length && caller !== null) return { by: 'caller', caller };
  const soFar = caller === null ? [] : [caller, ...callers.filter((each) => each !== null)];
  return { by: 'unclear', soFar, since: Math.max(...things.map(({ since }) => since)) };
}

/** Null where they are not all the same, or one is nobody. */
function commonCaller(callers: readonly (Caller | null)[]): Caller | null {
  const [caller = null] = callers;
  if (caller === null || callers.some((each) => each === null || !sameWords(each, caller))) return null;
  const isSamePlace = callers.every((each) => each?.address === caller.address);
  return isSamePlace ? caller : { ...caller, address: '' };
}

function sameWords(a: Caller, b: Caller): boolean {
  const words = ({ kind, name, role, way, mfa }: Caller) => JSON.stringify([kind, name, role, way, mfa]);
  return words(a) === words(b);
}

interface Group {
  readonly things: Explained[];
  readonly calls: ApiCall[];
}

/** Where the bot's calls and what it did are as many, nothing of it can be anybody else's. */
function withoutOurs(group: Group): Group[] {
  const calls = group.calls.filter(isOwnCall);
  const things = group.things.filter(({ isOurs }) => isOurs);
  if (calls.length === 0 || calls.length !== things.length) return [group];
  const others = {
    calls: group.calls.filter((call) => !isOwnCall(call)),
    things: group.things.filter(({ isOurs }) => !isOurs),
  };
  return [{ calls, things }, others].filter((each) => each.calls.length > 0);
}

function together(things: readonly Explained[], calls: readonly ApiCall[]): Group[] {
  const groups: Group[] = [];
  const left = new Set(things);
  const leftCalls = new Set(calls);
  for (const first of things) {
    if (!left.delete(first)) continue;
    const group: Group = { things: [first], calls: [] };
    for (const thing of group.things) {
      for (const call of [...leftCalls].filter((each) => mayHaveLedTo(each, thing))) {
        leftCalls.delete(call);
        group.calls.push(call);
        for (const other of [...left].filter((each) => mayHaveLedTo(call, each))) {
          left.delete(other);
          group.things.push(other);
        }
      }
    }
    groups.push(group);
  }
  return groups;
}

function mayHaveLedTo({ at }: ApiCall, { from, to }: Explained): boolean {
  return at >= from && at <= to;
}
