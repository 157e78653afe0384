import type { JsonObject } from '../json-object.js';
import type { Delivery } from './deliver.js';
import { event } from './event.js';
import type { People } from './people.js';

/** At once, after a minute, after five (Events API, "Retries"); in ms, each from the one before. */
export const EVENT_RETRY_MS: readonly number[] = [0, 60_000, 240_000];

/**
 * Tells the app of an event, and again while it does not take it: with the same event id, until the delays are used up.
 * `onTaken` is called once it has. Resolves with the first delivery; the others follow by themselves, and end with the workspace.
 */
export async function eventWithRetries(
  people: People,
  botUrl: string,
  inner: JsonObject,
  options: { isShared?: boolean; onTaken?: () => void } = {},
): Promise<Delivery> {
  const { isShared = false, onTaken } = options;
  const eventId = people.workspace.nextId('Ev');
  const first = await event(people, botUrl, inner, { eventId, isShared });
  const again = (last: Delivery, retryNum: number): void => {
    const delayMs = people.eventRetryMs[retryNum - 1];
    if (last.failed === undefined) onTaken?.();
    if (last.failed === undefined || delayMs === undefined || people.stopped.signal.aborted) return;
    const retryReason = last.failed === 'operation_timeout' ? 'http_timeout' : 'connection_failed';
    const timer = setTimeout(() => {
      people.stopped.signal.removeEventListener('abort', cancel);
      void event(people, botUrl, inner, { eventId, isShared, retryNum, retryReason }).then((delivery) =>
        again(delivery, retryNum + 1),
      );
    }, delayMs).unref();
    const cancel = () => clearTimeout(timer);
    people.stopped.signal.addEventListener('abort', cancel, { once: true });
  };
  again(first, 1);
  return first;
}
