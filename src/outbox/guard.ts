/**
 * Nothing that looks like a secret goes to AWS before the person has said so. What is asked about waits in the outbox; for
 * a day, and then its text is gone: a secret must not lie there for ever.
 */
import { caseKeyText } from '../case/case-key.js';
import { type Found, findSecrets, removeSecrets } from '../case/secrets.js';
import { MAX_COMMUNICATION, withStamp } from '../case/stamp.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';

type Texts = Pick<OutboxMessage, 'text' | 'opening'>;
type Named = Pick<OutboxMessage, 'files'>;

export function hasSecrets(message: Texts & Named): boolean {
  const texts = [message.text, message.opening?.subject ?? ''];
  return texts.some((each) => findSecrets(each).length > 0) || areNamesSecret(message);
}

/** A file goes to AWS under the name that it has in Slack: nothing can be taken out of that here. */
export function areNamesSecret({ files = [] }: Named): boolean {
  return files.some(({ name }) => secretsInName(name).length > 0);
}

/** What follows the last dot is none of the name itself: `….txt` makes no number a longer one. */
export function secretsInName(name: string): readonly Found[] {
  return findSecrets(name.replace(/\.[a-z0-9]{1,10}$/i, ''));
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

export function hasExpired({ state, reason }: Pick<OutboxMessage, 'state' | 'reason'>): boolean {
  return state === 'cancelled' && reason === EXPIRED;
}

/**
 * Whether another text may take the place of what is kept for the same request. A request is sent again as it
 * was, so the person has changed what stood in a form: because they were asked, or would have been.
 */
export function givesWay({ state, asks, attemptedAt }: OutboxMessage): boolean {
  return asks === 'secrets' && attemptedAt === null && (state === 'asking' || state === 'cancelled');
}

export interface ExpireDeps {
  readonly store: Pick<Store, 'waitingForClick' | 'changeOutbox'>;
  /** Marks a case whose outbox has something to say. */
  readonly mark: (key: string) => Promise<void>;
  readonly now: () => number;
}

/**
 * Gives up what has waited too long for a click and holds a secret, or has no case yet; anything else may wait. Whoever was
 * asked in a form that their client has lost, or in a message that only they saw for a while, may never have seen the
 * question: they get their words back, without the secrets.
 */
export async function expireSecrets({ store, mark, now }: ExpireDeps): Promise<void> {
  for (const message of await store.waitingForClick(now() - KEPT_FOR_MS)) {
    const isChoosing = message.state === 'choosing';
    if (!isChoosing && !asksAboutSecrets(message) && !hasSecrets(message)) continue;
    const hasWords = asksAboutSecrets(message) || (isChoosing && message.text !== '');
    const toTell = hasWords ? { ...withoutSecrets(message), told: false } : {};
    const change = { ...givenUp(message), ...toTell, reason: EXPIRED };
    if (await store.changeOutbox(message.reference, [message.state], change))
      await mark(caseKeyText(message.key));
  }
}
