import type { WebClient } from '@slack/web-api';
import type { ReadMessage } from './found-entry.js';
import type { Place, ReadRange } from './slack.js';

/** Messages at once. */
export const PAGE = 200;

/** One call of a method: counted, its error mapped. */
export type Call = <T>(method: string, send: () => Promise<T>) => Promise<T>;

/** A page of a channel, or of a thread, with the tags of our messages. */
export async function readPage(
  client: WebClient,
  call: Call,
  { channel, threadTs }: Place,
  range: ReadRange,
): Promise<ReadAnswer> {
  const what = { channel, limit: PAGE, include_all_metadata: true, ...range };
  return threadTs === null
    ? call('conversations.history', () => client.conversations.history(what))
    : call('conversations.replies', () => client.conversations.replies({ ...what, ts: threadTs }));
}

interface ReadAnswer {
  readonly messages?: readonly (ReadMessage & { readonly subtype?: string; readonly reply_count?: number })[];
  readonly response_metadata?: { readonly next_cursor?: string };
}
