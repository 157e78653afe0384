import type { Case } from '../case/case.js';
import type { Communication } from '../case/communication.js';
import type { Reading } from '../case/reading.js';

/** Where a file of a case can be fetched for a while, by whoever has the address. */
export interface DownloadLink {
  readonly fileName: string;
  /** A secret as long as it works: into no log. */
  readonly url: string;
  /** Milliseconds since 1970; null where AWS does not say. */
  readonly expiresAt: number | null;
}

/**
 * AWS Support as a port: one account's cases. Every method rejects with a SupportError only. Reads may be repeated;
 * `addReply` and `resolve` are sent once, and their error says whether AWS may have carried them out.
 */
export interface SupportApi {
  /**
   * One call: the case, resolved or not, with its newest communications (AWS gives five). Null when this account has no
   * such case. The case that comes back may go by another case id than the one that was asked for.
   */
  getCase(caseId: string): Promise<Reading | null>;
  /** Cases with this display id, resolved ones included. */
  findByDisplayId(displayId: string): Promise<readonly Case[]>;
  /** All communications of a case, oldest first: one call per hundred. */
  communications(caseId: string): Promise<readonly Communication[]>;
  /** All open cases, each with its newest communications: one call per hundred. */
  openCases(): AsyncIterable<Reading>;
  /** Those of the given cases that this account has, resolved or not: one call per hundred. */
  casesById(caseIds: readonly string[]): Promise<readonly Reading[]>;
  /** A fresh address of a file of any size. */
  downloadLink(attachmentId: string): Promise<DownloadLink>;
  /** A file of up to 5 MB itself, by the older operation; larger ones are refused. */
  smallAttachment(attachmentId: string): Promise<{ readonly fileName: string; readonly data: Uint8Array }>;
  /**
   * Adds a communication. AWS has no token that would make this safe to repeat.
   *
   * @param atTurn called when its turn has come, however long that took, and awaited right before the call leaves, which
   *   it does not when this rejects.
   */
  addReply(caseId: string, body: string, atTurn: () => void | Promise<void>): Promise<void>;
  /** Resolves the case, and says how it stood before. */
  resolve(
    caseId: string,
    atTurn: () => void | Promise<void>,
  ): Promise<{ readonly before: string; readonly after: string }>;
}

/** How soon a call must get its turn when calls are scarce (AWS allows five a second per account). */
export type Urgency = 'person' | 'event' | 'sweep';

/** The accounts whose cases the bot can ask for. */
export interface Accounts {
  for(account: string, urgency: Urgency): SupportApi;
  /** One of each set of credentials, for sweeps and for searching. */
  all(urgency: Urgency): readonly SupportApi[];
}
