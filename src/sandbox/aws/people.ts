import type { Account } from './account.js';
import type { AttachmentFile, AttachmentRoom } from './attachment-room.js';
import type { CaseBook } from './case-book.js';
import { AWS_NAME, type CaseState, caseState, type From, type StoredCase } from './case-state.js';
import { type ConsolePerson, JANE, submittedByOf } from './console-person.js';
import type { CallMade } from './trail/call-event.js';
import { toldOfCall } from './trail/case-calls.js';
import { inConsole } from './trail/who.js';

/**
 * What customers in the console and AWS's agents can do to a case. The console calls the API for its people, so CloudTrail
 * hears of what they do; what AWS does, and what comes by e-mail, is no call.
 */
export interface People {
  openCase(opening: OpenCase): CaseState;
  /** A customer's reply reopens a resolved case (for 14 days); one from AWS leaves it resolved. */
  reply(caseId: string, reply: ReplyAs): CaseState;
  resolve(caseId: string, deed?: ResolveAs): CaseState;
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
  /** No event is made, and no record. */
  silent?: boolean | undefined;
}

export interface ResolveAs extends Deed {
  /** Null: AWS. */
  by?: ConsolePerson | null | undefined;
}

export interface OpenCase extends Deed {
  /** Default: the first account. */
  account?: string | undefined;
  subject: string;
  body: string;
  by?: ConsolePerson | undefined;
  /** Whoever writes by another way than the console, and as AWS names them. */
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
  by?: ConsolePerson | undefined;
  /** Of one by another way than the console. */
  submittedBy?: string | undefined;
  attachments?: readonly AttachmentFile[] | undefined;
}

export interface PeopleDeps {
  book: CaseBook;
  attachments: AttachmentRoom;
  /** Throws for an unknown id; without one, the first. */
  account: (id: string | undefined) => Account;
  now: () => number;
  /** CloudTrail hears of it. */
  trail: (call: CallMade) => void;
  /** Throws for an unknown id. */
  stored: (caseId: string) => StoredCase;
}

export function makePeople({ book, attachments, account, now, trail, stored }: PeopleDeps): People {
  const called = (name: string, person: ConsolePerson, of: StoredCase, deed: Deed, output: Fields) => {
    if (deed.silent === true) return;
    const { accountId, caseId, severityCode, categoryCode, serviceCode, language, issueType } = of;
    const input = { caseId, severityCode, categoryCode, serviceCode, language, issueType };
    const told = toldOfCall(name, input, output);
    const at = deed.at ?? now();
    const call = { source: 'support.amazonaws.com', name, account: accountId, at };
    if (told !== null) trail({ ...call, who: inConsole(person, accountId, at), ...told });
  };
  return {
    openCase(opening) {
      const accountId = account(opening.account).id;
      const person = inConsoleOnly(opening);
      const opened = book.open({
        accountId,
        subject: opening.subject,
        body: opening.body,
        submittedBy: opening.submittedBy ?? submittedByOf(person ?? JANE),
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
      if (person !== null) called('CreateCase', person, opened, opening, { caseId: opened.caseId });
      return caseState(opened);
    },
    reply(caseId, reply) {
      const target = stored(caseId);
      const person = reply.from === 'aws' ? null : inConsoleOnly(reply);
      book.reply(target, {
        ...reply,
        submittedBy: reply.from === 'aws' ? AWS_NAME : (reply.submittedBy ?? submittedByOf(person ?? JANE)),
        attachments: attachments.keep(target.accountId, reply.attachments ?? []),
      });
      if (person !== null) called('AddCommunicationToCase', person, target, reply, { result: true });
      return caseState(target);
    },
    resolve(caseId, deed = {}) {
      const target = stored(caseId);
      const output = book.resolve(target, deed);
      const { by = JANE } = deed;
      if (by !== null) called('ResolveCase', by, target, deed, output);
      return caseState(target);
    },
    setStatus: (caseId, status) => book.change(stored(caseId), { status }),
    setSeverity: (caseId, severityCode) => book.change(stored(caseId), { severityCode }),
    rename: (caseId, newId) => book.rename(stored(caseId), newId),
    case: (caseId) => caseState(stored(caseId)),
    cases: () => book.all().map(caseState),
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Null for what came by another way than the console. */
function inConsoleOnly({ by, submittedBy }: Pick<OpenCase, 'by' | 'submittedBy'>): ConsolePerson | null {
  return by ?? (submittedBy === undefined ? JANE : null);
}
