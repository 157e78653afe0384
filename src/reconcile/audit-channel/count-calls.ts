import { type AuditChannel, isShownIn } from '../../case/calls/audit-channel.js';
import { hasPassed } from '../../case/calls/error-words.js';
import type { KeptCall, Store } from '../../store/store.js';
import type { AuditBook } from './audit-book.js';
import { joinBurst } from './join-burst.js';
import { keepKnown, learnFrom, readKnown } from './known-states.js';
import { makerOfCall } from './maker-of-call.js';
import type { OpenBurst, Tally } from './open-burst.js';
import { hasRoom, stillOpen } from './plan-messages.js';

export interface CountDeps {
  readonly store: Pick<Store, 'callsSince' | 'note' | 'saveNote' | 'canonical' | 'caseFile' | 'readAudit'>;
  readonly now: () => number;
}

/** Calls read at once. */
const PAGE = 100;

/** Counts what has come since: all of it, or as much as can be shown for now. */
export async function countCalls(
  deps: CountDeps,
  book: AuditBook,
  audit: Pick<AuditChannel, 'kinds'>,
): Promise<void> {
  const { store, now } = deps;
  await settleLearned(store, book);
  for (let isMore = true; isMore && hasRoom(book.bursts); ) {
    const calls = await store.callsSince(book.place, PAGE);
    isMore = calls.length === PAGE;
    if (calls.length === 0) break;
    const { before, learned } = await learn(store, calls);
    let bursts: readonly OpenBurst[] = book.bursts.map((burst) => corrected(burst, before));
    let { place } = book;
    for (const kept of calls) {
      if (!hasRoom(bursts)) {
        isMore = false;
        break;
      }
      place = kept.place;
      if (!isShownIn(audit, kept.call)) continue;
      const { isOwn, user } = await makerOfCall(store, kept.call);
      const call = { ...kept.call, isOwn };
      // The bot tries such a call again, and tells the person how that ended.
      if (!isShownIn(audit, call) || (isOwn && hasPassed(call.error))) continue;
      bursts = joinBurst(bursts, { ...kept, call, before: before.get(kept.place) ?? null, user }, now());
    }
    book.change({ place, bursts: stillOpen(bursts, now()), learned });
    await book.save();
    await settleLearned(store, book);
  }
  book.change({ bursts: stillOpen(book.bursts, now()) });
}

/** A record that came late may be of what stood before a change that is told of already. */
function corrected(burst: OpenBurst, before: ReadonlyMap<number, NonNullable<Tally['before']>>): OpenBurst {
  const { told, more } = burst;
  const anew = (tally: Tally): Tally => {
    const was = before.get(tally.samples[0]?.place ?? 0);
    return was === undefined || JSON.stringify(was) === JSON.stringify(tally.before)
      ? tally
      : { ...tally, before: was };
  };
  const nowMore = more === null ? null : anew(more);
  if (told === null) return nowMore === more ? burst : { ...burst, more: nowMore };
  const shows = anew(told.shows);
  if (shows === told.shows) return nowMore === more ? burst : { ...burst, more: nowMore };
  return { ...burst, told: { ...told, shows }, more: nowMore ?? { ...shows, count: 0, samples: [] } };
}

/**
 * What had come before it was switched on is not shown; only how things stand is taken from it, for what is changed next.
 *
 * @param since what came then, or later, is to be shown.
 */
export async function beginAt(
  { store }: Pick<CountDeps, 'store'>,
  book: AuditBook,
  since: number,
): Promise<void> {
  for (let isMore = true; isMore; ) {
    const calls = await store.callsSince(book.place, PAGE);
    const end = calls.findIndex(({ call }) => call.receivedAt >= since);
    const earlier = end === -1 ? calls : calls.slice(0, end);
    isMore = earlier.length === PAGE;
    await keepKnown(store, (await learn(store, earlier)).learned);
    book.change({ place: earlier.at(-1)?.place ?? book.place });
  }
  book.change({ isOff: false });
  await book.save();
}

/** From now on nothing is shown. What is there stays, and can still be joined if it is switched on again soon. */
export async function switchOff(book: AuditBook): Promise<void> {
  if (book.isOff) return;
  const bursts = book.bursts.flatMap((burst) => (burst.told === null ? [] : [{ ...burst, more: null }]));
  book.change({ bursts, isOff: true });
  await book.save();
}

/** Most calls change nothing of which it is known how it stands: for those nothing is read. */
async function learn(store: CountDeps['store'], calls: readonly KeptCall[]) {
  const alone = learnFrom(calls, new Map());
  return alone.learned.length === 0 ? alone : learnFrom(calls, await readKnown(store));
}

async function settleLearned(store: CountDeps['store'], book: AuditBook): Promise<void> {
  await keepKnown(store, book.learned);
  book.change({ learned: [] });
}
