import type { JsonObject } from '../json-object.js';
import { Refusal } from '../refusal.js';
import type { CallArguments } from './call-arguments.js';

export const LIST_PAGING = ['cursor', 'limit'];

/** Methods with a cursor take no more, as the SDK has it. */
const MAX_LIMIT = 999;

/** The page of a list of things with ids; the cursor names the first of the next page. */
export function listPage<T>(
  all: readonly T[],
  idOf: (each: T) => string,
  args: CallArguments,
  usual: number,
): { page: T[]; rest: JsonObject } {
  const given = args.integer('limit') ?? usual;
  // Slack takes 0 for "as usual".
  const limit = given === 0 ? usual : given;
  if (limit < 1 || (limit > MAX_LIMIT && limit !== usual)) throw new Refusal('invalid_limit');
  const cursor = args.string('cursor') ?? '';
  const from = cursor === '' ? 0 : all.findIndex((each) => cursorTo(idOf(each)) === cursor);
  if (from === -1) throw new Refusal('invalid_cursor');
  const next = all[from + limit];
  return {
    page: all.slice(from, from + limit),
    rest: { response_metadata: { next_cursor: next === undefined ? '' : cursorTo(idOf(next)) } },
  };
}

function cursorTo(id: string): string {
  return Buffer.from(`next:${id}`).toString('base64');
}
