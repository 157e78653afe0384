import type { JsonObject } from './json-object.js';

export type Block = JsonObject;

export interface Metadata {
  event_type: string;
  event_payload: JsonObject;
}

/** How Slack was told to read the top-level text: it decides what becomes a mention or a link. */
export interface Parsing {
  parse?: 'none' | 'full' | 'client';
  linkNames?: boolean;
}

/** A file that a message shows. */
export interface MessageFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  /** In bytes. */
  size: number;
  /** Its bytes are gone; a placeholder stands in its place. */
  deleted?: boolean;
}

export interface Reaction {
  /** Of the emoji, without colons. */
  name: string;
  /** In the order in which they reacted. */
  users: string[];
}

/** What an app shows below a message of a link in it. */
export interface Unfurl {
  /** As it stands in the message. */
  url: string;
  blocks: Block[];
}

/** A message as the workspace holds it and as a person finds it in the channel. */
export interface Message extends Parsing {
  channel: string;
  ts: string;
  /** The parent's ts; on a parent with replies its own, as Slack does. */
  threadTs?: string;
  user: string;
  botId?: string;
  text: string;
  blocks: Block[];
  metadata?: Metadata;
  files?: MessageFile[];
  reactions?: Reaction[];
  /** In the order in which they were added; one of a link. */
  unfurls?: Unfurl[];
  editedTs?: string;
  /** True for the placeholder that a deleted parent leaves over its replies. */
  deleted: boolean;
  /** A reply that is shown in the channel as well. */
  broadcast?: boolean;
}

export function isReply(message: Message): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}
