import { changedBy } from '../../case/calls/changed-by.js';
import type { KeptCall, Store } from '../../store/store.js';
import type { Tally } from './open-burst.js';

type State = NonNullable<Tally['before']>;

/** How something in an account stands since a call set it. */
export interface KnownState {
  /** Account and subject; see `Changed`. */
  readonly of: string;
  readonly at: number;
  readonly after: State;
}

const NOTE = 'audit-channel-known';
/** The oldest are forgotten: hundreds of accounts have few that change. */
const MOST_KNOWN = 2_000;

/**
 * Goes through calls by their own time: says of each how what it changed stood before, where that is known, and how all of
 * it stands afterwards. A replayed record that is older than what is known changes nothing of that, and has no before.
 */
export function learnFrom(
  calls: readonly KeptCall[],
  known: ReadonlyMap<string, KnownState>,
): { readonly before: ReadonlyMap<number, State>; readonly learned: readonly KnownState[] } {
  const before = new Map<number, State>();
  const learned = new Map<string, KnownState>();
  for (const { place, call } of [...calls].sort((a, b) => a.call.at - b.call.at || a.place - b.place)) {
    const changed = changedBy(call);
    if (changed === null) continue;
    const of = `${call.account} ${changed.subject}`;
    const last = learned.get(of) ?? known.get(of);
    if (last !== undefined && last.at > call.at) continue;
    if (last !== undefined) before.set(place, last.after);
    learned.set(of, { of, at: call.at, after: changed.after });
  }
  return { before, learned: [...learned.values()] };
}

export async function readKnown(store: Pick<Store, 'note'>): Promise<ReadonlyMap<string, KnownState>> {
  const kept = JSON.parse((await store.note(NOTE)) ?? '[]') as KnownState[];
  return new Map(kept.map((each) => [each.of, each]));
}

/** Safe to repeat: what is known of later stays. */
export async function keepKnown(
  store: Pick<Store, 'note' | 'saveNote'>,
  learned: readonly KnownState[],
): Promise<void> {
  if (learned.length === 0) return;
  const known = new Map(await readKnown(store));
  for (const each of learned) {
    const last = known.get(each.of);
    if (last === undefined || last.at <= each.at) known.set(each.of, each);
  }
  const newest = [...known.values()].sort((a, b) => b.at - a.at).slice(0, MOST_KNOWN);
  await store.saveNote(NOTE, JSON.stringify(newest));
}
