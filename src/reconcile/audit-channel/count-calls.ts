import { type AuditChannel, isAlarm, isShownIn } from '../../case/calls/audit-channel.js';
import { hasPassed } from '../../case/calls/error-words.js';
import type { KeptCall, Store } from '../../store/store.js';
import type { Log } from '../../telemetry/log.js';
import type { AuditBook } from './audit-book.js';
import { joinBurst } from './join-burst.js';
import { keepKnown, learnFrom, readKnown } from './known-states.js';
import { makerOfCall } from './maker-of-call.js';
import type { OpenBurst, Tally } from './open-burst.js';
import { hasRoom, hasRoomForAlarm, stillOpen } from './plan-messages.js';

export interface CountDeps {
  readonly store: Pick<Store, 'callsSince' | 'note' | 'saveNote' | 'canonical' | 'caseFile' | 'readAudit'>;
  readonly now: () => number;
}

/** Calls read at once. */
const PAGE = 500;

/**
 * Counts what has come since: all of it, or as much as can be shown for now, and beyond that the alarms.
 *
 * @param kindsNow tells which kinds were shown when a call was received. Asked once calls have been read: kinds that were
 *   changed before a call came, but after this turn began, would leave it out for good.
 */
export async function countCalls(
  deps: CountDeps,
  book: AuditBook,
  kindsNow: () => Promise<(receivedAt: number) => Pick<AuditChannel, 'kinds'>>,
): Promise<void> {
  const { store, now } = deps;
  await settleLearned(store, book);
  for (let isMore = true; isMore && hasRoomForAlarm(book.bursts); ) {
    const from = hasRoom(book.bursts) ? book.place : Math.max(book.place, book.alarmsTo);
    const calls = await store.callsSince(from, PAGE);
    const auditAt = await kindsNow();
    isMore = calls.length === PAGE;
    if (calls.length === 0) break;
    const { before, learned } = await learn(store, calls);
    let bursts = book.bursts.map((burst) => corrected(burst, before));
    let { place, alarmsTo } = book;
    let isRoom = from === place;
    for (const kept of calls) {
      isRoom &&= hasRoom(bursts);
      // Without room for the others, only alarms are counted; with room again, all but those.
      if (isAlarm(kept.call) ? kept.place > alarmsTo : isRoom) {
        if (!hasRoomForAlarm(bursts)) break;
        bursts = await counted(
          deps,
          auditAt(kept.call.receivedAt),
          bursts,
          kept,
          before.get(kept.place) ?? null,
        );
      }
      if (isRoom) place = kept.place;
      else alarmsTo = Math.max(alarmsTo, kept.place);
    }
    book.change({ place, alarmsTo, bursts: stillOpen(bursts, now()), learned });
    await book.save();
    await settleLearned(store, book);
  }
  book.change({ bursts: stillOpen(book.bursts, now()) });
}

/** With one more call, unless it is not to be shown. */
async function counted(
  { store, now }: CountDeps,
  audit: Pick<AuditChannel, 'kinds'>,
  bursts: OpenBurst[],
  { place, call }: KeptCall,
  before: Tally['before'],
): Promise<OpenBurst[]> {
  if (!isShownIn(audit, call)) return bursts;
  const { isOwn, user } = await makerOfCall(store, call);
  const ours = { ...call, isOwn };
  // The bot tries such a call again, and tells the person how that ended.
  if (!isShownIn(audit, ours) || (isOwn && hasPassed(call.error))) return bursts;
  const joined = joinBurst(bursts, { place, call: ours, before, user }, now());
  return joined.map((burst, index) =>
    index >= bursts.length && isAlarm(call) ? { ...burst, isAlarm: true } : burst,
  );
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
export async function switchOff(book: AuditBook, log: Log): Promise<void> {
  if (book.isOff) return;
  const calls = book.bursts.reduce((sum, { more }) => sum + (more?.count ?? 0), 0);
  if (calls > 0)
    log.warn('the audit channel was switched off before it had shown all calls: these are left out', {
      calls,
    });
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
