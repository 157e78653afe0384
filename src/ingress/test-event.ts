import { z } from 'zod';
import { TEST_DETAIL_TYPE } from '../event-path/names.js';
import type { Store } from '../store/store.js';

/**
 * The harmless event by which people try out the way of the events. `test`: it has come by that way, and is kept as seen.
 * `seen`: somebody asks, directly, whether a test has come.
 */
export type TestEvent =
  /** The ids are UUIDs in small letters. */
  { readonly kind: 'test'; readonly id: string } | { readonly kind: 'seen'; readonly id: string };

const Id = z.uuid().toLowerCase();
const Detail = z.union([z.strictObject({ test: Id }), z.strictObject({ seen: Id })]);

/** What such an event says; else how a sentence ends that says what is wrong. */
export function readTestEvent(
  detailType: string,
  detail: Readonly<Record<string, unknown>>,
): TestEvent | { readonly wrong: string } {
  if (detailType !== TEST_DETAIL_TYPE)
    return { wrong: `a test event has the detail-type “${TEST_DETAIL_TYPE}”` };
  const parsed = Detail.safeParse(detail);
  if (!parsed.success)
    return { wrong: 'the detail of a test event is “test” or “seen” with a UUID, and nothing else' };
  return 'test' in parsed.data
    ? { kind: 'test', id: parsed.data.test }
    : { kind: 'seen', id: parsed.data.seen };
}

type Notes = Pick<Store, 'note' | 'saveNote'>;

/**
 * One of sixteen places: tests do not pile up, and no replica has to read before it writes, as it would with a list. A
 * later test may take the place of one that is over long since.
 */
function placeOf(id: string): string {
  return `test-event-${id.slice(0, 1)}`;
}

/** Durably, for all replicas. */
export function keepTestEvent(store: Notes, id: string): Promise<void> {
  return store.saveNote(placeOf(id), id);
}

export async function wasSeen(store: Notes, id: string): Promise<boolean> {
  return (await store.note(placeOf(id))) === id;
}
