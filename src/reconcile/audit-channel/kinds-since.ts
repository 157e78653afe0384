import type { AuditChannel } from '../../case/calls/audit-channel.js';
import type { CallKind } from '../../case/calls/call-kind.js';
import type { Store } from '../../store/store.js';

/** Which kinds of calls are shown of what comes from then on, milliseconds since 1970. */
export interface KindsSince {
  readonly kinds: readonly CallKind[];
  readonly since: number;
}

type Notes = Pick<Store, 'note' | 'saveNote'>;

const NOTE = 'audit-channel-kinds';
/** Calls may wait for days to be counted, but not while their kinds are changed so often. */
const MOST_CHANGES = 20;

/** When a process has taken up kinds. What claims to be later was written before the clock was set back. */
export async function keepKinds(store: Notes, taken: KindsSince): Promise<void> {
  const kept = await readKinds(store);
  const earlier = kept.filter(({ since }) => since <= taken.since);
  const all = withKinds(earlier, taken);
  if (all !== earlier || earlier.length < kept.length) await saveKinds(store, all);
}

/**
 * Of a call, by when it was received, the kinds that are shown. They are kept, so that calls that came before a change are
 * judged by what held then, also when they are counted after a restart, or by a replica that has not changed yet.
 *
 * @param own those of this process, which may have been unable to keep them; those of another that are later hold.
 */
export async function kindsByTime(
  store: Notes,
  own: KindsSince,
): Promise<(receivedAt: number) => Pick<AuditChannel, 'kinds'>> {
  const kept = await readKinds(store);
  const all = withKinds(kept, own);
  if (all !== kept) await saveKinds(store, all);
  return (at) => ({
    // In the millisecond of a change both hold: what might have to be shown is shown.
    kinds: all.flatMap(({ kinds, since }, index) =>
      (index === 0 || since <= at) && at <= (all[index + 1]?.since ?? at) ? kinds : [],
    ),
  });
}

function withKinds(kept: readonly KindsSince[], taken: KindsSince): readonly KindsSince[] {
  const last = kept.at(-1);
  const isKnown =
    last !== undefined && (last.since > taken.since || String(last.kinds) === String(taken.kinds));
  return isKnown ? kept : [...kept, taken].slice(-MOST_CHANGES);
}

async function readKinds(store: Pick<Store, 'note'>): Promise<readonly KindsSince[]> {
  return JSON.parse((await store.note(NOTE)) ?? '[]') as KindsSince[];
}

async function saveKinds(store: Pick<Store, 'saveNote'>, all: readonly KindsSince[]): Promise<void> {
  await store.saveNote(NOTE, JSON.stringify(all));
}
