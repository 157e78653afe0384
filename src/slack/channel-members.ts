import type { WebClient } from '@slack/web-api';
import type { Call } from './read-page.js';
import { SlackError } from './slack-error.js';

/** On one page: the most that Slack takes. */
const LIMIT = 999;
/** Of a larger channel it cannot be said who is in it. */
const MAX_PAGES = 50;

/** Who is in a channel, over as many pages as it takes. */
export async function channelMembers(
  client: { readonly conversations: Pick<WebClient['conversations'], 'members'> },
  call: Call,
  channel: string,
): Promise<ReadonlySet<string>> {
  const members = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = { channel, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await call('conversations.members', () => client.conversations.members(page));
    for (const member of answer.members ?? []) members.add(member);
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (cursor === undefined) return members;
  }
  throw new SlackError('rejected', 'too_many_members', 'The channel has too many members.', 'no');
}
