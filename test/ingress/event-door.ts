import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiCall } from '../../src/case/calls/api-call.js';
import { caseKeyText } from '../../src/case/case-key.js';
import type { Fact } from '../../src/case/fact.js';
import { NO_FILE } from '../../src/config/config-file.js';
import { refusedBy } from '../../src/config/refused-by.js';
import { SqliteInbox } from '../../src/inbox/sqlite-inbox.js';
import { awsEvents } from '../../src/ingress/aws-events.js';
import type { RefusedBy } from '../../src/ingress/parse-events.js';
import { type ServerLimits, startServer } from '../../src/ingress/server.js';
import { Database } from '../../src/sqlite/database.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { Store } from '../../src/store/store.js';
import { createLog } from '../../src/telemetry/log.js';
import { temporaryFolder } from '../temporary-folder.js';

export const KEY = 'event-key-for-tests-0001';
export const ACCOUNT = '111122223333';

export const EVENT_FILES = ['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'ReopenCase'] as const;

export interface WireEvent {
  [field: string]: unknown;
  detail: Record<string, unknown>;
}

/** An event as AWS documents it; each call gives a copy that may be changed. */
export function wireEvent(name: (typeof EVENT_FILES)[number] = 'AddCommunicationToCase'): WireEvent {
  return JSON.parse(readFileSync(`test/fixtures/support-case-update/${name}.json`, 'utf8')) as WireEvent;
}

export interface EventDoorOptions {
  readonly keys?: readonly string[];
  readonly accounts?: readonly string[];
  /** In place of `accounts`. */
  readonly refusedBy?: RefusedBy;
  readonly ownRoles?: readonly string[];
  /** In place of a real one. */
  readonly takeFacts?: Store['takeFacts'];
  readonly takeCalls?: (
    calls: Parameters<Store['takeCalls']>[0],
    store: Pick<Store, 'takeCalls'>,
  ) => ReturnType<Store['takeCalls']>;
  readonly saveNote?: Store['saveNote'];
  /** In place of the one on SQLite. */
  readonly store?: Pick<Store, 'takeFacts' | 'takeCalls' | 'note' | 'saveNote'>;
  readonly limits?: ServerLimits;
}

/** `/aws/events` over real HTTP, on a real store. */
export interface EventDoor {
  readonly port: number;
  readonly url: string;
  readonly log: readonly Record<string, unknown>[];
  /** How many events had each result. */
  readonly counted: Readonly<Record<string, number>>;
  /** What is in the store of a case. */
  facts(caseId: string): Promise<readonly Fact[]>;
  marked(): readonly string[];
  /** All calls that are kept, in the order in which they came. */
  calls(): Promise<readonly ApiCall[]>;
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Takes no more requests, and resolves once the server holds no connection, however long that takes. */
  noConnectionLeft(): Promise<void>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export async function openEventDoor(options: EventDoorOptions = {}): Promise<EventDoor> {
  const folder = temporaryFolder();
  const db = await Database.open(join(folder.path, 'casethread.db'));
  const inbox = new SqliteInbox({ db, queue: 'cases', now: Date.now, parkedMs: 1_000 });
  const store = sqliteStore({ db, now: Date.now, mark: (key) => inbox.markNow(key) });
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
  const counted: Record<string, number> = {};
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    log,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    routes: {
      '/aws/events': {
        POST: awsEvents({
          store: {
            takeFacts: options.takeFacts ?? ((facts) => (options.store ?? store).takeFacts(facts)),
            takeCalls: (calls) =>
              options.takeCalls?.(calls, store) ?? (options.store ?? store).takeCalls(calls),
            note: (name) => (options.store ?? store).note(name),
            saveNote: options.saveNote ?? ((name, value) => (options.store ?? store).saveNote(name, value)),
          },
          keys: options.keys ?? [KEY],
          refusedBy: options.refusedBy ?? ((account) => refusedBy(account, options.accounts ?? [], NO_FILE)),
          ownRoles: () => options.ownRoles ?? [],
          log,
          metrics: {
            events: (result) => {
              counted[result] = (counted[result] ?? 0) + 1;
            },
          },
          now: () => 1_700_000_000_000,
        }),
      },
    },
  });
  const url = `http://127.0.0.1:${server.port}/aws/events`;
  return {
    port: server.port,
    url,
    log: lines,
    counted,
    facts: async (caseId) => (await store.caseFile({ account: ACCOUNT, caseId })).facts,
    calls: async () => (await store.callsSince(0, 1_000)).map(({ call }) => call),
    marked: () => db.all('SELECT key FROM marks ORDER BY key').map((row) => String(row.key)),
    async post(body, headers = { 'x-api-key': KEY }) {
      const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
      const response = await fetch(url, {
        method: 'POST',
        body: raw,
        headers: { 'content-type': 'application/json', ...headers },
      });
      return {
        status: response.status,
        headers: response.headers,
        body: (await response.json()) as Record<string, unknown>,
      };
    },
    noConnectionLeft: () => server.close(3_600_000),
    async close() {
      await server.close(500);
      db.close();
      folder.remove();
    },
  };
}

export function keyText(caseId: string): string {
  return caseKeyText({ account: ACCOUNT, caseId });
}
