import type { Account } from './account.js';
import type { AttachmentFile, AttachmentRoom } from './attachment-room.js';
import type { CaseBook } from './case-book.js';
import { AWS_NAME, type CaseState, caseState, type From, type StoredCase } from './case-state.js';

/** What customers in the console and AWS's agents can do to a case; no API call is involved. */
export interface People {
  openCase(opening: OpenCase): CaseState;
  /** A customer's reply reopens a resolved case (for 14 days); one from AWS leaves it resolved. */
  reply(caseId: string, reply: ReplyAs): CaseState;
  resolve(caseId: string, deed?: Deed): CaseState;
  /** Any word but `resolved`; the real service may invent new ones. Makes no event. */
  setStatus(caseId: string, status: string): void;
  /** Makes no event. */
  setSeverity(caseId: string, severityCode: string): void;
  /** From now on the API knows the case by `newId` only, but still finds it when asked for the old one. */
  rename(caseId: string, newId: string): void;
  /** A copy of everything there is to know of a case. */
  case(caseId: string): CaseState;
  /** All of them, in the order they were made. */
  cases(): CaseState[];
}

export interface Deed {
  /** When it happens, in ms; default now. */
  at?: number | undefined;
  /** No event is made. */
  silent?: boolean | undefined;
}

export interface OpenCase extends Deed {
  /** Default: the first account. */
  account?: string | undefined;
  subject: string;
  body: string;
  submittedBy?: string | undefined;
  severity?: string | undefined;
  service?: string | undefined;
  category?: string | undefined;
  language?: string | undefined;
  cc?: readonly string[] | undefined;
  attachments?: readonly AttachmentFile[] | undefined;
  caseId?: string | undefined;
  displayId?: string | undefined;
}

export interface ReplyAs extends Deed {
  from: From;
  body: string;
  /** Of a customer's reply; AWS's are always by `Amazon Web Services`. */
  submittedBy?: string | undefined;
  attachments?: readonly AttachmentFile[] | undefined;
}

const CONSOLE_USER = 'AdminRole (Role) <janedoe@example.com>';

export interface PeopleDeps {
  book: CaseBook;
  attachments: AttachmentRoom;
  /** Throws for an unknown id; without one, the first. */
  account: (id: string | undefined) => Account;
  /** Throws for an unknown id. */
  stored: (caseId: string) => StoredCase;
}

export function makePeople({ book, attachments, account, stored }: PeopleDeps): People {
  return {
    openCase(opening) {
      const accountId = account(opening.account).id;
      const opened = book.open({
        accountId,
        subject: opening.subject,
        body: opening.body,
        submittedBy: opening.submittedBy ?? CONSOLE_USER,
        severityCode: opening.severity ?? 'low',
        serviceCode: opening.service ?? 'general-info',
        categoryCode: opening.category ?? 'using-aws',
        language: opening.language,
        ccEmailAddresses: opening.cc,
        attachments: attachments.keep(accountId, opening.attachments ?? []),
        caseId: opening.caseId,
        displayId: opening.displayId,
        at: opening.at,
        silent: opening.silent,
      });
      return caseState(opened);
    },
    reply(caseId, reply) {
      const target = stored(caseId);
      book.reply(target, {
        ...reply,
        submittedBy: reply.from === 'aws' ? AWS_NAME : (reply.submittedBy ?? CONSOLE_USER),
        attachments: attachments.keep(target.accountId, reply.attachments ?? []),
      });
      return caseState(target);
    },
    resolve(caseId, deed = {}) {
      const target = stored(caseId);
      book.resolve(target, deed);
      return caseState(target);
    },
    setStatus: (caseId, status) => book.change(stored(caseId), { status }),
    setSeverity: (caseId, severityCode) => book.change(stored(caseId), { severityCode }),
    rename: (caseId, newId) => book.rename(stored(caseId), newId),
    case: (caseId) => caseState(stored(caseId)),
    cases: () => book.all().map(caseState),
  };
}
