/**
 * While the bot runs, nobody else can open its database file. Whoever may read the file may read the audit trail all the
 * same: by a socket beside it, which is no address of the network, and is the bot's own user's alone.
 */
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { isCursor } from '../store/audit-entry.js';
import { type ExportQuery, exportAudit } from '../store/export-audit.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';

/** Systems take no longer path of a socket (108 bytes on Linux, 104 on macOS, one of them for the end). */
const LONGEST_PATH = 103;
const ENDING = '.sock';
/** Of the database file, in full, in bytes: with a longer one, a bot can make no socket. */
export const LONGEST_DATABASE_PATH = LONGEST_PATH - ENDING.length;
const MOST_LINES = 1_000;

export function auditSocketPath(databasePath: string): string {
  return `${resolve(databasePath)}${ENDING}`;
}

export function isTooLongForSocket(databasePath: string): boolean {
  return Buffer.byteLength(resolve(databasePath)) > LONGEST_DATABASE_PATH;
}

export interface AuditSocketOptions {
  /** Of the database file. */
  readonly path: string;
  readonly store: Store;
  readonly log: Log;
}

/** Never rejects: without it, the bot works all the same, and the audit trail can be read where it is stopped. */
export async function openAuditSocket({
  path: databasePath,
  store,
  log,
}: AuditSocketOptions): Promise<{ close(): Promise<void> } | null> {
  const path = auditSocketPath(databasePath);
  if (isTooLongForSocket(databasePath)) {
    log.warn('npm run audit works only while the bot is stopped: DATABASE_PATH is too long', { path });
    return null;
  }
  const server = createServer((request, response) => {
    void answer(store, request, response).catch((error: unknown) => {
      log.warn('the audit trail could not be read', errorFields(error));
      if (!response.headersSent) send(response, 503, { error: 'unreadable' });
      else response.destroy();
    });
  });
  try {
    // Of a process that was killed: the lock on the database says that there is no other.
    rmSync(path, { force: true });
    await new Promise<void>((done, reject) => {
      server.once('error', reject);
      server.listen(path, done);
    });
    chmodSync(path, 0o600);
  } catch (error) {
    log.warn('npm run audit works only while the bot is stopped', { path, ...errorFields(error) });
    server.close();
    return null;
  }
  // One that cannot be accepted, for want of file handles, must not end the bot.
  server.on('error', (error) => log.warn('the audit trail could not be read', errorFields(error)));
  server.unref();
  return {
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://socket');
  if (request.method !== 'GET' || pathname !== '/audit') return send(response, 404, { error: 'not_found' });
  const query = queryOf(searchParams);
  if (query === null) return send(response, 400, { error: 'bad_query' });
  send(response, 200, { lines: await exportAudit(store, query) });
}

function queryOf(given: URLSearchParams): ExportQuery | null {
  const number = (name: string) => (given.has(name) ? Number(given.get(name)) : undefined);
  const [limit = MOST_LINES, since, until] = [number('limit'), number('since'), number('until')];
  const [after, user, asked, account] = ['after', 'user', 'case', 'account'].map(
    (name) => given.get(name) ?? undefined,
  );
  const isWhole = [limit, since, until].every((each) => each === undefined || Number.isSafeInteger(each));
  if (!isWhole || limit < 1 || (after !== undefined && !isCursor(after))) return null;
  return {
    order: 'oldest-first',
    limit: Math.min(limit, MOST_LINES),
    since,
    until,
    after,
    user,
    case: asked,
    account,
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
