import type { Redis } from 'ioredis';

/**
 * Listens to a channel on a connection of its own, which comes back by itself, and never fails: whoever listens has to
 * look from time to time as well. Calls back also whenever it begins to listen, because something may have been missed.
 *
 * @returns ends it.
 */
export function subscribe(redis: Redis, channel: string, onMessage: () => void): () => void {
  const subscriber = redis.duplicate({ autoResubscribe: false });
  // The first connection says that Redis is away; said twice it would look like two troubles.
  subscriber.on('error', () => undefined);
  subscriber.on('message', onMessage);
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).then(onMessage, () => undefined);
  });
  subscriber.connect().catch(() => undefined);
  return () => subscriber.disconnect();
}
