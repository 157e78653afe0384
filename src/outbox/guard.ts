/**
 * Nothing that looks like a secret goes to AWS before the person has said so. What is asked about waits in the outbox; for
 * a day, and then its text is gone: a secret must not lie there for ever.
 */
import { findSecrets, removeSecrets } from '../case/secrets.js';
import { MAX_COMMUNICATION, withStamp } from '../case/stamp.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';

type Texts = Pick<OutboxMessage, 'text' | 'opening'>;

export function hasSecrets({ text, opening }: Texts): boolean {
  return [text, opening?.subject ?? ''].some((each) => findSecrets(each).length > 0);
}

/** The texts with notes in the place of the secrets. */
export function withoutSecrets({ text, opening, person, reference }: OutboxMessage): Texts {
  const most = MAX_COMMUNICATION - withStamp('', person, reference).length;
  return {
    text: removeSecrets(text, findSecrets(text), most),
    ...(opening === undefined
      ? {}
      : {
          opening: {
            ...opening,
            subject: removeSecrets(opening.subject, findSecrets(opening.subject), opening.subject.length),
          },
        }),
  };
}

/** What is left of a message that is given up. */
export function givenUp({ opening }: OutboxMessage): Partial<OutboxMessage> {
  const emptied = opening === undefined ? {} : { opening: { ...opening, subject: '' } };
  return { state: 'cancelled', text: '', ...emptied, told: true };
}

export function asksAboutSecrets({ state, asks }: OutboxMessage): boolean {
  return state === 'asking' && asks === 'secrets';
}

export const KEPT_FOR_MS = 86_400_000;

/** Why a message was given up that nobody has decided about. */
export const EXPIRED = 'nobody chose in time';

export interface ExpireDeps {
  readonly store: Pick<Store, 'waitingForClick' | 'changeOutbox'>;
  readonly now: () => number;
}

/** Gives up what has waited too long for a click and holds a secret; what holds none may wait. */
export async function expireSecrets({ store, now }: ExpireDeps): Promise<void> {
  for (const message of await store.waitingForClick(now() - KEPT_FOR_MS)) {
    if (!asksAboutSecrets(message) && !hasSecrets(message)) continue;
    await store.changeOutbox(message.reference, [message.state], { ...givenUp(message), reason: EXPIRED });
  }
}
