import { readFileTag } from './file-tag.js';
import { ENTRY_EVENT_TYPE, type EntryTag } from './message.js';
import type { FoundEntry } from './slack.js';

/** The bot as Slack knows it. */
export interface Self {
  readonly botId: string | undefined;
  readonly userId: string | undefined;
}

/** What a read message tells of its sender and its tag. */
export interface ReadMessage {
  readonly ts?: string;
  readonly bot_id?: string;
  readonly user?: string;
  readonly metadata?: { event_type?: string; event_payload?: unknown };
  readonly blocks?: readonly { readonly block_id?: string }[];
}

/** The entry of ours that a message is, if it is one: it carries our tag, whole, and we sent it. Any app can write tags. */
export function foundEntry(message: ReadMessage, self: Self): FoundEntry | null {
  const { ts, bot_id, user, metadata } = message;
  const isOurs = bot_id === undefined ? user === undefined || user === self.userId : bot_id === self.botId;
  if (ts === undefined || !isOurs) return null;
  if (metadata?.event_type !== ENTRY_EVENT_TYPE) return foundFile(ts, message);
  const payload = metadata.event_payload as Partial<EntryTag> | undefined;
  if (typeof payload?.case !== 'string' || typeof payload.entry !== 'string') return null;
  const part = Number(payload.part ?? 0);
  return {
    ts,
    tag: {
      case: payload.case,
      entry: payload.entry,
      part,
      // Tags of earlier versions do not say so.
      parts: Number(payload.parts ?? part + 1),
      at: Number(payload.at ?? Math.floor(Number(ts) * 1000)),
      ...(typeof payload.after === 'string' ? { after: payload.after } : {}),
      ...(typeof payload.mention === 'string' ? { mention: payload.mention } : {}),
      ...(typeof payload.callers === 'string' ? { callers: payload.callers } : {}),
      ...(typeof payload.calls === 'string' ? { calls: payload.calls } : {}),
      ...(typeof payload.owner === 'string' ? { owner: payload.owner } : {}),
    },
  };
}

/** A message with a file carries no metadata: its tag is the name of a block. */
function foundFile(ts: string, { blocks = [] }: ReadMessage): FoundEntry | null {
  const tags = blocks.flatMap(({ block_id }) => readFileTag(block_id ?? '') ?? []);
  return tags[0] === undefined ? null : { ts, tag: tags[0] };
}
