import type { OutboxMessage } from '../store/outbox-message.js';
import { MovedOn, type Turn } from './turn.js';

/**
 * Writes down that a message leaves now, right before it does. In one step with the state: after a crash nothing may look
 * unsent that was sent. Not before its turn has come, or a crash in the line would leave a doubt about what never left.
 * And only out of `queued`: where AWS showed it this very moment, it is not there any more.
 */
export async function beginAttempt(
  { store, now, stillOurs }: Pick<Turn, 'store' | 'now' | 'stillOurs'>,
  { reference, attempts }: OutboxMessage,
  more: Pick<Partial<OutboxMessage>, 'wasResolved'> = {},
): Promise<void> {
  const writing = {
    state: 'sending' as const,
    attempts: attempts + 1,
    attemptedAt: now(),
    looks: 0,
    ...more,
  };
  if (!(await store.changeOutbox(reference, ['queued'], writing))) throw new MovedOn();
  stillOurs();
}
