import type { Case } from '../case/case.js';
import type { CaseKey } from '../case/case-key.js';
import type { Communication } from '../case/communication.js';
import type { Reading } from '../case/reading.js';

/** A service as DescribeServices lists it: codes are what AWS takes and gives, names are what people know. */
export interface Service {
  readonly code: string;
  readonly name: string;
  readonly categories: readonly Category[];
}

export interface Category {
  readonly code: string;
  readonly name: string;
}

/** A severity that the account's plan has, as DescribeSeverityLevels lists it. Its name is not that of the console. */
export interface SeverityLevel {
  readonly code: string;
  readonly name: string;
}

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
 * `addReply`, `resolve` and `openCase` are sent once, and their error says whether AWS may have carried them out.
 */
export interface SupportApi {
  /** 12 digits; null: whatever account the bot's own credentials belong to, where nobody has said which. */
  readonly account: string | null;
  /** What a person is told of a case that is not there, where more can be said than that AWS has none. */
  readonly noSuchCase?: string;
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
  /** All services with their categories, in English: one call, and a long answer. Ask the catalogue instead. */
  services(): Promise<readonly Service[]>;
  /** One call. */
  severities(): Promise<readonly SeverityLevel[]>;
  /** The languages in which such a case can be handled: one call. */
  languages(issueType: IssueType, service: string, category: string): Promise<readonly Language[]>;
  /** A fresh address of a file of any size. */
  downloadLink(attachmentId: string): Promise<DownloadLink>;
  /** A file of up to 5 MB itself, by the older operation; larger ones are refused. */
  smallAttachment(attachmentId: string): Promise<{ readonly fileName: string; readonly data: Uint8Array }>;
  /**
   * Opens a case, and says which it is. AWS has no token that would make this safe to repeat, and takes ten an hour.
   *
   * @param atTurn as for {@link addReply}.
   */
  openCase(
    newCase: NewCase,
    atTurn: () => void | Promise<void>,
  ): Promise<Answered & { readonly key: CaseKey }>;
  /** Asks AWS whether it would open the case, and opens nothing. Rejects where it would not. */
  tryToOpen(newCase: NewCase): Promise<void>;
  /**
   * Adds a communication. AWS has no token that would make this safe to repeat. What it carries may have expired since it
   * was brought: see {@link hasExpired}.
   *
   * @param atTurn called when its turn has come, however long that took, and awaited right before the call leaves, which
   *   it does not when this rejects.
   */
  addReply(caseId: string, letter: Letter, atTurn: () => void | Promise<void>): Promise<Answered>;
  /** Resolves the case, and says how it stood before. */
  resolve(
    caseId: string,
    atTurn: () => void | Promise<void>,
  ): Promise<Answered & { readonly before: string; readonly after: string }>;

  /**
   * Puts small files into an attachment set: at most 3 of 5 MB, for an hour. May be repeated: what no communication
   * carries vanishes by itself.
   *
   * @param setId of the set that is to hold them as well; else a new one is made.
   */
  addAttachments(files: readonly AttachmentFile[], setId?: string): Promise<AttachmentSet>;
  /** Begins the upload of one file of 1 byte to 150 MB, part by part. May be repeated, as above, within 24 hours. */
  beginUpload(file: { readonly name: string; readonly size: number }): Promise<Upload>;
  /** Fresh addresses of the parts from `firstPart` on, at most ten. */
  uploadUrls(upload: Pick<Upload, 'id' | 'fileName'>, firstPart: number): Promise<readonly PartUrl[]>;
  /**
   * Puts one part where it goes. May be repeated.
   *
   * @param bytes exactly `size` of them. What they throw is passed on as it is.
   */
  putPart(to: PartUrl, bytes: AsyncIterable<Uint8Array>, size: number): Promise<UploadedPart>;
  /** Says that all parts are there. A letter may carry the file when it is `ready`. */
  completeUpload(uploadId: string, parts: readonly UploadedPart[]): Promise<UploadStatus>;
  uploadStatus(uploadId: string): Promise<UploadStatus>;
}

/** What AWS says of a call that it has carried out. */
export interface Answered {
  /** AWS's id of the call, which CloudTrail has as well; null where AWS gave none. */
  readonly requestId: string | null;
}

/** What somebody writes to AWS: one communication, on a case or as the opening of a new one. */
export interface Letter {
  /** 1 to 8,000 characters. */
  readonly body: string;
  /** At most ten addresses, which get a copy by e-mail. */
  readonly cc?: readonly string[];
  /** Files that were brought before: a set of small ones, or up to ten uploads that are `ready`. */
  readonly attachmentSetId?: string;
  readonly uploadIds?: readonly string[];
}

export interface AttachmentFile {
  readonly name: string;
  readonly data: Uint8Array;
}

export interface AttachmentSet {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A file on its way to AWS in parts, which are numbered from 1. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  /** Of all parts but the last, which is what remains; at most 100 MB. */
  readonly partBytes: number;
  readonly parts: number;
  /** Addresses of the first parts, at most ten. */
  readonly urls: readonly PartUrl[];
}

/** Where the bytes of one part are put, by whoever knows the address. */
export interface PartUrl {
  readonly part: number;
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface UploadedPart {
  readonly part: number;
  /** As the answer to the part names it. */
  readonly eTag: string;
}

/** `not-ready`: AWS still looks at it. `failed`: it has to be uploaded anew. */
export type UploadStatus = 'ready' | 'not-ready' | 'failed';

/** What is needed to open a case; codes as the lists above have them. */
export interface NewCase {
  readonly subject: string;
  readonly service: string;
  readonly category: string;
  readonly severity: string;
  /** `en`, `ja`, … */
  readonly language: string;
  readonly issueType: IssueType;
  readonly letter: Letter;
}

export type IssueType = 'technical' | 'customer-service';

/** A language in which AWS takes up a case. */
export interface Language {
  readonly code: string;
  /** As its speakers call it, or in English. */
  readonly name: string;
}

/** In place of an account id: whatever account the only set of credentials belongs to. */
export const OWN_ACCOUNT = 'own';

/** How soon a call must get its turn when calls are scarce (AWS allows five a second per account). */
export type Urgency = 'person' | 'event' | 'sweep';

/** The accounts whose cases the bot can ask for. */
export interface Accounts {
  /**
   * Of an account whose cases cannot be asked for (it is not listed, or its plan does not include it) every method rejects
   * with a SupportError of the kind `events-only`, and no call is made.
   *
   * @param account 12 digits, or {@link OWN_ACCOUNT}.
   */
  for(account: string, urgency: Urgency): SupportApi;
  /** Why an account is not asked, as configured; null where it is. A sentence. */
  whyNotAsked(account: string): string | null;
  /** One of each account that can be asked, for sweeps, for searching and for opening cases. */
  all(urgency: Urgency): readonly SupportApi[];
}
