import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../json-object.js';
import { isReply, type Message } from '../message.js';
import { tokens } from '../seen/mrkdwn-tokens.js';
import type { SharedLink } from '../shared-links.js';
import type { Delivery } from './deliver.js';
import { escapeTyped } from './escape-typed.js';
import { isSubscribed } from './event.js';
import { eventWithRetries } from './event-retries.js';
import { type People, person, place } from './people.js';

/** The domain of the app's own under which a link falls: subdomains belong to their domain. */
function domainOf(url: string, domains: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return domains.find((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/**
 * Links of a text of which the app wants to hear, each once, as Slack hands them over: `&` as `&amp;`, as it stands in
 * the text (slackapi/python-slack-events-api#49).
 */
function linksFor({ workspace }: People, text: string): { domain: string; url: string }[] {
  const domains = workspace.manifest?.unfurlDomains ?? [];
  const urls = tokens(text).flatMap((token) => (token.kind === 'link' ? [token.url] : []));
  return [...new Set(urls)].flatMap((url) => {
    const domain = domainOf(url, domains);
    return domain === undefined ? [] : [{ domain, url: url.replaceAll('&', '&amp;') }];
  });
}

function hearsOfLinks(people: People): boolean {
  const scopes = people.workspace.manifest?.scopes ?? [];
  return isSubscribed(people, 'link_shared') && scopes.includes('links:read');
}

async function tellOf(
  people: People,
  botUrl: string,
  { shared, inner }: { shared: SharedLink; inner: JsonObject },
): Promise<Delivery> {
  people.workspace.sharedLinks.add(shared);
  const onTaken = (): void => {
    shared.acknowledged = true;
  };
  const isShared = people.workspace.channels.get(shared.channel)?.isShared ?? false;
  return eventWithRetries(people, botUrl, inner, { isShared, onTaken });
}

/**
 * Slack tells the app of links to its domains in a message, wherever that was posted: also in conversations in which it is
 * not. Undefined where there are none, or the app does not want to hear of them.
 */
export async function shareLinks(
  people: People,
  botUrl: string,
  message: Message,
): Promise<Delivery | undefined> {
  const links = linksFor(people, message.text);
  // Apps do not hear of links in their own messages.
  if (links.length === 0 || !hearsOfLinks(people) || message.user === people.workspace.app.botUser)
    return undefined;
  const { channel, ts, threadTs } = message;
  const id = `${channel}.${ts}.${randomBytes(32).toString('hex')}`;
  const urls = links.map(({ url }) => url);
  return tellOf(people, botUrl, {
    shared: {
      unfurlId: id,
      source: 'conversations_history',
      channel,
      ts,
      urls,
      acknowledged: false,
      previews: [],
    },
    inner: {
      type: 'link_shared',
      user: message.user,
      channel,
      message_ts: ts,
      ...(threadTs === undefined || !isReply(message) ? {} : { thread_ts: threadTs }),
      is_bot_user_member: place(people, channel).isMember,
      unfurl_id: id,
      source: 'conversations_history',
      links,
      event_ts: people.workspace.nextTs(),
    },
  });
}

/** Somebody has a link in a message that they have not sent yet: Slack shows them what it would look like. */
export async function composeLinks(
  people: People,
  botUrl: string,
  { user, text }: { user: string; text: string },
): Promise<Delivery | undefined> {
  const { workspace } = people;
  const links = linksFor(people, escapeTyped(workspace, text, 'message'));
  if (links.length === 0 || !hearsOfLinks(people)) return undefined;
  const id = `${person(people, user).id}-${randomBytes(16).toString('hex')}`;
  const urls = links.map(({ url }) => url);
  return tellOf(people, botUrl, {
    shared: {
      unfurlId: id,
      source: 'composer',
      channel: 'COMPOSER',
      ts: id,
      urls,
      acknowledged: false,
      previews: [],
    },
    inner: {
      type: 'link_shared',
      user,
      channel: 'COMPOSER',
      message_ts: id,
      is_bot_user_member: true,
      unfurl_id: id,
      source: 'composer',
      links,
      event_ts: workspace.nextTs(),
    },
  });
}
