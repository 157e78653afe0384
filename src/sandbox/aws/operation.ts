import type { z } from 'zod';
import type { Account } from './account.js';
import { ApiError } from './api-error.js';
import type { AttachmentRoom } from './attachment-room.js';
import type { CaseBook } from './case-book.js';
import type { AttachmentRef, StoredCase } from './case-state.js';
import type { Downloads } from './downloads.js';
import { readInput } from './input.js';
import type { Ties } from './page.js';
import type { UploadRoom } from './upload-room.js';

/** What operations work with. */
export interface Desk {
  book: CaseBook;
  attachments: AttachmentRoom;
  uploads: UploadRoom;
  downloads: Downloads;
  now: () => number;
  /** Page size when the call names none; undocumented. */
  pageSize: number;
  pageSecret: string;
  ties: Ties;
  /** Cases can be read for this long after their creation; undefined: for ever. */
  retentionMonths: number | undefined;
}

export type Output = Record<string, unknown>;

/**
 * Checks a call completely and gives back the deed, so that `dryRun` is the same call without the last step. Whatever
 * could be refused is refused before the deed.
 */
export type Operation = (desk: Desk, account: Account, input: unknown) => () => Output;

export function operation<S extends z.ZodType<{ dryRun?: boolean | undefined }>>(
  shape: S,
  prepare: (desk: Desk, account: Account, input: z.output<S>) => () => Output,
): Operation {
  return (desk, account, rawInput) => {
    const input = readInput(shape, rawInput);
    const deed = prepare(desk, account, input);
    if (input.dryRun === true) {
      // A dry run that would succeed fails on purpose (facts 2.2).
      throw new ApiError('DryRunOperationException', 'Request would have succeeded, but DryRun flag is set.');
    }
    return deed;
  };
}

/** The account's own case, by its id or a former one. */
export function caseOf(desk: Desk, account: Account, caseId: string): StoredCase {
  const stored = desk.book.find(caseId);
  if (stored === undefined || stored.accountId !== account.id || !isKept(desk, stored)) {
    throw new ApiError('CaseIdNotFound', 'The requested caseId could not be located.');
  }
  return stored;
}

/** Cases are kept for 24 months after their creation (facts 2.3 "Retention"). */
export function isKept(desk: Desk, stored: StoredCase): boolean {
  if (desk.retentionMonths === undefined) return true;
  const oldest = new Date(desk.now());
  oldest.setUTCMonth(oldest.getUTCMonth() - desk.retentionMonths);
  return stored.time >= oldest.getTime();
}

/** The files of a set and of uploads, which go onto a communication. */
export function takeFiles(
  { attachments, uploads }: Desk,
  { id }: Account,
  setId: string | undefined,
  uploadIds: readonly string[],
): AttachmentRef[] {
  const ofSet = setId === undefined ? [] : attachments.take(id, setId);
  return [...ofSet, ...attachments.keep(id, uploads.take(id, uploadIds))];
}
