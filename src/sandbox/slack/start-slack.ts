/**
 * A Slack workspace on this machine: the Web API over HTTP, strict and stateful, and the people who use it. What it
 * takes, Slack takes; what Slack refuses, it refuses with Slack's own error names. Faults come on demand.
 */
import type { Ephemeral } from './ephemeral.js';
import { type Fault, type FaultSpec, Faults } from './faults.js';
import type { JsonObject } from './json-object.js';
import { isReply, type Message } from './message.js';
import { type ClickOptions, click } from './people/click.js';
import { type CommandOptions, command } from './people/command.js';
import type { Delivery } from './people/deliver.js';
import { type EventOptions, event, mention, type Saying, say, urlVerification } from './people/event.js';
import { type People, resend } from './people/people.js';
import { ResponseUrls } from './people/response-urls.js';
import { type ScreenView, topModal } from './people/screen-view.js';
import { type ShortcutOptions, shortcut } from './people/shortcut.js';
import type { SignedRequest } from './people/signed-request.js';
import { closeView, type SubmitOptions, submitView } from './people/submit-view.js';
import { suggest } from './people/suggest.js';
import { TriggerIds } from './people/trigger-ids.js';
import { picture } from './seen/picture.js';
import { SlackServer } from './slack-server.js';
import { type Held, until } from './until.js';
import type { WebApi } from './web-api/answer-call.js';
import { ALL_SCOPES } from './web-api/methods.js';
import { type Pace, Pacing } from './web-api/pacing.js';
import { type ApiCall, type App, type Channel, type User, Workspace } from './workspace.js';

export type { Ephemeral } from './ephemeral.js';
export type { Fault, FaultSpec } from './faults.js';
export type { Message, Metadata } from './message.js';
export type { ClickOptions } from './people/click.js';
export type { CommandOptions } from './people/command.js';
export type { Delivery } from './people/deliver.js';
export type { EventOptions, Saying } from './people/event.js';
export type { ScreenView } from './people/screen-view.js';
export type { ShortcutOptions } from './people/shortcut.js';
export type { Signature, SignedRequest } from './people/signed-request.js';
export type { SubmitOptions } from './people/submit-view.js';
export { linksOf } from './seen/links-of.js';
export { mentionsOf } from './seen/mentions-of.js';
export { shownText } from './seen/shown-text.js';
export type { ApiCall, Channel, User } from './workspace.js';

export interface SlackOptions {
  botToken: string;
  signingSecret: string;
  /** Workspace time in ms: timestamps, paces, lives of trigger_ids and response_urls. */
  now?: () => number;
  /** Time of request signatures; the wall clock, since the app compares them with its own. */
  signingNow?: () => number;
  /** Posts to one channel. */
  pace?: Pace;
  scopes?: readonly string[];
  /** How long a person's client waits for the app. */
  ackTimeoutMs?: number;
  port?: number;
}

export interface Thread {
  card: Message;
  replies: Message[];
}

export async function startSlack(options: SlackOptions) {
  const { now = Date.now, pace = { perSecond: 1, burst: 4 }, scopes = ALL_SCOPES } = options;
  const workspace = new Workspace(now);
  const triggers = new TriggerIds(now);
  const urls = new ResponseUrls(workspace);
  const faults = new Faults();
  const api: WebApi = {
    workspace,
    triggers,
    scopes,
    botToken: options.botToken,
    pacing: new Pacing(pace, now),
  };
  const server = new SlackServer(api, urls, faults);
  const origin = await server.start(options.port);
  const people: People = {
    workspace,
    triggers,
    urls,
    origin,
    signingSecret: options.signingSecret,
    signingNow: options.signingNow ?? Date.now,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    afterwards: new WeakMap(),
    last: {},
  };

  return {
    /** For SLACK_API_URL. */
    url: `${origin}/api/`,
    origin,
    app: workspace.app as Readonly<App>,
    stop: () => server.stop(),

    // Setting up
    addChannel(channel: {
      id: string;
      name: string;
      isPrivate?: boolean;
      isArchived?: boolean;
      isMember?: boolean;
    }): void {
      workspace.addChannel({ isPrivate: false, isArchived: false, isMember: true, ...channel });
    },
    changeChannel(id: string, change: Partial<Omit<Channel, 'id'>>): void {
      const channel = workspace.channels.get(id);
      if (channel === undefined) throw new Error(`There is no channel ${id}`);
      workspace.addChannel({ ...channel, ...change });
    },
    addUser(user: { id: string; name: string; realName: string; displayName?: string }): void {
      workspace.addUser({ displayName: user.name, ...user, isBot: false });
    },
    setScopes(granted: readonly string[]): void {
      api.scopes = granted;
    },
    setPace(to: Pace): void {
      api.pacing.set(to);
    },

    // What a person sees. Messages are copies: a later change does not reach into them.
    threads(channel: string): Thread[] {
      return topLevel(workspace, channel).map((card) =>
        structuredClone({ card, replies: workspace.repliesTo(channel, card.ts) }),
      );
    },
    messages(channel: string): Message[] {
      return structuredClone(topLevel(workspace, channel));
    },
    get ephemerals(): Ephemeral[] {
      return structuredClone(workspace.ephemerals);
    },
    get views(): ScreenView[] {
      return structuredClone(workspace.views);
    },
    /** The modal in front of this person. */
    modalOf(user: string): ScreenView | undefined {
      return structuredClone(topModal(workspace.views, user));
    },
    homeOf(user: string): ScreenView | undefined {
      return structuredClone(workspace.views.find((each) => each.user === user && each.type === 'home'));
    },
    get channels(): Channel[] {
      return structuredClone([...workspace.channels.values()]);
    },
    get users(): User[] {
      return structuredClone([...workspace.users.values()]);
    },
    get calls(): ApiCall[] {
      return structuredClone(workspace.calls);
    },
    callsOf(method: string): ApiCall[] {
      return structuredClone(workspace.calls.filter((call) => call.method === method));
    },

    // What a person does
    command: (botUrl: string, what: CommandOptions): Promise<Delivery> => command(people, botUrl, what),
    click: (botUrl: string, what: ClickOptions): Promise<Delivery> => click(people, botUrl, what),
    submitView: (botUrl: string, what: SubmitOptions): Promise<Delivery> => submitView(people, botUrl, what),
    closeView: (botUrl: string, what: { view: ScreenView; user: string }) => closeView(people, botUrl, what),
    suggest: (botUrl: string, what: Parameters<typeof suggest>[2]) => suggest(people, botUrl, what),
    shortcut: (botUrl: string, what: ShortcutOptions): Promise<Delivery> => shortcut(people, botUrl, what),
    say: (saying: Saying): Message => structuredClone(say(people, saying)),
    mention: (botUrl: string, saying: Saying, how?: EventOptions) => mention(people, botUrl, saying, how),
    event: (botUrl: string, inner: JsonObject, how?: EventOptions): Promise<Delivery> =>
      event(people, botUrl, inner, how),
    urlVerification: (botUrl: string, challenge = 'challenge') => urlVerification(people, botUrl, challenge),
    /** The request that was sent to the app last. */
    get lastRequest(): SignedRequest | undefined {
      return people.last.request;
    },
    resend: (request: SignedRequest): Promise<Delivery> => resend(people, request),

    // What goes wrong
    fault: (method: string, spec: FaultSpec): Fault => faults.add(method, spec),
    down: (): void => server.down(),
    up: (): void => server.up(),

    // Waiting
    /** Waits until the condition returns something truthy, and returns it; one that throws does not hold yet. */
    until: <T>(
      condition: () => T | Promise<T>,
      waiting: { timeoutMs?: number; what?: string } = {},
    ): Promise<Held<T>> =>
      until(workspace, condition, {
        timeoutMs: waiting.timeoutMs ?? 5_000,
        what: waiting.what ?? 'what was waited for',
        picture: () => picture(workspace),
      }),
    onChange: (listener: () => void): (() => void) => workspace.onChange(listener),
    /** Has every `until` look again, when its condition depends on something outside this workspace. */
    nudge: (): void => workspace.changed(),
    /** The whole workspace in words. */
    picture: (): string => picture(workspace),
  };
}

export type Slack = Awaited<ReturnType<typeof startSlack>>;

function topLevel(workspace: Workspace, channel: string): Message[] {
  return workspace.messagesIn(channel).filter((message) => !isReply(message));
}
