import { createHash } from 'node:crypto';
import { type AuditEntry, NOTHING_WRITTEN } from './audit-entry.js';
import type { OutboxMessage, OutboxState } from './outbox-message.js';

/** What a change of a message does not show by itself. */
export interface StepAbout {
  /** Where somebody pressed a button: what it stands for. */
  readonly deed?: string;
  readonly result?: AuditEntry['result'];
  readonly why?: string | null;
  readonly awsRequestId?: string | null;
}

const DONE: readonly OutboxState[] = ['sent', 'seen', 'void'];

/** The line for a message that was taken. */
export function lineOfNew(message: OutboxMessage): AuditEntry {
  const why = message.state === 'choosing' ? 'which-case' : message.state === 'asking' ? 'secrets' : null;
  return lineOf(message, { deed: message.kind, result: 'asked', why, awsRequestId: null });
}

/**
 * The line for a change of a message; null where it is no step of the act: a message that is being sent, or waits, is still
 * only asked for.
 */
export function lineOfChange(
  before: OutboxMessage,
  change: Partial<OutboxMessage>,
  { deed = before.kind, result, why = null, awsRequestId = null }: StepAbout = {},
): AuditEntry | null {
  // Words that are changed count; that they are emptied at the end does not.
  const { text, ...rest } = change;
  const message: OutboxMessage = { ...before, ...rest, text: text || before.text };
  const line = (end: AuditEntry['result'], reason = why) =>
    lineOf(message, { deed, result: end, why: reason, awsRequestId });
  if (result !== undefined) return line(result);
  if (change.state === undefined || change.state === before.state || DONE.includes(before.state)) return null;
  switch (change.state) {
    case 'in-doubt':
      // It may have happened, whatever becomes of us before it comes to light.
      return line('asked', why ?? 'unclear');
    case 'sent':
      return line('done');
    case 'seen':
      return line('done', why ?? 'shown-by-aws');
    case 'void':
      return line('done', why ?? 'was-resolved');
    case 'failed':
      return line('failed', why ?? 'unknown');
    case 'cancelled':
      return line('failed', why ?? 'expired');
    default:
      return null;
  }
}

/** Names of errors come from outside. */
const LONGEST_WHY = 100;

function lineOf(
  { key, displayId, user, person, channel, threadTs, text, files = [], reference }: OutboxMessage,
  step: Pick<AuditEntry, 'deed' | 'result' | 'why' | 'awsRequestId'>,
): AuditEntry {
  return {
    user,
    name: person,
    channel: channel || null,
    threadTs: threadTs ?? null,
    key,
    displayId: displayId || null,
    ...step,
    why: step.why?.slice(0, LONGEST_WHY) ?? null,
    ...NOTHING_WRITTEN,
    ...writtenOf(text),
    files: files.length || null,
    reference,
  };
}

/** What may be kept of a text. */
export function writtenOf(text: string): Pick<AuditEntry, 'length' | 'hash'> {
  if (text === '') return { length: null, hash: null };
  return { length: text.length, hash: createHash('sha256').update(text).digest('hex') };
}
