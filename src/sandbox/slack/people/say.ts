/** People write messages, and the app hears of those that it has subscribed to. */
import { type GivenFile, inMessage, needBytes } from '../files/files.js';
import type { JsonObject } from '../json-object.js';
import { isReply, type Message } from '../message.js';
import { wireFiles } from '../web-api/wire-message.js';
import type { Channel } from '../workspace.js';
import type { Delivery } from './deliver.js';
import { escapeTyped } from './escape-typed.js';
import { type EventOptions, event, isSubscribed } from './event.js';
import { eventWithRetries } from './event-retries.js';
import { type People, person, place } from './people.js';
import { shareLinks } from './share-links.js';

export interface Saying {
  user: string;
  channel: string;
  /** May be empty when there are files. */
  text: string;
  /** The parent's ts, to say it in a thread. */
  threadTs?: string;
  /** The text is what somebody typed: `@name`, `#channel` and URLs in it become references. */
  typed?: boolean;
  files?: GivenFile[];
}

export interface Said {
  message: Message;
  /** The events that the app was sent, each by its first try; none where it has not subscribed, or is not in the channel. */
  deliveries: Delivery[];
}

/** A person writes a message; the app hears nothing by this alone. Throws where Slack would not let them. */
export function say(people: People, saying: Saying): Message {
  const { workspace } = people;
  const user = person(people, saying.user);
  const channel = place(people, saying.channel);
  const { threadTs, files: given = [] } = saying;
  const text = saying.typed === true ? escapeTyped(workspace, saying.text, 'message') : saying.text;
  if (text.trim() === '' && given.length === 0)
    throw new Error('Slack sends no message without text or file');
  if (channel.isArchived) throw new Error(`#${channel.name} is archived: nobody can write there`);
  if (channel.im !== undefined && channel.im !== user.id)
    throw new Error(`Only ${channel.im} and the bot are in this conversation`);
  if (channel.im !== undefined && (workspace.manifest?.messagesTab ?? 'open') !== 'open')
    throw new Error('Sending messages to this app has been turned off.');
  const parent = threadTs === undefined ? undefined : workspace.message(channel.id, threadTs);
  if (threadTs !== undefined && (parent === undefined || isReply(parent)))
    throw new Error(`There is no message ${threadTs} to reply to`);
  // All before the first: a message goes out whole or not at all.
  given.forEach(needBytes);
  const files = given.map((file) => workspace.files.add(user.id, file));
  const message = workspace.post({
    user: user.id,
    channel: channel.id,
    text,
    blocks: [],
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(files.length === 0 ? {} : { files: files.map(inMessage) }),
  });
  const share = { channel: channel.id, ts: message.ts, ...(threadTs === undefined ? {} : { threadTs }) };
  for (const file of files) workspace.files.share(file, share);
  return message;
}

/** A person types a message, and the app is told: of a mention, or of every message if it wants to. */
export async function write(people: People, botUrl: string, saying: Omit<Saying, 'typed'>): Promise<Said> {
  const message = say(people, { ...saying, typed: true });
  const channel = place(people, message.channel);
  const deliveries = await Promise.all([
    ...eventsOf(people, message, channel).map((inner) => eventWithRetries(people, botUrl, inner)),
    shareLinks(people, botUrl, message),
  ]);
  const told = deliveries.filter((delivery) => delivery !== undefined);
  return { message: structuredClone(message), deliveries: told };
}

/** A person writes a message that mentions the bot, which is put in front where it is missing. */
export async function mention(
  people: People,
  botUrl: string,
  saying: Saying,
  options: EventOptions = {},
): Promise<Said> {
  const { botUser } = people.workspace.app;
  const isThere = mentions(saying.text, botUser);
  const message = say(people, isThere ? saying : { ...saying, text: `<@${botUser}> ${saying.text}` });
  const inner = { type: 'app_mention', ...common(people, message) };
  const deliveries = isSubscribed(people, 'app_mention') ? [await event(people, botUrl, inner, options)] : [];
  return { message: structuredClone(message), deliveries };
}

function mentions(text: string, user: string): boolean {
  return text.includes(`<@${user}>`) || text.includes(`<@${user}|`);
}

function common(people: People, message: Message): JsonObject {
  const { workspace } = people;
  return {
    user: message.user,
    ts: message.ts,
    client_msg_id: workspace.nextId('client-'),
    text: message.text,
    team: workspace.app.teamId,
    channel: message.channel,
    event_ts: message.ts,
    ...(message.threadTs === undefined || !isReply(message) ? {} : { thread_ts: message.threadTs }),
    ...wireFiles(workspace, message),
  };
}

/** What Slack sends for a message. A mention in a direct message is a message there, and no app_mention. */
function eventsOf(people: People, message: Message, channel: Channel): JsonObject[] {
  if (!channel.isMember) return [];
  const kind = channel.im !== undefined ? 'im' : channel.isPrivate ? 'group' : 'channel';
  const name = kind === 'im' ? 'message.im' : `message.${kind}s`;
  const isMention = kind !== 'im' && mentions(message.text, people.workspace.app.botUser);
  const fields = common(people, message);
  const subtype = message.files === undefined ? {} : { subtype: 'file_share' };
  return [
    ...(isSubscribed(people, name) ? [{ type: 'message', ...subtype, ...fields, channel_type: kind }] : []),
    ...(isMention && isSubscribed(people, 'app_mention') ? [{ type: 'app_mention', ...fields }] : []),
  ];
}
