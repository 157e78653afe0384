import type { CaseKey } from '../case/case-key.js';

/**
 * One line of the audit trail: what somebody did or tried from Slack, and what came of it. Never the text itself.
 *
 * - `asked`: taken from the person, on its way.
 * - `done`: AWS has carried it out.
 * - `refused`: the person may not.
 * - `failed`: AWS did not carry it out, or nobody knows; `why` says which.
 */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Slack's id of the person, and the name they had then. */
  readonly user: string;
  readonly name: string;
  /** Where it was asked for; null in the Home tab and where there is none. */
  readonly channel: string | null;
  /** Null where no case is meant, or none is known yet. */
  readonly key: CaseKey | null;
  readonly displayId: string | null;
  /** `reply`, `resolve`, `create`, `attach`, `take`, `give-back`, `doctor`, … */
  readonly deed: string;
  readonly result: 'asked' | 'done' | 'refused' | 'failed';
  /** A code or a short sentence, without text of a case; null where there is nothing to say. */
  readonly why: string | null;
  /** Of what was written: characters, and SHA-256 in hex; null where nothing was. */
  readonly length: number | null;
  readonly hash: string | null;
  /** Of the message in the outbox; null where there is none. */
  readonly reference: string | null;
  readonly awsRequestId: string | null;
  /** Of the thread or the message in Slack; null while nobody knows it. */
  readonly link: string | null;
}
