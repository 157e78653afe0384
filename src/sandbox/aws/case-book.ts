import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { ApiError, invalid } from './api-error.js';
import {
  type AttachmentRef,
  AWS_NAME,
  type From,
  type StoredCase,
  type StoredCommunication,
} from './case-state.js';
import type { KeptAws, KeptCase } from './kept-aws.js';
import { redact } from './redact.js';
import { type Happening, makeSupportEvent, type SupportEvent } from './support-event.js';
import { wholeSecond } from './wire-time.js';

/**
 * All cases of all accounts, and every deed that changes one, whoever does it: API, console, agent. In: deeds. Out: the
 * changed case and the events that EventBridge would send. Promise: when listeners hear of a deed, it is complete.
 */
export interface CaseBookDeps {
  now: () => number;
  /** How much later a new communication is shown; asked for each. */
  showDelayMs: () => number;
  /** Whether the opening text also makes an AddCommunicationToCase event: unknown of the real service (facts 3.1). */
  openingEvent: boolean;
  /** The most characters of a text. */
  longestBody: number;
  emit: (event: SupportEvent) => void;
  changed: () => void;
  /** What an earlier run left. */
  kept?: Pick<KeptAws, 'serial' | 'cases'> | undefined;
}

export interface Opening {
  accountId: string;
  subject: string;
  body: string;
  submittedBy: string;
  severityCode: string;
  serviceCode: string;
  categoryCode: string;
  language?: string | undefined;
  issueType?: string | undefined;
  ccEmailAddresses?: readonly string[] | undefined;
  attachments?: AttachmentRef[] | undefined;
  caseId?: string | undefined;
  displayId?: string | undefined;
  at?: number | undefined;
  silent?: boolean | undefined;
}

export interface Reply {
  from: From;
  body: string;
  submittedBy: string;
  ccEmailAddresses?: readonly string[] | undefined;
  attachments?: AttachmentRef[] | undefined;
  at?: number | undefined;
  silent?: boolean | undefined;
}

/** A resolved case can be reopened for 14 days, by replying (facts 2.3 "Reopen"). */
const REOPEN_WINDOW_MS = 14 * 24 * 3_600_000;

export class CaseBook {
  readonly #deps: CaseBookDeps;
  readonly #cases: StoredCase[] = [];
  /** Former case ids and the case they now lead to. */
  readonly #formerIds = new Map<string, StoredCase>();
  #serial = 0;

  constructor(deps: CaseBookDeps) {
    this.#deps = deps;
    this.#serial = deps.kept?.serial ?? 0;
    for (const { formerIds, ...kept } of structuredClone(deps.kept?.cases ?? [])) {
      const stored: StoredCase = { ...kept, resolvedAt: kept.resolvedAt };
      this.#cases.push(stored);
      for (const formerId of formerIds) this.#formerIds.set(formerId, stored);
    }
  }

  toKeep(): Pick<KeptAws, 'serial' | 'cases'> {
    const formerIds = new Map<StoredCase, string[]>();
    for (const [id, stored] of this.#formerIds) formerIds.set(stored, [...(formerIds.get(stored) ?? []), id]);
    const cases = this.#cases.map(
      (stored): KeptCase => ({ ...structuredClone(stored), formerIds: formerIds.get(stored) ?? [] }),
    );
    return { serial: this.#serial, cases };
  }

  all(): readonly StoredCase[] {
    return this.#cases;
  }

  find(caseId: string): StoredCase | undefined {
    return this.#cases.find((stored) => stored.caseId === caseId) ?? this.#formerIds.get(caseId);
  }

  open(opening: Opening): StoredCase {
    this.#checkBody(opening.body);
    if (opening.caseId !== undefined && this.find(opening.caseId) !== undefined) {
      throw new Error(`case ${opening.caseId} exists already`);
    }
    const at = wholeSecond(opening.at ?? this.#deps.now());
    const stored: StoredCase = {
      serial: ++this.#serial,
      accountId: opening.accountId,
      caseId: opening.caseId ?? this.#newCaseId(opening.accountId, at),
      displayId: opening.displayId ?? this.#newDisplayId(),
      subject: redact(opening.subject),
      status: 'unassigned',
      serviceCode: opening.serviceCode,
      categoryCode: opening.categoryCode,
      severityCode: opening.severityCode,
      submittedBy: emailOf(opening.submittedBy),
      time: at,
      language: opening.language ?? 'en',
      issueType: opening.issueType ?? 'technical',
      ccEmailAddresses: [...(opening.ccEmailAddresses ?? [])],
      resolvedAt: undefined,
      communications: [],
    };
    const first = this.#addCommunication(stored, { ...opening, from: 'customer', at });
    this.#cases.push(stored);
    const happenings = [this.#happening(stored, 'CreateCase', at)];
    if (this.#deps.openingEvent)
      happenings.push(this.#happening(stored, 'AddCommunicationToCase', at, first));
    this.#tell(opening.silent, happenings);
    return stored;
  }

  /**
   * By the customer: reopens a resolved case, and answers a pending question. By AWS: the customer has to act next. A
   * word from AWS on a resolved case leaves it resolved, since only a customer's reply reopens.
   */
  reply(stored: StoredCase, reply: Reply): StoredCommunication {
    this.#checkBody(reply.body);
    const at = wholeSecond(reply.at ?? this.#deps.now());
    const happenings: Happening[] = [];
    if (stored.status === 'resolved') {
      if (reply.from === 'customer') {
        this.checkReopenable(stored, at);
        stored.status = 'reopened';
        stored.resolvedAt = undefined;
        happenings.push(this.#happening(stored, 'ReopenCase', at));
      }
    } else if (reply.from === 'aws') {
      stored.status = 'pending-customer-action';
    } else if (stored.status === 'pending-customer-action') {
      stored.status = 'customer-action-completed';
    }
    const communication = this.#addCommunication(stored, { ...reply, at });
    for (const address of reply.ccEmailAddresses ?? []) {
      if (!stored.ccEmailAddresses.includes(address)) stored.ccEmailAddresses.push(address);
    }
    happenings.push(this.#happening(stored, 'AddCommunicationToCase', at, communication));
    this.#tell(reply.silent, happenings);
    return communication;
  }

  /** Throws if a reply by the customer would be refused. The real error's name is unknown (facts 2.3 "Reopen"). */
  checkReopenable(stored: StoredCase, at = this.#deps.now()): void {
    if (stored.resolvedAt !== undefined && at - stored.resolvedAt > REOPEN_WINDOW_MS) {
      throw invalid('The case was resolved more than 14 days ago and cannot be reopened. Create a new case.');
    }
  }

  /** Resolving a resolved case changes nothing and makes no event. */
  resolve(
    stored: StoredCase,
    options: { at?: number | undefined; silent?: boolean | undefined } = {},
  ): { initialCaseStatus: string; finalCaseStatus: string } {
    const initialCaseStatus = stored.status;
    if (initialCaseStatus !== 'resolved') {
      const at = wholeSecond(options.at ?? this.#deps.now());
      stored.status = 'resolved';
      stored.resolvedAt = at;
      this.#tell(options.silent, [this.#happening(stored, 'ResolveCase', at)]);
    }
    return { initialCaseStatus, finalCaseStatus: 'resolved' };
  }

  /** Changes of status and severity make no event (facts 3.1 "No event for"). */
  change(stored: StoredCase, change: { status?: string; severityCode?: string }): void {
    if (change.status === 'resolved' && stored.status !== 'resolved') {
      throw new Error('resolve a case with resolve(), so that its time is kept and its event made');
    }
    if (change.status !== undefined && change.status !== 'resolved') stored.resolvedAt = undefined;
    Object.assign(stored, change);
    this.#deps.changed();
  }

  rename(stored: StoredCase, newId: string): void {
    const other = this.find(newId);
    if (other !== undefined && other !== stored) throw new Error(`case id ${newId} is taken`);
    this.#formerIds.set(stored.caseId, stored);
    stored.caseId = newId;
    this.#deps.changed();
  }

  #addCommunication(
    stored: StoredCase,
    from: Pick<Reply, 'from' | 'body' | 'submittedBy' | 'attachments'> & { at: number },
  ): StoredCommunication {
    const communication: StoredCommunication = {
      serial: ++this.#serial,
      communicationId: `ekko:us-east-1:${randomUUID()}`,
      from: from.from,
      body: redact(from.body),
      submittedBy: from.from === 'aws' ? AWS_NAME : from.submittedBy,
      time: from.at,
      // Counted from the deed, not from the time it claims: `at` may lie in the past.
      // Never before an earlier one, also where the delay was made shorter in between.
      shownFrom: Math.max(
        this.#deps.now() + this.#deps.showDelayMs(),
        stored.communications.at(-1)?.shownFrom ?? 0,
      ),
      attachments: from.attachments ?? [],
    };
    stored.communications.push(communication);
    return communication;
  }

  #happening(
    stored: StoredCase,
    name: Happening['name'],
    at: number,
    communication?: StoredCommunication,
  ): Happening {
    const { accountId, caseId, displayId } = stored;
    if (communication === undefined) return { name, accountId, caseId, displayId, at };
    const { communicationId: id, from } = communication;
    return { name, accountId, caseId, displayId, at, communication: { id, from } };
  }

  #tell(silent: boolean | undefined, happenings: Happening[]): void {
    if (silent !== true) for (const happening of happenings) this.#deps.emit(makeSupportEvent(happening));
    this.#deps.changed();
  }

  #newCaseId(accountId: string, at: number): string {
    const year = new Date(at).getUTCFullYear();
    return `case-${accountId}-muen-${year}-${randomBytes(8).toString('hex')}`;
  }

  #newDisplayId(): string {
    const displayId = String(randomInt(1_000_000_000, 10_000_000_000));
    return this.#cases.some((stored) => stored.displayId === displayId) ? this.#newDisplayId() : displayId;
  }

  /**
   * 1 to 8000 (facts 2.2), counted in UTF-16 units: how the service counts an emoji is unknown, and this is the stricter
   * way to count.
   */
  #checkBody({ length }: string): void {
    const most = this.#deps.longestBody;
    if (length < 1 || length > most)
      throw new ApiError('ValidationException', `a communication has 1 to ${most} characters, not ${length}`);
  }
}

/** The case itself shows only the address of who opened it (facts 2.3 "submittedBy"). */
function emailOf(submittedBy: string): string {
  return /<([^<>]+)>\s*$/.exec(submittedBy)?.[1] ?? submittedBy;
}
