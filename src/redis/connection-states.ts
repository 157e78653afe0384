import type { Redis } from 'ioredis';
import { errorFields, type Log, type LogFields } from '../telemetry/log.js';
import { tryToWrite } from './try-redis.js';

/** How often a Redis that refuses to write is asked whether it does again. */
export const LOOK_EVERY_MS = 5_000;

export interface States {
  /** For an error with which Redis answered: whether another Redis is to be looked for, by connecting anew. */
  readonly reconnectOn: (error: Error) => boolean;
  /** Says in the log when Redis goes and when it is back, each once. */
  readonly note: (redis: Redis) => void;
}

/**
 * What becomes of a connection, told in the log: once when Redis goes, once for each reason that Redis itself gives
 * meanwhile (`code`), and once when it is back.
 */
export function connectionStates(log: Log, lookEveryMs = LOOK_EVERY_MS): States {
  let isAway = false;
  let isReadOnly = false;
  let last: LogFields = {};
  let reconnectedAt = Number.NEGATIVE_INFINITY;
  const told = new Set<unknown>();

  return {
    reconnectOn(error) {
      // After a failover the old master refuses to write: the new one is found by connecting anew. Where there is none
      // yet, connecting on every refusal would do nothing but connect.
      if (!error.message.startsWith('READONLY')) return false;
      if (performance.now() - reconnectedAt < lookEveryMs) return false;
      reconnectedAt = performance.now();
      isReadOnly = true;
      last = errorFields(error);
      return true;
    },

    note(redis) {
      let timer: NodeJS.Timeout | undefined;
      const back = () => {
        if (isAway) log.info('Redis is back');
        isAway = false;
        isReadOnly = false;
        last = {};
        told.clear();
      };
      const look = (): void => {
        clearTimeout(timer);
        tryToWrite(redis).then(back, () => {
          clearTimeout(timer);
          // One that is away is looked at when it is ready; one that became the primary says nothing of it.
          if (redis.status === 'ready') timer = setTimeout(look, lookEveryMs).unref();
        });
      };
      // Without a listener, ioredis would print every attempt.
      redis.on('error', (error: Error) => {
        last = errorFields(error);
      });
      // Not at `error`: a server that is killed only hangs up.
      redis.on('reconnecting', () => {
        clearTimeout(timer);
        const reason = last.error === 'ReplyError' ? last.code : undefined;
        if (!isAway || (reason !== undefined && !told.has(reason))) log.error('Redis is away', last);
        isAway = true;
        told.add(reason);
      });
      redis.on('ready', () => (isReadOnly ? look() : back()));
      redis.on('end', () => clearTimeout(timer));
    },
  };
}
