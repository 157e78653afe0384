import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';

export interface TellOutboxDeps {
  readonly store: Pick<Store, 'changeOutbox' | 'getFromOutbox'>;
  readonly markOutbox: (key: string) => Promise<void>;
  readonly now: () => number;
}

/**
 * Replies of ours that AWS shows are at their end, whatever we took them for; a sender who was told otherwise, or asked
 * something, hears of it.
 *
 * @param seen references of the replies that the case shows.
 */
export async function tellOutbox(
  deps: TellOutboxDeps,
  key: CaseKey,
  outbox: readonly OutboxMessage[],
  seen: readonly string[],
): Promise<void> {
  let news = false;
  for (const message of outbox) {
    if (seen.includes(message.reference) && (await becomesSeen(deps, message))) news = true;
  }
  if (news) await deps.markOutbox(caseKeyText(key));
}

/** Whether the sender has to hear of it. */
export async function becomesSeen(
  { store, now }: Pick<TellOutboxDeps, 'store' | 'now'>,
  asRead: OutboxMessage,
): Promise<boolean> {
  const { reference } = asRead;
  // Out of the one state in which we saw it, and again where it has moved on meanwhile: what the sender has been told
  // depends on the state, and what waits to be sent once more must not go out now.
  for (
    let message: OutboxMessage | null = asRead;
    message !== null && message.state !== 'seen';
    message = await store.getFromOutbox(reference)
  ) {
    const { state, told } = message;
    const isAsSaid = state === 'sent';
    const news = isAsSaid ? {} : { told: false, createdAt: now() };
    if (await store.changeOutbox(reference, [state], { state: 'seen', text: '', ...news }))
      return !isAsSaid || !told;
  }
  return false;
}
