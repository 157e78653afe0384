/**
 * A person's reply or resolve comes in, is kept, and goes to AWS exactly once, or comes back to the person with the
 * reason. This file keeps; send.ts sends.
 */
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';

export interface OutboxDeps {
  readonly store: Store;
  readonly mark: (key: string) => Promise<void>;
  readonly newReference: () => string;
  readonly now: () => number;
}

/** What a person wants done, and how to answer them. */
export interface Intent {
  readonly kind: OutboxMessage['kind'];
  readonly key: CaseKey;
  readonly displayId: string;
  readonly text: string;
  readonly user: string;
  readonly person: string;
  readonly channel: string;
  /** The thread in which to answer; null for the channel itself. */
  readonly threadTs: string | null;
  readonly responseUrl: string | null;
  readonly request: string;
}

export interface Outbox {
  /** Durable when it resolves. False when this very request was taken before. */
  submit(intent: Intent): Promise<boolean>;
  /** The person agrees that the reply reopens the case. */
  agree(click: Click): Promise<ClickResult>;
  /** The person wants to have sent once more what came back. */
  sendAgain(click: Click): Promise<ClickResult>;
  cancel(click: Click): Promise<ClickResult>;
}

export interface Click {
  readonly reference: string;
  readonly user: string;
  readonly responseUrl: string | null;
}

/** `late`: the message has moved on since the button was shown, and is returned as it stands. */
export type ClickResult =
  | { readonly result: 'done' | 'late'; readonly message: OutboxMessage }
  | { readonly result: 'not-yours' | 'unknown' };

const AFRESH = { attempts: 0, looks: 0, reason: null, told: false } as const;
/** The case is looked at once, and no more before it is sent. */
const LAST_LOOK = 1_000;

export function createOutbox({ store, mark, newReference, now }: OutboxDeps): Outbox {
  const onClick = async (
    { reference, user, responseUrl }: Click,
    from: OutboxMessage['state'][],
    change: Partial<OutboxMessage>,
  ): Promise<ClickResult> => {
    const message = await store.getFromOutbox(reference);
    if (message === null) return { result: 'unknown' };
    if (message.user !== user) return { result: 'not-yours' };
    const changed = await store.changeOutbox(reference, from, {
      ...change,
      ...(responseUrl === null ? {} : { responseUrl }),
    });
    if (!changed) return { result: 'late', message: (await store.getFromOutbox(reference)) ?? message };
    await mark(caseKeyText(message.key));
    return { result: 'done', message };
  };

  return {
    async submit(intent) {
      const isNew = await store.addToOutbox({
        ...intent,
        reference: newReference(),
        state: 'queued',
        mayReopen: false,
        wasResolved: false,
        attempts: 0,
        looks: 0,
        createdAt: now(),
        attemptedAt: null,
        reason: null,
        told: false,
      });
      await mark(caseKeyText(intent.key));
      return isNew;
    },

    agree: (click) =>
      onClick(click, ['asking'], { ...AFRESH, state: 'queued', mayReopen: true, createdAt: now() }),

    async sendAgain(click) {
      const message = await store.getFromOutbox(click.reference);
      // An earlier try may have reached AWS after all: `in-doubt` looks before it sends.
      const mayBeThere = message?.kind === 'reply' && message.attemptedAt !== null;
      const state = mayBeThere ? 'in-doubt' : 'queued';
      return onClick(click, ['failed'], { ...AFRESH, state, looks: LAST_LOOK, createdAt: now() });
    },

    cancel: (click) => onClick(click, ['asking', 'failed'], { state: 'cancelled', text: '', told: true }),
  };
}
