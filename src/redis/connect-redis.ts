import { Redis } from 'ioredis';
import type { Log } from '../telemetry/log.js';
import { connectionStates } from './connection-states.js';
import { isMissingRight, tryRedis, whyUnusable } from './try-redis.js';

/** EventBridge gives up on an answer after five seconds: a Redis that hangs must be known to hang before that. */
const COMMAND_MS = 3_000;
const CONNECT_MS = 3_000;
/** A little longer than a command, so that those that wait are told first. */
const SILENT_MS = 500;
/** How long a start waits for Redis, which may be starting itself. */
const WAIT_FOR_REDIS_MS = 12_000;
const LONGEST_PAUSE_MS = 1_000;
const LOOK_AGAIN_MS = 50;
/** Effects of scripts that ask Redis for its time are passed on to replicas as they are from 7.0 on. */
const OLDEST = 7;

export interface ConnectOptions {
  /** `redis://` or `rediss://`, with user, password and the number of the database where needed. */
  readonly url: string;
  readonly log: Log;
  readonly waitMs?: number;
  readonly commandMs?: number;
  /** How often a Redis that refuses to write is asked whether it does again. */
  readonly lookEveryMs?: number | undefined;
  /** Finds out, once connected, whether Redis does what is needed of it. */
  readonly tryOut?: (redis: Redis) => Promise<void>;
}

/**
 * A connection that is ready, and comes back by itself. Commands never wait for that: while Redis is away they fail at
 * once, so that whoever asks can be told to come again. No command is sent twice.
 *
 * Rejects with a sentence for people when Redis does not answer, does not let us in, is too old, or does not do what
 * is needed of it.
 */
export async function connectRedis({
  url,
  log,
  waitMs = WAIT_FOR_REDIS_MS,
  commandMs = COMMAND_MS,
  lookEveryMs,
  tryOut = tryRedis,
}: ConnectOptions): Promise<Redis> {
  const states = connectionStates(log, lookEveryMs);
  const redis = new Redis(url, {
    lazyConnect: true,
    commandTimeout: commandMs,
    connectTimeout: CONNECT_MS,
    // A machine that has gone says nothing more, not even that: the system would go on sending to it for a quarter of an
    // hour, while another answers at the same address.
    socketTimeout: commandMs + SILENT_MS,
    enableOfflineQueue: false,
    // A command whose answer was lost may have been carried out: every caller knows what to do about that.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(LONGEST_PAUSE_MS, 50 * 2 ** Math.min(times, 10)),
    reconnectOnError: states.reconnectOn,
    connectionName: 'casethread',
  });
  states.note(redis);
  try {
    await untilReady(redis, waitMs);
    await refuseOldServers(redis);
    await tryOut(redis);
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}

/** `connect()` alone may wait for ever for a server that wants a password, so what is told meanwhile is listened to. */
async function untilReady(redis: Redis, waitMs: number): Promise<void> {
  const giveUpAt = performance.now() + waitMs;
  let last: unknown = null;
  const note = (error: unknown): void => {
    // Commands that fail meanwhile only say that there is no connection.
    if (!isRefusal(last) && (whyNot(last) === null || isRefusal(error))) last = error;
  };
  redis.on('error', note);
  redis.connect().catch(note);
  for (;;) {
    await redis.ping().catch(note);
    if (redis.status === 'ready') break;
    if (isRefusal(last) || performance.now() > giveUpAt) throw sayWhy(last, redis.options.tls !== undefined);
    await readyOr(redis, LOOK_AGAIN_MS);
  }
  // Otherwise a database that does not exist would only be grumbled about, and the first one used in its place.
  await redis.select(redis.options.db ?? 0).catch((error: unknown) => {
    throw sayWhy(error);
  });
  redis.off('error', note);
}

function readyOr(redis: Redis, longestMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      redis.off('ready', end);
      resolve();
    };
    const timer = setTimeout(end, longestMs);
    redis.on('ready', end);
  });
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && /WRONGPASS|NOAUTH|NOPERM|DB index|ERR (AUTH|invalid)/i.test(error.message);
}

function sayWhy(cause: unknown, isTls = false): Error {
  if (isMissingRight(cause)) return new Error(`REDIS_URL: ${whyUnusable(cause)}`, { cause });
  const says =
    cause instanceof Error && isRefusal(cause)
      ? `Redis does not let Casethread in (${cause.message.split(' ', 1)[0]}). Check user, password and database number in the address.`
      : (whyNot(cause) ?? (isTls ? NO_TLS : NO_ANSWER));
  return new Error(`REDIS_URL: ${says}`, { cause });
}

/** One without TLS mostly waits for more, and says nothing. */
const NO_TLS =
  'Redis does not answer at that address by TLS. Is it running, does it speak TLS at that port (else write redis://), and does a firewall or security group let this machine reach it?';
const NO_ANSWER =
  'Redis does not answer at that address. Is it running, and does a firewall or security group let this machine reach it?';

/** What an error of the connection tells; null where that is nothing. */
function whyNot(error: unknown): string | null {
  const about = error instanceof Error ? `${'code' in error ? error.code : ''} ${error.message}` : '';
  if (/ENOTFOUND|EAI_AGAIN/.test(about)) return 'No address is found for that host (DNS). Check its name.';
  if (/ERR_SSL_WRONG_VERSION|EPROTO/.test(about))
    return 'What answers at that address does not speak TLS. Write redis:// in place of rediss://, or give its port for TLS.';
  if (/Unknown RESP type|reply type byte/.test(about))
    return 'What answers at that address is not Redis. Check host and port.';
  return null;
}

async function refuseOldServers(redis: Redis): Promise<void> {
  const version = /^redis_version:(\d+)\S*/m.exec(
    await redis.info('server').catch((error: unknown) => {
      throw sayWhy(error);
    }),
  );
  if (version === null || Number(version[1]) >= OLDEST) return;
  throw new Error(
    `REDIS_URL: this is Redis ${version[0].split(':')[1]}; ${OLDEST}.0 or newer (or Valkey) is needed.`,
  );
}
