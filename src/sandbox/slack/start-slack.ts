/**
 * A Slack workspace on this machine: the Web API over HTTP, strict and stateful, and the people who use it. What it
 * takes, Slack takes; what Slack refuses, it refuses with Slack's own error names. Faults come on demand.
 */
import type { AppManifest } from './app-manifest.js';
import type { Ephemeral } from './ephemeral.js';
import { type Fault, type FaultSpec, Faults } from './faults.js';
import { type KeptSlack, keep, restore } from './kept-slack.js';
import { isReply, type Message } from './message.js';
import { acts } from './people/acts.js';
import { EVENT_RETRY_MS } from './people/event-retries.js';
import type { People } from './people/people.js';
import { ResponseUrls } from './people/response-urls.js';
import { type ScreenView, topModal } from './people/screen-view.js';
import type { SignedRequest } from './people/signed-request.js';
import { TriggerIds } from './people/trigger-ids.js';
import { copied } from './seen/copied.js';
import { picture } from './seen/picture.js';
import { setUp } from './set-up.js';
import { SlackServer } from './slack-server.js';
import { type Held, until } from './until.js';
import type { WebApi } from './web-api/answer-call.js';
import { ALL_SCOPES } from './web-api/methods.js';
import { type Pace, Pacing } from './web-api/pacing.js';
import { type ApiCall, type App, type Channel, type User, Workspace } from './workspace.js';

export { type AppManifest, readManifest } from './app-manifest.js';
export type { Ephemeral } from './ephemeral.js';
export type { Fault, FaultSpec } from './faults.js';
export type { GivenFile } from './files/files.js';
export type { KeptSlack } from './kept-slack.js';
export type { Message, MessageFile, Metadata, Reaction } from './message.js';
export type { ClickOptions } from './people/click.js';
export type { CommandOptions } from './people/command.js';
export type { Delivery } from './people/deliver.js';
export type { EventOptions } from './people/event.js';
export type { OpenHomeOptions } from './people/open-home.js';
export type { Said, Saying } from './people/say.js';
export type { ScreenView } from './people/screen-view.js';
export type { ShortcutOptions } from './people/shortcut.js';
export type { Signature, SignedRequest } from './people/signed-request.js';
export type { SubmitOptions } from './people/submit-view.js';
export { linksOf } from './seen/links-of.js';
export { mentionsOf } from './seen/mentions-of.js';
export { shownText } from './seen/shown-text.js';
export type { ApiCall, Channel, User } from './workspace.js';

/** In bytes: longer files are not read as text. */
const LONGEST_TEXT = 1_000_000;

export interface SlackOptions {
  botToken: string;
  signingSecret: string;
  /** Workspace time in ms: timestamps, paces, lives of trigger_ids and response_urls. */
  now?: () => number;
  /** Time of request signatures; the wall clock, since the app compares them with its own. */
  signingNow?: () => number;
  /** Posts to one channel. */
  pace?: Pace;
  /** All, unless there is a manifest: then those that it has. */
  scopes?: readonly string[];
  /**
   * The app as it is registered. With it, only its commands and shortcuts can be used, only the events that it has
   * subscribed to are sent, and it has just its tabs. Without one everything is possible.
   */
  manifest?: AppManifest;
  /** What an earlier run has kept. */
  kept?: KeptSlack;
  /** How many calls are remembered, closed modals and deleted ephemerals likewise; all unless given. */
  remember?: number;
  /** How long a person's client waits for the app. */
  ackTimeoutMs?: number;
  /** When an event that the app did not take is sent again: ms from the try before; as Slack has it unless given. */
  eventRetryMs?: readonly number[];
  /**
   * What becomes of a reply to a message that is not there any more: `thread_not_found`, or a message of the channel
   * itself, as Slack has been seen to do (slack-go/slack#1571). Refused unless given.
   */
  orphanReplies?: 'refused' | 'in-channel';
  port?: number;
}

export interface Thread {
  card: Message;
  replies: Message[];
}

export async function startSlack(options: SlackOptions) {
  const { now = Date.now, pace = { perSecond: 1, burst: 4 }, manifest, kept, remember } = options;
  const { scopes = manifest?.scopes ?? ALL_SCOPES } = options;
  const workspace = new Workspace(now, {
    ...(manifest === undefined ? {} : { manifest }),
    ...(remember === undefined ? {} : { remember }),
  });
  if (kept !== undefined) restore(workspace, kept);
  const triggers = new TriggerIds(now);
  const urls = new ResponseUrls(workspace);
  const faults = new Faults();
  const api: WebApi = {
    workspace,
    triggers,
    scopes,
    botToken: options.botToken,
    pacing: new Pacing(pace, now),
    orphanReplies: options.orphanReplies ?? 'refused',
  };
  const server = new SlackServer(api, urls, faults);
  const origin = await server.start(options.port);
  workspace.origin = origin;
  const people: People = {
    workspace,
    triggers,
    urls,
    origin,
    signingSecret: options.signingSecret,
    signingNow: options.signingNow ?? Date.now,
    ackTimeoutMs: options.ackTimeoutMs ?? 3_000,
    eventRetryMs: options.eventRetryMs ?? EVENT_RETRY_MS,
    stopped: new AbortController(),
    afterwards: new WeakMap(),
    last: {},
  };

  return {
    /** For SLACK_API_URL. */
    url: `${origin}/api/`,
    origin,
    app: workspace.app as Readonly<App>,
    /** The slash commands and shortcuts that people find; none are known without a manifest. */
    commands: manifest?.commands ?? [],
    shortcuts: manifest?.shortcuts ?? [],
    stop: () => {
      people.stopped.abort();
      return server.stop();
    },

    ...setUp(api),

    // What a person sees. Messages are copies: a later change does not reach into them.
    threads(channel: string): Thread[] {
      return copied(threadsOf(workspace.messagesIn(channel)));
    },
    messages(channel: string): Message[] {
      return copied(topLevel(workspace, channel));
    },
    get ephemerals(): Ephemeral[] {
      return copied(workspace.ephemerals);
    },
    get views(): ScreenView[] {
      return copied(workspace.views);
    },
    /** The modal in front of this person. */
    modalOf(user: string): ScreenView | undefined {
      return copied(topModal(workspace.views, user));
    },
    homeOf(user: string): ScreenView | undefined {
      return copied(workspace.views.find((each) => each.user === user && each.type === 'home'));
    },
    get channels(): Channel[] {
      return copied([...workspace.channels.values()]);
    },
    get users(): User[] {
      return copied([...workspace.users.values()]);
    },
    get calls(): ApiCall[] {
      return copied(workspace.calls);
    },
    /** A complete file; undefined when it is deleted. */
    file(id: string): { name: string; mimetype: string; data: Uint8Array } | undefined {
      const file = workspace.files.get(id);
      if (file?.data === undefined || file.state !== 'complete') return undefined;
      return { name: file.name, mimetype: file.mimetype, data: Uint8Array.from(file.data) };
    },
    /** What a complete file of plain text says, up to a megabyte; null for any other. */
    textOf: (id: string): string | null => {
      const file = workspace.files.get(id);
      const isText = file?.state === 'complete' && file.mimetype === 'text/plain';
      if (!isText || file.data === undefined || file.data.byteLength > LONGEST_TEXT) return null;
      return new TextDecoder().decode(file.data);
    },
    /** What a later run starts from, as a value that can be written as JSON. */
    keep: (): KeptSlack => keep(workspace),
    callsOf(method: string): ApiCall[] {
      return copied(workspace.calls.filter((call) => call.method === method));
    },

    // What a person does
    ...acts(people),
    /** The request that was sent to the app last. */
    get lastRequest(): SignedRequest | undefined {
      return people.last.request;
    },

    /** Another app writes a message, with whatever metadata. */
    sayAsOtherApp(what: Pick<Message, 'channel' | 'text' | 'threadTs' | 'metadata'>): Message {
      return copied(workspace.post({ ...what, user: 'U0OTHERBOT1', botId: 'B0OTHERAPP1', blocks: [] }));
    },

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
        timeoutMs: waiting.timeoutMs ?? 30_000,
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

function threadsOf(messages: readonly Message[]): Thread[] {
  const threads = new Map<string, Thread>();
  for (const card of messages) if (!isReply(card)) threads.set(card.ts, { card, replies: [] });
  for (const reply of messages) if (isReply(reply)) threads.get(reply.threadTs ?? '')?.replies.push(reply);
  return [...threads.values()];
}

function topLevel(workspace: Workspace, channel: string): Message[] {
  return workspace.messagesIn(channel).filter((message) => !isReply(message));
}
