import { isFromAws } from './communication.js';
import type { Fact } from './fact.js';
import { factId } from './fact.js';
import type { Identified } from './identify.js';

/** An event's time and the time of the communication that it announces: seconds apart, never minutes. */
export const SAME_MOMENT_MS = 120_000;

/**
 * Pairs what is nearest in time, each at most once. The result does not depend on the order of either list beyond
 * ties, which ids decide.
 */
export function pairByTime<A extends { at: number }, B extends { at: number }>(
  left: readonly A[],
  right: readonly B[],
  mayPair: (a: A, b: B) => boolean = () => true,
): Map<A, B> {
  const pairs: { a: A; b: B; apart: number }[] = [];
  for (const a of left) {
    for (const b of right) {
      const apart = Math.abs(a.at - b.at);
      if (apart <= SAME_MOMENT_MS && mayPair(a, b)) pairs.push({ a, b, apart });
    }
  }
  pairs.sort((x, y) => x.apart - y.apart || x.a.at - y.a.at || x.b.at - y.b.at);
  const paired = new Map<A, B>();
  const taken = new Set<B>();
  for (const { a, b } of pairs) {
    if (paired.has(a) || taken.has(b)) continue;
    paired.set(a, b);
    taken.add(b);
  }
  return paired;
}

export interface MatchedFacts {
  /** By id of the communication: the event that announced it. */
  readonly announcedBy: ReadonlyMap<string, Fact>;
  /** Events of communications that the API does not show (yet). */
  readonly unmatched: readonly Fact[];
}

/**
 * Which event announced which communication. The event's `communication-id` is unknown to the Support API, so time and
 * side (AWS or customer) decide; an event whose time fits nothing may still announce one that is `fresh`: not shown
 * before the event came.
 */
export function matchFacts(
  facts: readonly Fact[],
  communications: readonly Identified[],
  isFresh: (communication: Identified, fact: Fact) => boolean,
): MatchedFacts {
  const said = facts
    .filter((fact) => fact.event === 'AddCommunicationToCase')
    .sort((a, b) => a.at - b.at || (factId(a) < factId(b) ? -1 : 1));
  const byFact = pairByTime(said, communications, sameSide);
  const taken = new Set(byFact.values());
  for (const fact of said) {
    if (byFact.has(fact)) continue;
    const fresh = communications.find((c) => !taken.has(c) && sameSide(fact, c) && isFresh(c, fact));
    if (fresh === undefined) continue;
    byFact.set(fact, fresh);
    taken.add(fresh);
  }
  return {
    announcedBy: new Map([...byFact].map(([fact, communication]) => [communication.id, fact])),
    unmatched: said.filter((fact) => !byFact.has(fact)),
  };
}

function sameSide(fact: Fact, communication: Identified): boolean {
  if (communication.submittedBy.trim() === '' || fact.origin === '') return true;
  return (fact.origin === 'AWS') === isFromAws(communication);
}
