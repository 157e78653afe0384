import type { KeptCall } from '../../store/store.js';
import { type FoundMessage, printOfCall } from './found-before.js';
import type { OpenBurst, Sample, Tally } from './open-burst.js';

interface Known {
  /** Those of the samples of `more`, at least. */
  readonly calls: readonly KeptCall[];
  readonly found: readonly FoundMessage[];
  readonly channel: string;
}

/**
 * What is left to do of a burst that is to be shown, where messages were found of which the store did not know: the same
 * burst where none of them shows any of its calls; null for nothing.
 */
export function withoutFound(
  burst: OpenBurst,
  more: Tally,
  { calls, found, channel }: Known,
): OpenBurst | null {
  if (found.length === 0) return burst;
  const prints = new Map(calls.map(({ place, call }) => [place, printOfCall(call.id)]));
  const inAny = (messages: readonly FoundMessage[]) =>
    more.samples.filter(({ place }) => messages.some((each) => each.prints.has(prints.get(place) ?? '')));
  const less = (left: OpenBurst, gone: readonly Sample[], goneCount: number): OpenBurst | null => {
    const samples = more.samples.filter((sample) => !gone.includes(sample));
    const [first] = samples;
    const count = more.count - goneCount;
    if (first === undefined || count <= 0) return left.told === null ? null : { ...left, more: null };
    return { ...left, more: { id: `${more.id}+${prints.get(first.place)}`, count, samples, before: null } };
  };
  const shown = inAny(found);
  if (shown.length === 0) return burst;
  // Changed while less is known than it shows, it would lose calls: then it stays, and a new one tells of the rest.
  const isAllKnown = (message: FoundMessage) => {
    const its = inAny([message]).length;
    const isCut = more.count > more.samples.length;
    return its > 0 && message.count <= more.count && (isCut || its === message.prints.size);
  };
  const own = burst.told === null ? found.find(isAllKnown) : undefined;
  if (own === undefined) return less(burst, shown, shown.length);
  const { id, ts, intendedAt, count } = own;
  const samples = inAny([own]);
  const told = { id, ts, intendedAt, channel, changedAt: 0, shows: { ...more, id, count, samples } };
  return less({ ...burst, told }, samples, count);
}
