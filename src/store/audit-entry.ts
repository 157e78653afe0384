import type { CaseKey } from '../case/case-key.js';

/**
 * One line of the audit trail: what somebody did or tried from Slack, and what came of it. Never the text itself.
 *
 * - `asked`: taken from the person, on its way.
 * - `done`: carried out, by AWS where it is something that AWS does.
 * - `refused`: the person may not.
 * - `failed`: it was not carried out, or nobody knows; `why` says which.
 */
export interface AuditEntry {
  /** Slack's id of the person, and the name they had then; {@link SYSTEM} where nobody in Slack did it. */
  readonly user: string;
  readonly name: string;
  /** Where it was asked for; null in the Home tab and where there is none. */
  readonly channel: string | null;
  /** The thread in which it was asked for. */
  readonly threadTs: string | null;
  /** Null where no case is meant, or none is known yet. */
  readonly key: CaseKey | null;
  readonly displayId: string | null;
  /** `reply`, `resolve`, `create`, `take`, `give-back`, `doctor`, … */
  readonly deed: string;
  readonly result: 'asked' | 'done' | 'refused' | 'failed';
  /** A code, without text of a case; null where there is nothing to say. */
  readonly why: string | null;
  /** Of what was written: characters (UTF-16), and SHA-256 of it in UTF-8, in hex; null where nothing was. */
  readonly length: number | null;
  readonly hash: string | null;
  /** How many files went with it; null for none. */
  readonly files: number | null;
  /** Of the message in the outbox: lines of one act have the same; null where there is none. */
  readonly reference: string | null;
  /** Of the call that carried it out, or was refused; null where AWS was not asked, or its answer was lost. */
  readonly awsRequestId: string | null;
}

/** In place of a person: the bot's own process, or whoever runs it. */
export const SYSTEM = { user: 'system', name: 'Casethread' } as const;

/** As the store keeps it. */
export interface AuditLine extends AuditEntry {
  /** Opaque; its place in the trail, and a cursor. */
  readonly id: string;
  /** When the store took it, by the store's clock, and never before the line before it. Milliseconds since 1970. */
  readonly at: number;
}

export interface AuditQuery {
  readonly order: 'oldest-first' | 'newest-first';
  /** At least 1. */
  readonly limit: number;
  /** Milliseconds since 1970, the first of it included, the end not. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Lines of these cases alone, and of the keys under which they were known before. */
  readonly keys?: readonly CaseKey[] | undefined;
  /** Lines of this person alone. */
  readonly user?: string | undefined;
  /** The id of a line: what follows it, in the order that is asked for. */
  readonly after?: string | undefined;
}

/** What may stand in a query as `after`, wherever it comes from. */
export function isCursor(text: string): boolean {
  return /^\d{1,15}(-\d{1,10})?$/.test(text);
}

export const NOTHING_WRITTEN = { length: null, hash: null, files: null } as const;
/** A line that is about no message in the outbox. */
export const NO_MESSAGE = { ...NOTHING_WRITTEN, reference: null, awsRequestId: null } as const;

/** CONFIG_FILE was read again while the bot ran. */
export const RELOADED: AuditEntry = {
  ...SYSTEM,
  channel: null,
  threadTs: null,
  key: null,
  displayId: null,
  deed: 'reload',
  result: 'done',
  why: null,
  ...NO_MESSAGE,
};
