import type { JsonObject } from '../json-object.js';
import type { Message } from '../message.js';
import type { Delivery } from './deliver.js';
import { type People, person, place, sendJson } from './people.js';
import type { Signature } from './signed-request.js';

export interface EventOptions {
  /** Given again, it is the same event once more. */
  eventId?: string;
  /** Of a repeated delivery: 1 to 3, and why. */
  retryNum?: number;
  retryReason?: string;
  signature?: Signature;
}

/** Slack tells the app that something has happened. */
export function event(
  people: People,
  botUrl: string,
  inner: JsonObject,
  options: EventOptions = {},
): Promise<Delivery> {
  const { app } = people.workspace;
  const payload = {
    token: app.verificationToken,
    team_id: app.teamId,
    api_app_id: app.appId,
    event: inner,
    type: 'event_callback',
    event_id: options.eventId ?? people.workspace.nextId('Ev'),
    event_time: Math.floor(people.workspace.now() / 1_000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: app.teamId,
        user_id: app.botUser,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
  const headers: { [name: string]: string } =
    options.retryNum === undefined
      ? {}
      : {
          'x-slack-retry-num': String(options.retryNum),
          'x-slack-retry-reason': options.retryReason ?? 'http_timeout',
        };
  return sendJson(people, botUrl, payload, { headers, signature: options.signature });
}

/** Slack checks the request URL when the app's manifest is saved. */
export function urlVerification(people: People, botUrl: string, challenge: string): Promise<Delivery> {
  const token = people.workspace.app.verificationToken;
  return sendJson(people, botUrl, { token, challenge, type: 'url_verification' }, {});
}

export interface Saying {
  user: string;
  channel: string;
  text: string;
  /** The parent's ts, to say it in a thread. */
  threadTs?: string;
}

/** A person writes a message; the app hears nothing by this alone. */
export function say(people: People, saying: Saying): Message {
  person(people, saying.user);
  place(people, saying.channel);
  return people.workspace.post({ ...saying, blocks: [] });
}

/** A person writes a message that mentions the bot, and Slack sends app_mention. */
export async function mention(
  people: People,
  botUrl: string,
  saying: Saying,
  options: EventOptions = {},
): Promise<Delivery & { message: Message }> {
  const { app } = people.workspace;
  const text = saying.text.includes(`<@${app.botUser}>`) ? saying.text : `<@${app.botUser}> ${saying.text}`;
  const message = say(people, { ...saying, text });
  const inner = {
    type: 'app_mention',
    user: message.user,
    ts: message.ts,
    client_msg_id: people.workspace.nextId('client-'),
    text,
    team: app.teamId,
    channel: message.channel,
    event_ts: message.ts,
    ...(saying.threadTs === undefined ? {} : { thread_ts: saying.threadTs }),
  };
  return { ...(await event(people, botUrl, inner, options)), message };
}
