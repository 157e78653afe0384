import type { ApiCall } from './api-call.js';

/**
 * Calls of one name, of one principal, that the audit channel shows as one message. They came from one address by one way,
 * in one Region, and ended the same: none failed, or all by one error. Changes of plans and of the AWS Support App set the
 * same in the same.
 */
export interface Burst {
  readonly count: number;
  /** Oldest first. All of them, or where they are many the first one and the newest, twenty at most. */
  readonly calls: readonly ApiCall[];
  /** How what the first of them changed stood before, where an earlier call told; see `changedBy`. */
  readonly before: Readonly<Record<string, string>> | null;
  /** The Slack user for whom the bot made them; null where it was not the bot, or is not known. */
  readonly user: string | null;
}
