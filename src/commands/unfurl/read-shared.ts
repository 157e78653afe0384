import { type ConsoleReference, caseOfConsoleLink } from '../../case/case-reference.js';
import type { UnfurlTarget } from '../../slack/unfurls.js';

/** A message with links to cases, of which Slack tells us. */
export interface Shared {
  readonly user: string;
  readonly channel: string;
  readonly target: UnfurlTarget;
  /** To different cases, each by its first address as Slack has it, which is also its name when the link is to be shown. */
  readonly links: readonly { readonly url: string; readonly case: ConsoleReference }[];
}

/** Each costs the store a look, whether there is such a case or not: a message of hundreds must cost little. */
const MOST_DIFFERENT = 20;
/** What is read of one message: every field of an event may be anything. */
const MOST_READ = 500;

/**
 * Null for what stays as it is: no link to a case, a conversation in which the bot is not, or a message that is only being
 * written. Of that nobody knows yet who will see it; once it is sent, Slack tells of it again.
 */
export function readShared(event: Readonly<Record<string, unknown>>): Shared | null {
  const { user, channel, source, is_bot_user_member, is_unfurl_refresh } = event;
  if (is_bot_user_member !== true || is_unfurl_refresh === true || source === 'composer') return null;
  if (!isId(user) || !isId(channel) || channel === 'COMPOSER') return null;
  const target = targetOf(channel, event);
  const links = linksOf(event.links);
  return target === null || links.length === 0 ? null : { user, channel, target, links };
}

/** Some workspaces send no `unfurl_id` (abdolence/slack-morphism-rust#260), so the message goes first. */
function targetOf(
  channel: string,
  { message_ts, unfurl_id, source }: Readonly<Record<string, unknown>>,
): UnfurlTarget | null {
  if (typeof message_ts === 'string' && /^\d{1,20}\.\d{1,20}$/.test(message_ts))
    return { channel, ts: message_ts };
  if (typeof unfurl_id !== 'string' || !/^[\w.-]{1,300}$/.test(unfurl_id)) return null;
  return source === 'conversations_history' ? { unfurlId: unfurl_id, source } : null;
}

function linksOf(given: unknown): Shared['links'] {
  if (!Array.isArray(given)) return [];
  // However a link is written, it takes the place of one.
  const different = new Map<string, Shared['links'][number]>();
  for (const link of given.slice(0, MOST_READ)) {
    if (different.size === MOST_DIFFERENT) break;
    const { url } = { url: null, ...(typeof link === 'object' ? link : null) };
    const reference = typeof url === 'string' ? caseOfConsoleLink(url) : null;
    if (typeof url !== 'string' || reference === null) continue;
    const name = JSON.stringify(reference);
    if (!different.has(name)) different.set(name, { url, case: reference });
  }
  return [...different.values()];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z0-9]{1,50}$/.test(value);
}
