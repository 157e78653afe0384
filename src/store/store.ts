import type { ApiCall } from '../case/calls/api-call.js';
import type { Card } from '../case/card.js';
import type { CaseKey } from '../case/case-key.js';
import type { Doubt } from '../case/doubt.js';
import type { Fact } from '../case/fact.js';
import type { LedgerEntry } from '../case/ledger-entry.js';
import type { CasePeople, Person } from '../case/people.js';
import type { Lease } from '../lease/lease.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import type { StepAbout } from './audit-step.js';
import type { OutboxMessage } from './outbox-message.js';

/** What we remember of a case besides its facts and its ledger. */
export interface CaseRecord {
  readonly key: CaseKey;
  readonly displayId: string;
  /** Where its thread is; null before there is one. */
  readonly channel: string | null;
  /** Slack's id of the card, which is also that of the thread. */
  readonly threadTs: string | null;
  /** The card as it should be. */
  readonly card: Card | null;
  /** The card as it was shown last. */
  readonly shown: Card | null;
  /** What the case looked like at AWS when it was compared last; see the sweep. */
  readonly digest: string | null;
  readonly resolved: boolean;
  /** When anything happened last, milliseconds since 1970. */
  readonly activityAt: number;
  /** When all pages of its communications were read last; null when they never were. */
  readonly walkedAt: number | null;
  /** When its thread was searched last for messages that the store did not know of; null when it never was. */
  readonly recoveredAt: number | null;
  /** The card of an earlier thread, which somebody deleted; null when there was none. */
  readonly formerTs: string | null;
}

/** What hangs on where a case is: who may read it. */
export interface CasePlace extends Pick<CaseRecord, 'key' | 'channel'> {
  /** AWS's code; null while it is not known. */
  readonly severity: string | null;
}

/** All that a comparison needs, in one read. */
export interface CaseFile {
  readonly record: CaseRecord | null;
  readonly facts: readonly Fact[];
  readonly ledger: readonly LedgerEntry[];
  readonly outbox: readonly OutboxMessage[];
  readonly people: CasePeople;
  /** What CloudTrail's records tell of it: calls that did something to the case, the newest few hundred. */
  readonly calls: readonly ApiCall[];
}

/** A call with its place in the order in which records were taken, which nothing that comes later has. */
export interface KeptCall {
  readonly place: number;
  readonly call: ApiCall;
}

export type CaseState = 'open' | 'resolved' | 'all';

/**
 * The port for what must be remembered. Every write is on durable storage when its promise resolves. A method that
 * cannot be carried out rejects; nothing is half done.
 */
export interface Store {
  /**
   * The same store for one turn of work: its writes reject with LeaseLost, and change nothing, once somebody else has
   * taken over what the lease is for.
   */
  under(lease: Lease): Store;

  /**
   * Keeps facts and marks their cases in the inbox: both or neither. Says of each whether it is new; a duplicate marks
   * nothing. Facts of an alias are kept under the case that it means.
   */
  takeFacts(facts: readonly Fact[]): Promise<readonly ('new' | 'duplicate')[]>;

  /**
   * Keeps calls, each once, and marks the cases to which something was done by them, unless it was by the bot: both or
   * neither. A case that nobody follows is marked for news only. Those of a case are kept with it, and all for the readers of {@link callsSince}. Says
   * of each whether it is new.
   */
  takeCalls(calls: readonly ApiCall[]): Promise<readonly ('new' | 'duplicate')[]>;
  /**
   * Calls that were taken after the one at that place, in the order in which they were; 0: from the first that is kept.
   *
   * @param limit of them at most.
   */
  callsSince(place: number, limit: number): Promise<readonly KeptCall[]>;
  /** Of each of the times whether calls of AWS Support in this account are kept that were made then, or at most so long before. */
  callsSeen(account: string, times: readonly number[], beforeMs: number): Promise<readonly boolean[]>;
  /** Removes calls that came before then; those of a case stay with the case. */
  forgetCalls(receivedBefore: number): Promise<void>;

  /** The key under which a case is kept: the key itself unless it is an alias. */
  canonical(key: CaseKey): Promise<CaseKey>;
  /** From now on `alias` means `key`; what was kept under the alias moves to the key where the key has nothing yet. */
  saveAlias(alias: CaseKey, key: CaseKey): Promise<void>;

  caseFile(key: CaseKey): Promise<CaseFile>;
  /** Keeps all of a record but `shown`, which {@link saveShown} alone writes. */
  saveCase(record: Omit<CaseRecord, 'shown'>): Promise<void>;
  saveShown(key: CaseKey, card: Card): Promise<void>;
  getCase(key: CaseKey): Promise<CaseRecord | null>;
  casesByDisplayId(displayId: string): Promise<readonly CaseRecord[]>;
  casesByCaseId(caseId: string): Promise<readonly CaseRecord[]>;
  caseByThread(channel: string, threadTs: string): Promise<CaseRecord | null>;
  /** Newest activity first; those of one account where it is named (12 digits). */
  listCases(
    state: CaseState,
    page: { readonly offset: number; readonly limit: number; readonly account?: string },
  ): Promise<CasePage>;
  /** The same of all of them at once, with no more than it takes to say who may read each. */
  casePlaces(state: CaseState, account?: string): Promise<readonly CasePlace[]>;
  /** In the order of the keys; those of which nothing is kept are left out. */
  getCases(keys: readonly CaseKey[]): Promise<readonly CaseRecord[]>;
  /**
   * Adds to the words by which a case is found: in small letters, without blanks. Words stay until the case is forgotten;
   * of one case, at most MOST_WORDS.
   */
  addWords(key: CaseKey, words: readonly string[]): Promise<void>;
  /** Cases of whose words one begins with each of these; newest activity first. Without any, all cases that have words. */
  placesByWords(beginnings: readonly string[]): Promise<readonly CasePlace[]>;
  /** Cases that are open, and resolved ones with activity since then. */
  casesToSweep(
    activeSince: number,
  ): Promise<readonly Pick<CaseRecord, 'key' | 'digest' | 'resolved' | 'walkedAt'>[]>;

  /** Writes down that a message is about to be posted. Keeps an intent that is already there. */
  intend(key: CaseKey, entry: Omit<LedgerEntry, 'ts' | 'shownBy'>): Promise<void>;
  /** Takes an intent back: the message was certainly not posted. */
  retract(key: CaseKey, entry: string, part: number): Promise<void>;
  /** Writes down that the message is in the thread, and what it shows that only CloudTrail tells, if anything. */
  confirm(key: CaseKey, entry: string, part: number, ts: string, shownBy?: string): Promise<void>;

  /** Writes down that an entry now shows another time, or this of what CloudTrail tells; not given: nothing of it. */
  amend(key: CaseKey, entry: string, at: number, shownBy?: string): Promise<void>;

  /**
   * Forgets which message is the case's card, because it is not in Slack any more: the thread is kept as the former one,
   * and what was posted there stays posted.
   */
  leaveThread(key: CaseKey): Promise<void>;

  /**
   * Writes down who has the case, that of an alias that which it means; the last one counts. Says who had it before. Like
   * the next two, it adds a line to the audit trail where that changes something: both or neither.
   */
  setOwner(key: CaseKey, owner: Person | null, line?: AuditEntry): Promise<Person | null>;
  /** Nobody has the case any more; false, and nothing done, when this person does not have it. */
  giveBack(key: CaseKey, user: string, line?: AuditEntry): Promise<boolean>;
  /** Whether this person wants to hear of the case, does not although they own it, or has said nothing. */
  follow(key: CaseKey, user: string, how: 'follows' | 'muted' | null, line?: AuditEntry): Promise<void>;
  /** Who has each of the cases, in their order. */
  ownersOf(keys: readonly CaseKey[]): Promise<readonly (Person | null)[]>;

  /**
   * Keeps a message, that of an alias under the case that it means; false when one for the same request is there already. That it was
   * asked for is written into the audit trail with it.
   */
  addToOutbox(message: OutboxMessage): Promise<boolean>;
  getFromOutbox(reference: string): Promise<OutboxMessage | null>;
  /** What is kept for a request; see {@link OutboxMessage.request}. */
  getRequested(request: string): Promise<OutboxMessage | null>;
  /**
   * Changes a message that is still in one of the states; false, and nothing done, when it is not. With another key it
   * belongs to that case from then on, that of an alias to the one that it means. What is a step of the act is written
   * into the audit trail with it: both or neither.
   */
  changeOutbox(
    reference: string,
    from: readonly OutboxMessage['state'][],
    change: Partial<OutboxMessage>,
    about?: StepAbout,
  ): Promise<boolean>;
  /** Messages of a case that are not at their end, or whose sender has not heard of it; oldest first. */
  unfinished(key: CaseKey): Promise<readonly OutboxMessage[]>;
  /** Cases that have such messages. */
  casesWithUnfinished(): Promise<readonly CaseKey[]>;
  /** Messages in whose state a person has to press a button, made or moved on before then; oldest first. */
  waitingForClick(before: number): Promise<readonly OutboxMessage[]>;

  /**
   * Begins something that must be done once although it may be asked for again, also of another process. `busy`: it is
   * under way elsewhere, or was and its process died; ask again until it is `done` or `yours`.
   */
  beginRequest(id: string): Promise<'yours' | 'busy' | 'done'>;
  /**
   * Ends what was begun: it is remembered that it was done, for an hour unless told otherwise, or it may be begun again at
   * once.
   */
  endRequest(id: string, end: 'done' | 'undone', forMs?: number): Promise<void>;

  /** Small things to know across restarts and replicas, by name. */
  note(name: string): Promise<string | null>;
  saveNote(name: string, value: string | null): Promise<void>;

  /**
   * The spans of time of which this store may have lost what it knew, oldest first. To be asked after what it is compared
   * with was read: a loss in between would go unnoticed.
   */
  doubts(): Promise<readonly Doubt[]>;
  /** Removes resolved cases, with all that belongs to them, on which nothing has happened since. Returns how many. */
  forget(inactiveSince: number): Promise<number>;

  /**
   * Adds lines to the audit trail, in this order. No line is ever changed, and none goes but by {@link forgetAudit}. May
   * have been done where it rejects: what is to be there once is not added again.
   */
  appendAudit(entries: readonly AuditEntry[]): Promise<void>;
  /** Lines in the order in which the store took them. Fewer than asked for: there are no more. */
  readAudit(query: AuditQuery): Promise<readonly AuditLine[]>;
  /** Cases that lines of the trail name by this number or case id, as they were written then. */
  auditedCases(name: string): Promise<readonly CaseKey[]>;
  /** Removes the oldest lines, which the store took before then: a thousand at most. Returns how many. */
  forgetAudit(before: number): Promise<number>;

  /** Rejects when the store cannot be written to now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface CasePage {
  readonly cases: readonly CaseRecord[];
  readonly total: number;
}
