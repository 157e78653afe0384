/**
 * The state of one Slack workspace: who and what is in it, what has been said, and what the app has asked for.
 * It refuses nothing by itself; the Web API and response_urls do. Every change is announced, so that a test or a
 * browser can wait for one.
 */
import { EventEmitter } from 'node:events';
import type { AppManifest } from './app-manifest.js';
import type { Channel } from './channel.js';
import type { Ephemeral } from './ephemeral.js';
import { Files, markDeleted } from './files/files.js';
import type { StoredFile } from './files/stored-file.js';
import type { JsonObject } from './json-object.js';
import { isReply, type Message } from './message.js';
import type { ScreenView } from './people/screen-view.js';
import { SharedLinks } from './shared-links.js';
import { Timestamps } from './timestamps.js';
import type { User } from './user.js';
import type { UserGroup } from './user-group.js';

export type { Channel } from './channel.js';
export type { User } from './user.js';

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
  readonly groups = new Map<string, UserGroup>();
  readonly ephemerals: Ephemeral[] = [];
  readonly views: ScreenView[] = [];
  readonly calls: ApiCall[] = [];
  readonly now: () => number;
  readonly files: Files;
  /** Links of which the app was told. */
  readonly sharedLinks = new SharedLinks();
  /** Where its files are served. */
  origin = '';
  /** What the app is registered with; without one the app may do everything. */
  readonly manifest: AppManifest | undefined;
  /** How many calls there have been. */
  callCount = 0;
  readonly #timestamps: Timestamps;
  readonly #remember: number;
  readonly #messages = new Map<string, Message[]>();
  readonly #changes = new EventEmitter();
  #lastId = 0;

  constructor(
    now: () => number,
    { remember = Number.POSITIVE_INFINITY, manifest }: { remember?: number; manifest?: AppManifest } = {},
  ) {
    this.now = now;
    this.#timestamps = new Timestamps(now);
    this.#remember = remember;
    this.manifest = manifest;
    this.files = new Files({ now, nextId: (prefix) => this.nextId(prefix) });
    // Any number of tests may wait at once.
    this.#changes.setMaxListeners(0);
    const { displayName = 'Casethread' } = manifest ?? {};
    // Slack makes the bot's user name from its display name.
    if (manifest !== undefined) this.app.botName = displayName.toLowerCase().replace(/[^a-z0-9._-]/g, '');
    const { botUser, botName } = this.app;
    const shown = manifest === undefined ? botName : displayName;
    this.addUser({ id: botUser, name: botName, realName: displayName, displayName: shown, isBot: true });
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

  nextTs(): string {
    return this.#timestamps.next();
  }

  get lastTs(): string {
    return this.#timestamps.last;
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** Gives out no id and no timestamp of an earlier run again. */
  goOnAfter(lastId: number, lastTs: string): void {
    this.#lastId = lastId;
    this.#timestamps.goOnAfter(lastTs);
  }

  record(call: ApiCall): void {
    this.callCount += 1;
    this.calls.push(call);
    this.changed();
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
    this.put(posted);
    const parent =
      message.threadTs === undefined ? undefined : this.message(message.channel, message.threadTs);
    if (parent !== undefined) parent.threadTs = parent.ts;
    this.changed();
    return posted;
  }

  /** Adds a message as it is, behind those that are there. */
  put(message: Message): void {
    const all = this.#messages.get(message.channel) ?? [];
    all.push(message);
    this.#messages.set(message.channel, all);
  }

  /** A parent with replies leaves a placeholder; anything else is gone, and an emptied placeholder goes with it. */
  remove(message: Message): void {
    this.files.unshare(message);
    const replies = isReply(message) ? [] : this.repliesTo(message.channel, message.ts);
    if (replies.length > 0) {
      message.deleted = true;
      message.user = 'USLACKBOT';
      message.text = 'This message was deleted.';
      message.blocks = [];
      delete message.botId;
      delete message.metadata;
      delete message.editedTs;
      delete message.files;
      delete message.reactions;
      delete message.unfurls;
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

  /** The bytes go; messages keep a placeholder for it. */
  removeFile(file: StoredFile): void {
    this.files.remove(file);
    for (const { channel, ts } of file.shares) {
      const message = this.message(channel, ts);
      if (message !== undefined) markDeleted(message, file.id);
    }
    this.changed();
  }

  changed(): void {
    forgetOldest(this.calls, this.#remember, () => true);
    forgetOldest(this.views, this.#remember, (view) => view.state === 'closed');
    forgetOldest(this.ephemerals, this.#remember, (ephemeral) => ephemeral.deleted);
    this.#changes.emit('change');
  }

  /** Calls the listener after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }
}

/** Takes the oldest of those that may go out of the list, until no more than `keep` of them are left. */
function forgetOldest<T>(list: T[], keep: number, mayGo: (each: T) => boolean): void {
  if (list.length <= keep) return;
  let surplus = list.filter(mayGo).length - keep;
  for (let at = 0; surplus > 0 && at < list.length; ) {
    if (mayGo(list[at] as T)) {
      list.splice(at, 1);
      surplus -= 1;
    } else at += 1;
  }
}
