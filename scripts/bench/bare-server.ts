/**
 * What the bot's `/aws/events` is compared with, as a process of its own: a bare node:http server that reads the body,
 * checks nothing, and makes the same durable insert. With `BARE=grouped`, inserts that come together share one
 * transaction; with `BARE=redis` each is one command to Redis; with `BARE=nothing` nothing is stored, which shows what the load generator itself can do.
 */
import { createServer, type ServerResponse } from 'node:http';
import { Redis } from 'ioredis';
import Libsql from 'libsql';

interface EventBody {
  readonly account: string;
  readonly time: string;
  readonly detail: {
    readonly 'case-id': string;
    readonly 'display-id': string;
    readonly 'communication-id': string;
    readonly 'event-name': string;
    readonly origin: string;
  };
}

const db = new Libsql(process.env.DATABASE_PATH ?? 'bare.db');
db.pragma('locking_mode = EXCLUSIVE');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
  CREATE TABLE facts (
    case_key TEXT NOT NULL, fact_id TEXT NOT NULL,
    event TEXT NOT NULL, communication_id TEXT NOT NULL, origin TEXT NOT NULL, display_id TEXT NOT NULL,
    at INTEGER NOT NULL, received_at INTEGER NOT NULL,
    PRIMARY KEY (case_key, fact_id)
  ) STRICT, WITHOUT ROWID`);
const statement = db.prepare('INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');

type Fact = [key: string, id: string, ...rest: (string | number)[]];

function factOf(body: string): Fact {
  const { account, time, detail } = JSON.parse(body) as EventBody;
  const communicationId = detail['communication-id'];
  return [
    `${account}/${detail['case-id']}`,
    `${detail['event-name']} ${communicationId}`,
    detail['event-name'],
    communicationId,
    detail.origin,
    detail['display-id'],
    Date.parse(time),
    Date.now(),
  ];
}

function insert(body: string): void {
  statement.run(...factOf(body));
}

const redis = process.env.BARE === 'redis' ? new Redis(process.env.REDIS_URL ?? '') : null;

const ANSWER = '{"accepted":1,"duplicates":0}';
const HEADERS = { 'content-type': 'application/json', 'content-length': ANSWER.length };

function accept(response: ServerResponse): void {
  response.writeHead(202, HEADERS).end(ANSWER);
}

let group: { body: string; response: ServerResponse }[] = [];

function flushGroup(): void {
  const together = group;
  group = [];
  db.exec('BEGIN IMMEDIATE');
  for (const { body } of together) insert(body);
  db.exec('COMMIT');
  for (const { response } of together) accept(response);
}

const take: Record<string, (body: string, response: ServerResponse) => void> = {
  each(body, response) {
    insert(body);
    accept(response);
  },
  grouped(body, response) {
    if (group.length === 0) setImmediate(flushGroup);
    group.push({ body, response });
  },
  redis(body, response) {
    const [key, id, ...rest] = factOf(body);
    void redis?.hsetnx(`bare:${key}`, id, JSON.stringify(rest)).then(() => accept(response));
  },
  nothing(_, response) {
    accept(response);
  },
};
const takeOne = take[process.env.BARE ?? 'each'];
if (takeOne === undefined) throw new Error(`BARE: ${Object.keys(take).join(', ')}`);

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => takeOne(Buffer.concat(chunks).toString('utf8'), response));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
