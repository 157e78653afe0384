import type { JsonObject } from '../json-object.js';
import type { Message } from '../message.js';
import { Refusal } from '../refusal.js';
import { TIMESTAMP } from '../timestamps.js';
import type { CallArguments } from './call-arguments.js';

export const PAGING = ['cursor', 'limit', 'oldest', 'latest', 'inclusive', 'include_all_metadata'];

const MAX_LIMIT = 999;

/** A bound of time: Slack takes whole seconds and any number of decimals. */
function bound(args: CallArguments, name: 'oldest' | 'latest'): string | undefined {
  const value = args.string(name);
  if (value === undefined || value === '' || value === '0' || value === 'now') return undefined;
  if (!/^\d{1,10}(\.\d{1,6})?$/.test(value)) throw new Refusal(`invalid_ts_${name}`);
  const [seconds = '', decimals = ''] = value.split('.');
  return `${seconds.padStart(10, '0')}.${decimals.padEnd(6, '0')}`;
}

/** The messages between `oldest` and `latest`. */
export function inRange(messages: readonly Message[], args: CallArguments): Message[] {
  const oldest = bound(args, 'oldest');
  const latest = bound(args, 'latest');
  const inclusive = args.flag('inclusive') === true;
  return messages.filter(
    ({ ts }) =>
      (oldest === undefined || ts > oldest || (inclusive && ts === oldest)) &&
      (latest === undefined || ts < latest || (inclusive && ts === latest)),
  );
}

/** The page that the cursor names: it points at the first message of the next page, as Slack's does. */
export function page(
  messages: readonly Message[],
  args: CallArguments,
  usual: number,
): { page: Message[]; rest: JsonObject } {
  const limit = args.integer('limit') ?? usual;
  if (limit < 1 || limit > MAX_LIMIT + 1) throw new Refusal('invalid_limit');
  const cursor = args.string('cursor');
  const from =
    cursor === undefined || cursor === '' ? 0 : messages.findIndex((each) => each.ts === target(cursor));
  if (from === -1) throw new Refusal('invalid_cursor');
  const next = messages[from + limit];
  const rest =
    next === undefined
      ? { has_more: false }
      : { has_more: true, response_metadata: { next_cursor: cursorTo(next.ts) } };
  return { page: messages.slice(from, from + limit), rest };
}

function cursorTo(ts: string): string {
  return Buffer.from(`next_ts:${ts.replace('.', '')}`).toString('base64');
}

function target(cursor: string): string {
  const digits = /^next_ts:(\d{10})(\d{6})$/.exec(Buffer.from(cursor, 'base64').toString());
  const ts = `${digits?.[1]}.${digits?.[2]}`;
  if (!TIMESTAMP.test(ts)) throw new Refusal('invalid_cursor');
  return ts;
}
