/**
 * The state of one Slack workspace: who and what is in it, what has been said, and what the app has asked for.
 * It refuses nothing by itself; the Web API and response_urls do. Every change is announced, so that a test or a
 * browser can wait for one.
 */
import { EventEmitter } from 'node:events';
import type { Ephemeral } from './ephemeral.js';
import type { JsonObject } from './json-object.js';
import { isReply, type Message } from './message.js';
import type { ScreenView } from './people/screen-view.js';
import { timestamps } from './timestamps.js';

export interface Channel {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** Whether the bot is in it. */
  isMember: boolean;
  /** The person at the other end, when this is a direct message. */
  im?: string;
}

export interface User {
  id: string;
  name: string;
  realName: string;
  displayName: string;
  isBot: boolean;
}

/** One call of the Web API, or of a response_url, as it came in. */
export interface ApiCall {
  method: string;
  args: JsonObject;
  at: number;
  /** What Slack decided; undefined until then, and for ever where the request was lost before. */
  result?: JsonObject;
  /** Whether the app was given the answer. */
  answer: 'pending' | 'sent' | 'lost';
}

export interface App {
  teamId: string;
  teamDomain: string;
  teamUrl: string;
  teamName: string;
  appId: string;
  botId: string;
  botUser: string;
  botName: string;
  verificationToken: string;
}

export class Workspace {
  readonly app: App = {
    teamId: 'T0ACME001',
    teamDomain: 'acme',
    teamUrl: 'https://acme.slack.com/',
    teamName: 'Acme',
    appId: 'A0CASETHR',
    botId: 'B0CASETHR',
    botUser: 'U0CASETHR',
    botName: 'casethread',
    verificationToken: 'legacy-verification-token',
  };
  readonly channels = new Map<string, Channel>();
  readonly users = new Map<string, User>();
  readonly ephemerals: Ephemeral[] = [];
  readonly views: ScreenView[] = [];
  readonly calls: ApiCall[] = [];
  readonly now: () => number;
  readonly nextTs: () => string;
  readonly #messages = new Map<string, Message[]>();
  readonly #changes = new EventEmitter();
  #lastId = 0;

  constructor(now: () => number) {
    this.now = now;
    this.nextTs = timestamps(now);
    // Any number of tests may wait at once.
    this.#changes.setMaxListeners(0);
    const { botUser, botName } = this.app;
    this.addUser({ id: botUser, name: botName, realName: 'Casethread', displayName: botName, isBot: true });
  }

  addUser(user: User): void {
    this.users.set(user.id, user);
    this.changed();
  }

  addChannel(channel: Channel): void {
    this.channels.set(channel.id, channel);
    this.changed();
  }

  /** The direct message between the bot and a person, opened when it is not yet. */
  directMessage(user: string): { channel: Channel; alreadyOpen: boolean } {
    for (const channel of this.channels.values())
      if (channel.im === user) return { channel, alreadyOpen: true };
    const id = this.nextId('D');
    const channel = { id, name: `dm-${user}`, isPrivate: true, isArchived: false, isMember: true, im: user };
    this.addChannel(channel);
    return { channel, alreadyOpen: false };
  }

  nextId(prefix: string): string {
    this.#lastId += 1;
    return `${prefix}0${this.#lastId.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  /** All messages of a channel, replies among them, oldest first. The objects are the state itself. */
  messagesIn(channel: string): Message[] {
    return this.#messages.get(channel) ?? [];
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messagesIn(channel).find((message) => message.ts === ts);
  }

  repliesTo(channel: string, parentTs: string): Message[] {
    return this.messagesIn(channel).filter((message) => message.threadTs === parentTs && isReply(message));
  }

  post(message: Omit<Message, 'ts' | 'deleted'>): Message {
    const posted: Message = { ...message, ts: this.nextTs(), deleted: false };
    const all = this.#messages.get(message.channel) ?? [];
    all.push(posted);
    this.#messages.set(message.channel, all);
    const parent =
      message.threadTs === undefined ? undefined : this.message(message.channel, message.threadTs);
    if (parent !== undefined) parent.threadTs = parent.ts;
    this.changed();
    return posted;
  }

  /** A parent with replies leaves a placeholder; anything else is gone, and an emptied placeholder goes with it. */
  remove(message: Message): void {
    const replies = isReply(message) ? [] : this.repliesTo(message.channel, message.ts);
    if (replies.length > 0) {
      message.deleted = true;
      message.user = 'USLACKBOT';
      message.text = 'This message was deleted.';
      message.blocks = [];
      delete message.botId;
      delete message.metadata;
      delete message.editedTs;
    } else {
      const left = this.messagesIn(message.channel).filter((each) => each !== message);
      this.#messages.set(message.channel, left);
      const parent =
        message.threadTs === undefined ? undefined : this.message(message.channel, message.threadTs);
      if (parent !== undefined && this.repliesTo(parent.channel, parent.ts).length === 0) {
        delete parent.threadTs;
        if (parent.deleted) this.remove(parent);
      }
    }
    this.changed();
  }

  changed(): void {
    this.#changes.emit('change');
  }

  /** Calls the listener after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }
}
