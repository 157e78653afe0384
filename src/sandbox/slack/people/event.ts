import type { JsonObject } from '../json-object.js';
import type { Delivery } from './deliver.js';
import { type People, sendJson } from './people.js';
import type { Signature } from './signed-request.js';

export interface EventOptions {
  /** Given again, it is the same event once more. */
  eventId?: string;
  /** Of a repeated delivery: 1 to 3, and why. */
  retryNum?: number;
  retryReason?: string;
  /** In a channel that the workspace shares with others (Slack Connect). */
  isShared?: boolean;
  signature?: Signature;
}

/**
 * Whether Slack sends the app events with this name in the manifest (`message.channels`). Without a manifest it is sent
 * those that are made for it alone, and not every message.
 */
export function isSubscribed(people: People, name: string): boolean {
  return people.workspace.manifest?.events.includes(name) ?? !name.startsWith('message.');
}

/** Slack tells the app that something has happened. Does not ask whether the app has subscribed to it. */
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
    is_ext_shared_channel: options.isShared ?? false,
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
