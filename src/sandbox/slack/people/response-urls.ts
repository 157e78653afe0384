/** response_urls: five uses within thirty minutes, to answer what a person did. */
import { randomBytes } from 'node:crypto';
import type { Ephemeral } from '../ephemeral.js';
import type { Message } from '../message.js';
import { Refusal, refusalWhere } from '../refusal.js';
import type { CallArguments } from '../web-api/call-arguments.js';
import { pieces } from '../web-api/chat-post-message.js';
import { contentOf, neededContent, parsingOf } from '../web-api/content.js';
import type { Workspace } from '../workspace.js';

const USES = 5;
const LIFE_MS = 30 * 60_000;
/** After that, an expired one is answered like one that never was. */
const REMEMBERED_MS = 2 * LIFE_MS;
const KNOWS = [
  'text',
  'blocks',
  'attachments',
  'parse',
  'link_names',
  'mrkdwn',
  'unfurl_links',
  'unfurl_media',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
];

/** Where an answer goes: to whom, and which message it may replace. A typed command has no such message. */
export interface ResponseTarget {
  user: string;
  channel: string;
  source?: { message: Message } | { ephemeral: Ephemeral };
}

export class ResponseUrls {
  readonly #workspace: Workspace;
  readonly #issued = new Map<string, { target: ResponseTarget; at: number; used: number }>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** The path of a new response_url. */
  issue(kind: 'commands' | 'actions', target: ResponseTarget): string {
    this.#forgetOld();
    const path = `/${kind}/${this.#workspace.app.teamId}/${randomBytes(8).toString('hex')}`;
    this.#issued.set(path, { target, at: this.#workspace.now(), used: 0 });
    return path;
  }

  has(path: string): boolean {
    return this.#issued.has(path);
  }

  /** Does what the app asks for, or refuses. */
  use(path: string, args: CallArguments): void {
    const url = this.#issued.get(path);
    if (url === undefined) throw new Refusal('no_such_url');
    if (this.#workspace.now() - url.at > LIFE_MS) throw new Refusal('expired_url');
    if (url.used >= USES) throw new Refusal('used_url');
    url.used += 1;
    args.refuseOthers(KNOWS);
    const { source } = url.target;
    if (source !== undefined && args.flag('delete_original') === true) this.#remove(source);
    else if (source !== undefined && args.flag('replace_original') === true) this.#replace(source, args);
    else this.answer(url.target, args, 'response_url');
  }

  /** Shows something new: to the person alone, or to the channel when the app says so. */
  answer(target: ResponseTarget, args: CallArguments, via: 'ack' | 'response_url'): void {
    const type = args.string('response_type') ?? 'ephemeral';
    if (type !== 'ephemeral' && type !== 'in_channel') {
      throw refusalWhere('invalid_arguments', [
        'must be one of: ephemeral, in_channel [json-pointer:/response_type]',
      ]);
    }
    const { text, blocks } = neededContent(args);
    const threadTs = args.string('thread_ts');
    if (threadTs !== undefined && this.#workspace.message(target.channel, threadTs) === undefined) {
      throw new Refusal('thread_not_found');
    }
    const where = {
      channel: target.channel,
      ...(threadTs === undefined ? {} : { threadTs }),
      ...parsingOf(args),
    };
    const workspace = this.#workspace;
    if (type === 'in_channel') {
      const { botUser: user, botId } = workspace.app;
      for (const piece of blocks.length > 0 ? [text] : pieces(text)) {
        workspace.post({ ...where, user, botId, text: piece, blocks });
      }
      return;
    }
    workspace.ephemerals.push({
      ...where,
      ts: workspace.nextTs(),
      user: target.user,
      text,
      blocks,
      via,
      at: workspace.now(),
      deleted: false,
      history: [],
    });
    workspace.changed();
  }

  #forgetOld(): void {
    for (const [path, { at }] of this.#issued) {
      if (this.#workspace.now() - at <= REMEMBERED_MS) return;
      this.#issued.delete(path);
    }
  }

  #remove(source: NonNullable<ResponseTarget['source']>): void {
    if ('message' in source) this.#workspace.remove(this.#kept(source.message));
    else {
      remember(source.ephemeral, this.#workspace.now());
      source.ephemeral.deleted = true;
    }
    this.#workspace.changed();
  }

  #replace(source: NonNullable<ResponseTarget['source']>, args: CallArguments): void {
    const { text, blocks } = contentOf(args);
    if ((text ?? '') === '' && (blocks ?? []).length === 0) throw new Refusal('no_text');
    if ('ephemeral' in source) {
      remember(source.ephemeral, this.#workspace.now());
      Object.assign(source.ephemeral, { text: text ?? '', blocks: blocks ?? [], ...parsingOf(args) });
    } else {
      const message = this.#kept(source.message);
      Object.assign(message, { text: text ?? message.text, blocks: blocks ?? [], ...parsingOf(args) });
    }
    this.#workspace.changed();
  }

  #kept(source: Message): Message {
    const message = this.#workspace.message(source.channel, source.ts);
    if (message === undefined || message.deleted) throw new Refusal('message_not_found');
    return message;
  }
}

function remember(ephemeral: Ephemeral, at: number): void {
  if (ephemeral.deleted) throw new Refusal('message_not_found');
  ephemeral.history.push({ text: ephemeral.text, blocks: ephemeral.blocks, at });
}
