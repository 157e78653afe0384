import type { ApiCall } from '../../case/calls/api-call.js';
import { changedBy } from '../../case/calls/changed-by.js';
import type { KeptCall, Store } from '../../store/store.js';
import type { Tally } from './open-burst.js';

type Fields = NonNullable<Tally['before']>;

/** What a call set of something in an account. */
export interface KnownState {
  /** Account and subject; see `Changed`. */
  readonly of: string;
  readonly at: number;
  /** Of the call; see `callsSince`. */
  readonly place: number;
  readonly set: Fields;
  /** The rest stayed as it was. */
  readonly isPart: boolean;
  /** Others came before it, and are forgotten. */
  readonly isCut?: true;
}

/** By what they are of; each oldest first, by the own time of the calls. */
export type Known = ReadonlyMap<string, readonly KnownState[]>;

const NOTE = 'audit-channel-known';
/** A replay of old files brings records past years of later ones; a plan is changed a few times a year. */
const MOST_OF_ONE = 50;
/** Of all together; a state takes 120 to 400 bytes, and they are written only when one of them changes. */
const MOST_KNOWN = 2_000;
/** Where all are too many, so many are left of each before any is forgotten: enough for records of one day. */
const FEW_OF_ONE = 5;

/**
 * Says of calls how what they changed stood before, by the own time of the calls: of those given, and of earlier ones where
 * it is another call now that came right before them. Nothing is said where it is not known.
 */
export function learnFrom(
  calls: readonly KeptCall[],
  known: Known,
): { readonly before: ReadonlyMap<number, Fields>; readonly learned: readonly KnownState[] } {
  const learned = calls.flatMap(({ place, call }) => stateSetBy(call, place) ?? []).sort(byTime);
  const before = new Map<number, Fields>();
  for (const of of new Set(learned.map((each) => each.of))) {
    const news = learned.filter((each) => each.of === of);
    const states = news.reduce(withState, known.get(of) ?? []);
    for (const state of [...states, ...news]) {
      const index = states.findIndex((each) => isSame(each, state));
      if (index > 0) before.set(state.place, standing(states.slice(0, index)));
    }
  }
  return { before, learned };
}

function stateSetBy(call: ApiCall, place: number): KnownState | null {
  const changed = changedBy(call);
  if (changed === null) return null;
  // An update names only what it changes.
  const isPart = call.name.startsWith('Update');
  return { of: `${call.account} ${changed.subject}`, at: call.at, place, set: changed.after, isPart };
}

/** A copy of a record that had been forgotten has another place. */
function isSame(a: KnownState, b: KnownState): boolean {
  return a.at === b.at && JSON.stringify(a.set) === JSON.stringify(b.set);
}

function withState(states: readonly KnownState[], state: KnownState): readonly KnownState[] {
  const [first] = states;
  // What came between the two may have been forgotten.
  const isTooOld = first?.isCut === true && state.at < first.at;
  if (isTooOld || states.some((each) => isSame(each, state))) return states;
  return [...states, state].sort(byTime);
}

function byTime(a: KnownState, b: KnownState): number {
  return a.at - b.at || a.place - b.place;
}

function standing(states: readonly KnownState[]): Fields {
  const begin = states.findLastIndex(({ isPart }) => !isPart);
  return Object.assign({}, ...states.slice(Math.max(0, begin)).map(({ set }) => set));
}

/** The newest of them; what goes lives on in the first that stays. */
function cut(states: readonly KnownState[], most: number): readonly KnownState[] {
  const gone = states.slice(0, -most);
  const [first, ...rest] = states.slice(-most);
  if (first === undefined || gone.length === 0) return states;
  return [{ ...first, set: standing([...gone, first]), isPart: false, isCut: true }, ...rest];
}

export async function readKnown(store: Pick<Store, 'note'>): Promise<Known> {
  const kept = JSON.parse((await store.note(NOTE)) ?? '[]') as KnownState[][];
  return new Map(kept.flatMap((states) => (states[0] === undefined ? [] : [[states[0].of, states]])));
}

/** Safe to repeat. */
export async function keepKnown(
  store: Pick<Store, 'note' | 'saveNote'>,
  learned: readonly KnownState[],
): Promise<void> {
  if (learned.length === 0) return;
  const known = new Map(await readKnown(store));
  for (const each of learned) known.set(each.of, cut(withState(known.get(each.of) ?? [], each), MOST_OF_ONE));
  const count = [...known.values()].reduce((sum, states) => sum + states.length, 0);
  const most = count > MOST_KNOWN ? FEW_OF_ONE : MOST_OF_ONE;
  const changedAt = (states: readonly KnownState[]) => states.at(-1)?.at ?? 0;
  // What was changed longest ago is forgotten: hundreds of accounts have few that change.
  let left = MOST_KNOWN;
  const kept = [...known.values()]
    .map((states) => cut(states, most))
    .sort((a, b) => changedAt(b) - changedAt(a))
    .filter((states) => {
      left -= states.length;
      return left >= 0;
    });
  await store.saveNote(NOTE, JSON.stringify(kept));
}
