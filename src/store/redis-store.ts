import type { Redis } from 'ioredis';
import type { ApiCall } from '../case/calls/api-call.js';
import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import type { Doubt } from '../case/doubt.js';
import type { Fact } from '../case/fact.js';
import type { LedgerEntry } from '../case/ledger-entry.js';
import type { Person } from '../case/people.js';
import { type Lease, STANDING_LEASE } from '../lease/lease.js';
import { runFenced } from '../redis/fence.js';
import { runScript, type Script } from '../redis/script.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { auditJson } from './audit-json.js';
import type { StepAbout } from './audit-step.js';
import type { OutboxMessage } from './outbox-message.js';
import { SAVE_ALIAS } from './redis-aliases.js';
import {
  APPEND_AUDIT,
  appendAuditArgs,
  auditedInRedis,
  FORGET_AUDIT,
  readRedisAudit,
} from './redis-audit.js';
import { CALLS_FORGOTTEN_AT_ONCE, callsSeen, callsSince, FORGET_CALLS, takeCalls } from './redis-calls.js';
import { factOf, takeFacts } from './redis-facts.js';
import { FORGET, FORGOTTEN_AT_ONCE } from './redis-forget.js';
import { RedisHeartbeat } from './redis-heartbeat.js';
import { storeKey } from './redis-keys.js';
import {
  AMEND,
  CONFIRM,
  INTEND,
  intentValue,
  LEAVE_THREAD,
  ledgerEntryOf,
  ledgerField,
  RETRACT,
} from './redis-ledger.js';
import { SAVE_NOTE } from './redis-notes.js';
import {
  ADD_TO_OUTBOX,
  addToOutboxArgs,
  CASES_WITH_UNFINISHED,
  CHANGE_OUTBOX,
  changeOutboxArgs,
  inOrderOfSending,
  messageOf,
  messagesOf,
  UNFINISHED,
  WAITING_FOR_CLICK,
} from './redis-outbox.js';
import { FOLLOW, GIVE_BACK, OWNERS, peopleOf, personOf, SET_OWNER, userField } from './redis-people.js';
import { redisPlaces } from './redis-places.js';
import {
  BY_CASE_ID,
  BY_DISPLAY_ID,
  BY_THREAD,
  CASE_FILE,
  caseRecordOf,
  type Flat,
  type FoundCase,
  foundCases,
  LIST,
  pairsOf,
  SAVE_CASE,
  SAVE_SHOWN,
  saveCaseArgs,
  TO_SWEEP,
} from './redis-records.js';
import { ADD_WORDS, keysByWords } from './redis-words.js';
import { BEGUN_MS, DONE_MS } from './request.js';
import type { CaseFile, CasePage, CasePlace, CaseRecord, CaseState, KeptCall, Store } from './store.js';

export interface RedisStoreOptions {
  readonly redis: Redis;
  /** What the keys of the inbox of cases begin with. */
  readonly base: string;
  /** When a case is due of which an event has told, from then; at once unless given. See the inbox. */
  readonly markAfterMs?: number;
  /** The same of one of which a call tells: those that come close together are one look. */
  readonly callsAfterMs?: number;
  /** Called after this process has marked a case, so that it need not wait until the inbox looks again. */
  readonly onMarked: () => void;
  /** How long a message that was sent may be on its way to Slack. */
  readonly settlesWithinMs: number;
  readonly lease?: Lease;
}

type Page = { readonly offset: number; readonly limit: number };
type AccountPage = Page & { readonly account?: string };
type Swept = Pick<CaseRecord, 'key' | 'digest' | 'resolved' | 'walkedAt'>;

/**
 * The store that any number of replicas share. Every method is one command or one script, so it is done as a whole or not
 * at all, and no replica sees half of it. What is kept where: redis-keys.
 */
export class RedisStore implements Store {
  readonly #options: RedisStoreOptions;
  readonly #heartbeat: RedisHeartbeat;
  readonly #lease: Lease;

  /** @param heartbeat that of the store of which this is another face; by default it gets one of its own. */
  constructor(
    options: RedisStoreOptions,
    heartbeat = new RedisHeartbeat(options.redis, options.settlesWithinMs),
  ) {
    this.#options = options;
    this.#lease = options.lease ?? STANDING_LEASE;
    this.#heartbeat = heartbeat;
  }

  under(lease: Lease): RedisStore {
    return new RedisStore({ ...this.#options, lease }, this.#heartbeat);
  }

  async takeFacts(facts: readonly Fact[]): Promise<readonly ('new' | 'duplicate')[]> {
    const isNew = await takeFacts(this.#redis, this.#options, facts);
    if (isNew.includes(true)) this.#options.onMarked();
    return isNew.map((each) => (each ? 'new' : 'duplicate'));
  }

  async takeCalls(calls: readonly ApiCall[]): Promise<readonly ('new' | 'duplicate')[]> {
    const isNew = await takeCalls(this.#redis, this.#options, calls);
    if (isNew.includes(true)) this.#options.onMarked();
    return isNew.map((each) => (each ? 'new' : 'duplicate'));
  }

  async callsSince(place: number, limit: number): Promise<readonly KeptCall[]> {
    return callsSince(this.#redis, place, limit);
  }

  async callsSeen(account: string, times: readonly number[], beforeMs: number): Promise<readonly boolean[]> {
    return callsSeen(this.#redis, account, times, beforeMs);
  }

  async forgetCalls(receivedBefore: number): Promise<void> {
    let removed = CALLS_FORGOTTEN_AT_ONCE;
    while (removed === CALLS_FORGOTTEN_AT_ONCE)
      removed = Number(await this.#write(FORGET_CALLS, receivedBefore));
  }

  async canonical(key: CaseKey): Promise<CaseKey> {
    const means = await this.#redis.hget(storeKey('aliases'), caseKeyText(key));
    return means === null ? key : parseCaseKey(means);
  }

  async saveAlias(alias: CaseKey, key: CaseKey): Promise<void> {
    await this.#write(SAVE_ALIAS, caseKeyText(alias), caseKeyText(key));
  }

  async caseFile(key: CaseKey): Promise<CaseFile> {
    type File = [record: Flat, facts: string[], ledger: Flat, outbox: Flat[], people: Flat, calls: string[]];
    const file = (await this.#read(CASE_FILE, caseKeyText(key))) as File;
    const [record, facts, ledger, outbox, people, calls] = file;
    return {
      record: caseRecordOf(key, record),
      facts: facts.map((json) => factOf(key, json)),
      ledger: pairsOf(ledger).map(([field, value]) => ledgerEntryOf(field, value)),
      outbox: messagesOf(outbox),
      people: peopleOf(people),
      calls: calls.map((json) => JSON.parse(json) as ApiCall),
    };
  }

  async saveCase(record: Omit<CaseRecord, 'shown'>): Promise<void> {
    await this.#write(SAVE_CASE, ...saveCaseArgs(record));
  }

  async saveShown(key: CaseKey, card: Card): Promise<void> {
    await this.#write(SAVE_SHOWN, caseKeyText(key), JSON.stringify(card));
  }

  async getCase(key: CaseKey): Promise<CaseRecord | null> {
    const fields = await this.#redis.hgetall(storeKey('case', caseKeyText(key)));
    return caseRecordOf(key, Object.entries(fields).flat());
  }

  async casesByDisplayId(displayId: string): Promise<readonly CaseRecord[]> {
    return foundCases((await this.#read(BY_DISPLAY_ID, displayId)) as FoundCase[]);
  }

  async casesByCaseId(caseId: string): Promise<readonly CaseRecord[]> {
    const found = (await this.#read(BY_CASE_ID, caseId)) as FoundCase[];
    return foundCases(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  async caseByThread(channel: string, threadTs: string): Promise<CaseRecord | null> {
    return foundCases((await this.#read(BY_THREAD, `${channel} ${threadTs}`)) as FoundCase[])[0] ?? null;
  }

  async listCases(state: CaseState, { offset, limit, account }: AccountPage): Promise<CasePage> {
    if (account !== undefined) return this.#listOf(account, state, { offset, limit });
    const [total, found] = (await this.#read(LIST, state, offset, limit)) as [number, FoundCase[]];
    return { cases: foundCases(found), total };
  }

  async casePlaces(state: CaseState, account?: string): Promise<readonly CasePlace[]> {
    return redisPlaces(this.#redis, await this.#keysIn(state, account));
  }

  async getCases(keys: readonly CaseKey[]): Promise<readonly CaseRecord[]> {
    return (await Promise.all(keys.map((key) => this.getCase(key)))).filter((record) => record !== null);
  }

  async addWords(key: CaseKey, words: readonly string[]): Promise<void> {
    await this.#write(ADD_WORDS, caseKeyText(key), words.join('\n'));
  }

  async placesByWords(beginnings: readonly string[]): Promise<readonly CasePlace[]> {
    return redisPlaces(this.#redis, await keysByWords(this.#redis, beginnings));
  }

  async casesToSweep(activeSince: number): Promise<readonly Swept[]> {
    type Found = [key: string, resolved: number, digest: string | null, walkedAt: string | null];
    return ((await this.#read(TO_SWEEP, -activeSince)) as Found[]).map(
      ([key, resolved, digest, walkedAt]) => ({
        key: parseCaseKey(key),
        digest,
        resolved: resolved === 1,
        walkedAt: walkedAt === null ? null : Number(walkedAt),
      }),
    );
  }

  async intend(key: CaseKey, entry: Omit<LedgerEntry, 'ts' | 'shownBy'>): Promise<void> {
    await this.#write(INTEND, caseKeyText(key), ledgerField(entry.entry, entry.part), intentValue(entry));
  }

  async retract(key: CaseKey, entry: string, part: number): Promise<void> {
    await this.#write(RETRACT, caseKeyText(key), ledgerField(entry, part));
  }

  async confirm(key: CaseKey, entry: string, part: number, ts: string, shownBy?: string): Promise<void> {
    const shown = shownBy === undefined ? ts : `${ts} ${shownBy}`;
    await this.#write(CONFIRM, caseKeyText(key), ledgerField(entry, part), shown);
  }

  async amend(key: CaseKey, entry: string, at: number, shownBy?: string): Promise<void> {
    await this.#write(AMEND, caseKeyText(key), entry, at, ...(shownBy === undefined ? [] : [shownBy]));
  }

  async leaveThread(key: CaseKey): Promise<void> {
    await this.#write(LEAVE_THREAD, caseKeyText(key));
  }

  async setOwner(key: CaseKey, owner: Person | null, line?: AuditEntry): Promise<Person | null> {
    const args = [jsonOf(line), ...(owner === null ? [] : [JSON.stringify(owner)])];
    return personOf((await this.#write(SET_OWNER, caseKeyText(key), ...args)) as string | null);
  }

  async giveBack(key: CaseKey, user: string, line?: AuditEntry): Promise<boolean> {
    return (await this.#write(GIVE_BACK, caseKeyText(key), user, jsonOf(line))) === 1;
  }

  async follow(
    key: CaseKey,
    user: string,
    how: 'follows' | 'muted' | null,
    line?: AuditEntry,
  ): Promise<void> {
    const args = [userField(user), jsonOf(line), ...(how === null ? [] : [how])];
    await this.#write(FOLLOW, caseKeyText(key), ...args);
  }

  async ownersOf(keys: readonly CaseKey[]): Promise<readonly (Person | null)[]> {
    const found = (await this.#read(OWNERS, ...keys.map(caseKeyText))) as (string | null)[];
    return found.map(personOf);
  }

  async addToOutbox(message: OutboxMessage): Promise<boolean> {
    return (await this.#write(ADD_TO_OUTBOX, ...addToOutboxArgs(message))) === 1;
  }

  async getFromOutbox(reference: string): Promise<OutboxMessage | null> {
    const fields = await this.#redis.hgetall(storeKey('message', reference));
    return messageOf(Object.entries(fields).flat());
  }

  async getRequested(request: string): Promise<OutboxMessage | null> {
    const reference = await this.#redis.hget(storeKey('requests'), JSON.stringify(request));
    return reference === null ? null : this.getFromOutbox(reference);
  }

  async changeOutbox(
    reference: string,
    from: readonly OutboxMessage['state'][],
    change: Partial<OutboxMessage>,
    about?: StepAbout,
  ): Promise<boolean> {
    // What is written into the audit trail depends on the state before, so it is changed out of the one in which it was
    // read; where it has moved on meanwhile, out of that.
    for (;;) {
      const before = await this.getFromOutbox(reference);
      if (before === null || !from.includes(before.state)) {
        // Whoever has lost the case must not take this for an answer.
        await this.#write(APPEND_AUDIT);
        return false;
      }
      if ((await this.#write(CHANGE_OUTBOX, ...changeOutboxArgs(before, change, about))) === 1) return true;
    }
  }

  async unfinished(key: CaseKey): Promise<readonly OutboxMessage[]> {
    return messagesOf((await this.#read(UNFINISHED, caseKeyText(key))) as Flat[]).sort(inOrderOfSending);
  }

  async casesWithUnfinished(): Promise<readonly CaseKey[]> {
    return ((await this.#read(CASES_WITH_UNFINISHED)) as string[]).map(parseCaseKey);
  }

  async waitingForClick(before: number): Promise<readonly OutboxMessage[]> {
    return messagesOf((await this.#read(WAITING_FOR_CLICK, before)) as Flat[]).sort(inOrderOfSending);
  }

  async beginRequest(id: string): Promise<'yours' | 'busy' | 'done'> {
    const held = await this.#redis.set(storeKey('begun', id), 'busy', 'PX', BEGUN_MS, 'NX', 'GET');
    if (held === null) return 'yours';
    return held === 'done' ? 'done' : 'busy';
  }

  async endRequest(id: string, end: 'done' | 'undone', forMs = DONE_MS): Promise<void> {
    if (end === 'undone') await this.#redis.del(storeKey('begun', id));
    else await this.#redis.set(storeKey('begun', id), 'done', 'PX', forMs);
  }

  async note(name: string): Promise<string | null> {
    return this.#redis.hget(storeKey('notes'), name);
  }

  async saveNote(name: string, value: string | null): Promise<void> {
    await this.#write(SAVE_NOTE, name, ...(value === null ? [] : [value]));
  }

  async doubts(): Promise<readonly Doubt[]> {
    return this.#heartbeat.doubts(this.#redis);
  }

  async forget(inactiveSince: number): Promise<number> {
    let total = 0;
    for (;;) {
      const forgotten = Number(await this.#write(FORGET, -inactiveSince));
      total += forgotten;
      if (forgotten < FORGOTTEN_AT_ONCE) return total;
    }
  }

  async appendAudit(entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length > 0) await this.#write(APPEND_AUDIT, ...appendAuditArgs(entries));
  }

  async readAudit(query: AuditQuery): Promise<readonly AuditLine[]> {
    return readRedisAudit(this.#redis, query);
  }

  async auditedCases(name: string): Promise<readonly CaseKey[]> {
    return auditedInRedis(this.#redis, name);
  }

  async forgetAudit(before: number): Promise<number> {
    return Number(await this.#write(FORGET_AUDIT, before));
  }

  /** Redis may answer and yet refuse to write: it is full, cannot save to disk, or became a copy. */
  async check(): Promise<void> {
    await this.#redis.set(storeKey('check'), '', 'EX', 60);
  }

  /** The connection is not the store's: it stays. */
  async close(): Promise<void> {
    this.#heartbeat.stop();
  }

  get #redis(): Redis {
    if (this.#heartbeat.isStopped) throw new Error('the store is closed');
    return this.#options.redis;
  }

  async #listOf(account: string, state: CaseState, { offset, limit }: Page): Promise<CasePage> {
    const keys = await this.#keysIn(state, account);
    const page = keys.slice(offset, offset + limit).map(parseCaseKey);
    return { cases: await this.getCases(page), total: keys.length };
  }

  /** As with words: Redis gives the order, and which of it is wanted is found here. */
  async #keysIn(state: CaseState, account: string | undefined): Promise<readonly string[]> {
    const keys = await this.#redis.zrange(storeKey(state), '0', '-1');
    return account === undefined ? keys : keys.filter((key) => key.startsWith(`${account}/`));
  }

  #read(script: Script, ...args: (string | number)[]): Promise<unknown> {
    return runScript(this.#redis, script, [], args);
  }

  #write(script: Script, ...args: (string | number)[]): Promise<unknown> {
    return runFenced(this.#redis, script, this.#lease, [], args);
  }
}

function jsonOf(line: AuditEntry | undefined): string {
  return line === undefined ? '' : auditJson(line);
}
