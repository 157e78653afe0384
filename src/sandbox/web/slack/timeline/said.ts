/** What one person reads in a channel or in a thread, in its order. */
import type { Ephemeral } from '../../../slack/ephemeral.js';
import { isReply, type Message } from '../../../slack/message.js';
import type { Note } from '../notes.js';
import { dayOf, timeOf } from '../time/clock.js';

export interface Replies {
  count: number;
  last: string;
  /** The last one who replied. */
  lastBy: string;
  /** Up to five people, the latest last, joined by commas: the same string while they stay the same. */
  by: string;
}

export type Said =
  | { kind: 'message'; ts: string; message: Message; replies: Replies | undefined }
  | { kind: 'ephemeral'; ts: string; ephemeral: Ephemeral }
  | { kind: 'note'; ts: string; note: Note };

export interface Place {
  channel: string;
  threadTs: string | undefined;
}

/** The replies of every thread of a channel, by the parent's ts. */
function repliesIn(messages: readonly Message[]): Map<string, Replies> {
  const found = new Map<string, Replies>();
  for (const { threadTs, ts, user } of messages) {
    if (threadTs === undefined || threadTs === ts) continue;
    const before = found.get(threadTs);
    const by = [...(before?.by.split(',') ?? []).filter((each) => each !== user), user].slice(-5).join(',');
    const isLast = before === undefined || ts > before.last;
    found.set(threadTs, {
      count: (before?.count ?? 0) + 1,
      last: isLast ? ts : before.last,
      lastBy: isLast ? user : before.lastBy,
      by,
    });
  }
  return found;
}

export function saidIn(
  { channel, threadTs }: Place,
  seen: { messages: readonly Message[]; ephemerals: readonly Ephemeral[]; notes: readonly Note[] },
): Said[] {
  const messages = seen.messages.filter((message) => message.channel === channel);
  const replies = threadTs === undefined ? repliesIn(messages) : new Map<string, Replies>();
  const here = (each: { channel: string; threadTs?: string }) =>
    each.channel === channel && each.threadTs === threadTs;
  const shown = messages.filter((message) =>
    threadTs === undefined
      ? !isReply(message) || message.broadcast === true
      : message.ts === threadTs || message.threadTs === threadTs,
  );
  return [
    ...shown.map((message) => ({
      kind: 'message' as const,
      ts: message.ts,
      message,
      replies: replies.get(message.ts),
    })),
    ...seen.ephemerals
      .filter(here)
      .map((ephemeral) => ({ kind: 'ephemeral' as const, ts: ephemeral.ts, ephemeral })),
    ...seen.notes.filter(here).map((note) => ({ kind: 'note' as const, ts: note.ts, note })),
  ].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
}

const TOGETHER_MS = 5 * 60_000;

/** Whether it goes on without name and picture, as one person's messages do that follow each other soon. */
export function goesOn(before: Said | undefined, said: Said): boolean {
  if (before?.kind !== 'message' || said.kind !== 'message') return false;
  const [one, two] = [before.message, said.message];
  if (one.user !== two.user || before.replies !== undefined || one.deleted || two.deleted) return false;
  if (two.broadcast === true || one.broadcast === true) return false;
  const [from, to] = [timeOf(one.ts), timeOf(two.ts)];
  return to.getTime() - from.getTime() < TOGETHER_MS && dayOf(from) === dayOf(to);
}
