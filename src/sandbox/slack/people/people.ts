/** What all acts of people have in common: who acts, how it is signed, and what becomes of the app's answer. */
import { stringify } from 'node:querystring';
import type { JsonObject } from '../json-object.js';
import type { Channel, User, Workspace } from '../workspace.js';
import { type Delivery, deliver } from './deliver.js';
import type { ResponseTarget, ResponseUrls } from './response-urls.js';
import { type Signature, type SignedRequest, sign } from './signed-request.js';
import type { TriggerIds } from './trigger-ids.js';

export interface People {
  workspace: Workspace;
  triggers: TriggerIds;
  urls: ResponseUrls;
  origin: string;
  signingSecret: string;
  /** The clock of signatures: the app compares them with its own, so the wall clock unless told otherwise. */
  signingNow: () => number;
  ackTimeoutMs: number;
  /** When an event that the app did not take is sent again: ms from the try before. */
  eventRetryMs: readonly number[];
  /** Aborted when the workspace stops. */
  stopped: AbortController;
  /** What to do with the answer to a request, also when it is sent again. */
  afterwards: WeakMap<SignedRequest, (delivery: Delivery) => Delivery>;
  /** The last request that went to the app. */
  last: { request?: SignedRequest };
}

export function person(people: People, id: string): User {
  const user = people.workspace.users.get(id);
  if (user === undefined) throw new Error(`Nobody with the id ${id} is in this workspace`);
  return user;
}

export function place(people: People, id: string): Channel {
  const channel = people.workspace.channels.get(id);
  if (channel === undefined) throw new Error(`There is no channel ${id} in this workspace`);
  return channel;
}

/** Throws where Slack would tell the person that the app takes no clicks, modals and shortcuts. */
export function needInteractivity(people: People): void {
  if (people.workspace.manifest?.interactivity !== false) return;
  throw new Error('This app is not configured to handle interactive responses.');
}

export function responseUrl(people: People, kind: 'commands' | 'actions', target: ResponseTarget): string {
  return `${people.origin}${people.urls.issue(kind, target)}`;
}

/** What every interaction payload carries. */
export function interaction(people: People, user: User): JsonObject {
  const { app } = people.workspace;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? app.teamId },
    api_app_id: app.appId,
    token: app.verificationToken,
    team: { id: app.teamId, domain: app.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function endpoint(botUrl: string): string {
  return `${botUrl.replace(/\/$/, '')}/slack/events`;
}

export interface Sending {
  signature?: Signature | undefined;
  headers?: { [name: string]: string };
  afterwards?: (delivery: Delivery) => Delivery;
}

export function sendForm(
  people: People,
  botUrl: string,
  fields: { [name: string]: string },
  how: Sending,
): Promise<Delivery> {
  return post(people, botUrl, 'application/x-www-form-urlencoded', stringify(fields), how);
}

export function sendJson(
  people: People,
  botUrl: string,
  payload: JsonObject,
  how: Sending,
): Promise<Delivery> {
  return post(people, botUrl, 'application/json', JSON.stringify(payload), how);
}

function post(
  people: People,
  botUrl: string,
  contentType: string,
  body: string,
  how: Sending,
): Promise<Delivery> {
  const { headers = {}, afterwards, signature } = how;
  const request = sign(
    { url: endpoint(botUrl), contentType, body, headers },
    { secret: people.signingSecret, now: people.signingNow, signature },
  );
  if (afterwards !== undefined) people.afterwards.set(request, afterwards);
  return resend(people, request);
}

/** The same bytes once more; the answer is shown to the person once more, too. */
export async function resend(people: People, request: SignedRequest): Promise<Delivery> {
  people.last.request = request;
  const delivery = await deliver(request, people.ackTimeoutMs);
  const settled = people.afterwards.get(request)?.(delivery) ?? delivery;
  people.workspace.changed();
  return settled;
}
