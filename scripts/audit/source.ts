/** Where the audit trail is read: the bot that runs, or the file of one that does not, or Redis. */
import { request } from 'node:http';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoreConfig } from '../../src/config.js';
import {
  auditSocketPath,
  isTooLongForSocket,
  LONGEST_DATABASE_PATH,
} from '../../src/ingress/audit-socket.js';
import { Database } from '../../src/sqlite/database.js';
import { type ExportedLine, type ExportQuery, exportAudit } from '../../src/store/export-audit.js';
import { sqliteStore } from '../../src/store/sqlite-store.js';
import type { Log } from '../../src/telemetry/log.js';

export type PageQuery = Omit<ExportQuery, 'order'>;

/** `read` rejects with a sentence for people. */
export interface Source {
  read(query: PageQuery): Promise<readonly ExportedLine[]>;
  close(): void;
}

/** Whoever starts or stops meanwhile has the file for so long without answering. */
const PATIENCE_MS = 15_000;
const AGAIN_MS = 200;
const ANSWER_MS = 20_000;
/** A bot waits for a Redis that is starting; a person who asks for lines wants to know. */
const REDIS_MS = 1_500;

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

export async function openSource({ redisUrl, databasePath }: StoreConfig): Promise<Source> {
  if (redisUrl !== null) return fromRedis(redisUrl);
  return { read: (query) => fromFile(databasePath, query), close: () => undefined };
}

/** A bot may start or stop between two pages: each finds its own way. */
async function fromFile(path: string, query: PageQuery): Promise<readonly ExportedLine[]> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    const lines = (await fromBot(auditSocketPath(path), query)) ?? (await directly(path, query));
    if (lines !== null) return lines;
    // No bot will ever answer there, so nobody waits for one.
    if (isTooLongForSocket(path)) throw new Error(tooLong(path));
    if (performance.now() > giveUpAt) {
      throw new Error(
        `DATABASE_PATH: a bot has ${path}, and does not answer at ${auditSocketPath(path)}. Is it of this version, and ` +
          'does this run as its user, on its machine? Its log says so where it could not make that socket. With the bot ' +
          'stopped, the file is read directly.',
      );
    }
    await sleep(AGAIN_MS);
  }
}

function tooLong(path: string): string {
  return (
    `DATABASE_PATH: a bot has ${path}, and cannot answer: the path is too long for the socket beside the file. Stop the ` +
    'bot, and the file is read directly. Or give the bot and this command a shorter DATABASE_PATH: in full, it may have ' +
    `${LONGEST_DATABASE_PATH} bytes, and has ${Buffer.byteLength(resolve(path))}; a link to its folder will do.`
  );
}

/** Null: no bot answers there. */
function fromBot(socketPath: string, query: PageQuery): Promise<readonly ExportedLine[] | null> {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const path = `/audit?${new URLSearchParams(given)}`;
  return new Promise((done, reject) => {
    const asking = request({ socketPath, path, timeout: ANSWER_MS }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      // Stopped in the middle of it: the next try finds another way.
      response.on('error', () => done(null));
      response.on('end', () => {
        if (response.statusCode === 200) done((JSON.parse(text) as { lines: ExportedLine[] }).lines);
        else reject(new Error('The bot could not read its audit trail. Its log says why; try again.'));
      });
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES') return done(null);
      reject(new Error(`This user may not ask the bot at ${socketPath}. Run it as the user of the bot.`));
    });
    asking.end();
  });
}

/** Null: a process has the file. */
async function directly(path: string, query: PageQuery): Promise<readonly ExportedLine[] | null> {
  const db = Database.openToRead(path);
  if (db === null) return null;
  try {
    const store = sqliteStore({ db, mark: () => undefined, now: Date.now });
    return await exportAudit(store, { ...query, order: 'oldest-first' });
  } finally {
    db.letGo();
  }
}

async function fromRedis(url: string): Promise<Source> {
  const [{ connectRedis }, { tryReading }, { redisStore }, { RedisHeartbeat }] = await Promise.all([
    import('../../src/redis/connect-redis.js'),
    import('../../src/redis/try-reading.js'),
    import('../../src/store/redis-store.js'),
    import('../../src/store/redis-heartbeat.js'),
  ]);
  const redis = await connectRedis({ url, log: SILENT, waitMs: REDIS_MS, tryOut: tryReading });
  const options = { redis, base: '', onMarked: () => undefined, settlesWithinMs: 0 };
  const store = redisStore(options, new RedisHeartbeat(redis, 0, 0));
  return {
    read: (query) => exportAudit(store, { ...query, order: 'oldest-first' }),
    close: () => redis.disconnect(),
  };
}
