/** What a person decides, by a button, about a message that is kept. */
import type { CaseKey } from '../case/case-key.js';
import type { StepAbout } from '../store/audit-step.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import { areNamesSecret, asksAboutSecrets, givenUp, hasSecrets, withoutSecrets } from './guard.js';
import { insist, PATIENCE } from './insist.js';
import type { Click, ClickResult, Outbox, OutboxDeps } from './outbox.js';
import { StoreUnclear } from './store-unclear.js';

/** What a button does. */
interface Decision {
  /** Of a message in any other state it comes too late. */
  readonly from: readonly OutboxMessage['state'][];
  /** Whether it is about this message; unless given, about all that are in these states. */
  readonly isMeant?: (message: OutboxMessage) => boolean;
  readonly change: (message: OutboxMessage) => Partial<OutboxMessage>;
  /** The case to which the message belongs from then on. */
  readonly key?: CaseKey;
  readonly step: StepAbout;
}

/** No attempt counts any more: what is in doubt is looked for once, and sent where it is not there. */
const AFRESH = { attempts: 0, looks: 0, reason: null, told: false } as const;

/** @param mark does not reject. */
export function takeClicks(
  { store, now, patience = PATIENCE }: Pick<OutboxDeps, 'store' | 'now' | 'patience'>,
  mark: (key: CaseKey) => Promise<void>,
): Omit<Outbox, 'submit' | 'hold'> {
  const decide = async (
    { reference, user, responseUrl }: Click,
    { from, isMeant = () => true, change, key, step }: Decision,
  ): Promise<ClickResult> => {
    let meant: OutboxMessage | null = null;
    const changeIfTheirs = async (): Promise<ClickResult> => {
      const message = await store.getFromOutbox(reference);
      if (message === null) return { result: 'unknown' };
      if (message.user !== user) return { result: 'not-yours' };
      if (isMeant(message)) {
        meant = message;
        const to = {
          ...change(message),
          ...(key === undefined ? {} : { key }),
          ...(responseUrl === null ? {} : { responseUrl }),
        };
        if (await store.changeOutbox(reference, from, to, step)) return { result: 'done', message };
      }
      return { result: 'late', message: (await store.getFromOutbox(reference)) ?? message };
    };
    try {
      const { value, tries } = await insist(patience, changeIfTheirs);
      // Our own first try may have counted and its answer have been lost: then the second comes too late, and nobody has
      // marked the case yet.
      const mayBeOurs = value.result === 'late' && tries > 1;
      if (value.result === 'done') await mark(key ?? value.message.key);
      else if (mayBeOurs) await mark(value.message.key);
      // What is given up is emptied, and its words are to be given back.
      if (mayBeOurs && meant !== null && value.message.state === 'cancelled')
        return { result: 'done', message: meant };
      return value;
    } catch (cause) {
      throw new StoreUnclear('the store did not answer a click', { cause });
    }
  };

  return {
    choose: (click, key) =>
      decide(click, {
        from: ['choosing'],
        change: (message) => ({
          createdAt: now(),
          ...(hasSecrets(message)
            ? { state: 'asking' as const, asks: 'secrets' as const }
            : { state: 'queued' as const, asks: 'reopen' as const, told: false }),
        }),
        key,
        step: { deed: 'choose-case', result: 'done' },
      }),

    agree: (click) =>
      decide(click, {
        from: ['asking'],
        isMeant: (message) => !asksAboutSecrets(message),
        change: () => ({ ...AFRESH, state: 'queued', mayReopen: true, createdAt: now() }),
        step: { deed: 'reopen-agreed', result: 'done' },
      }),

    sendWithout: (click) =>
      decide(click, {
        from: ['asking'],
        isMeant: (message) => asksAboutSecrets(message) && !areNamesSecret(message),
        change: (message) => ({
          ...withoutSecrets(message),
          told: false,
          state: 'queued',
          createdAt: now(),
        }),
        step: { deed: 'secrets-removed', result: 'done' },
      }),

    sendAllTheSame: (click) =>
      decide(click, {
        from: ['asking'],
        isMeant: asksAboutSecrets,
        change: () => ({ told: false, state: 'queued', createdAt: now() }),
        step: { deed: 'secrets-sent', result: 'done' },
      }),

    keepBack: (click) =>
      decide(click, {
        from: ['asking'],
        isMeant: asksAboutSecrets,
        change: givenUp,
        step: { deed: 'secrets-kept', result: 'done' },
      }),

    sendAgain: (click) =>
      decide(click, {
        from: ['failed'],
        change: ({ kind, attemptedAt }) => ({
          ...AFRESH,
          // An earlier try may have reached AWS after all: `in-doubt` looks before it sends. A case that is resolved
          // already stays as it is, and AWS says so.
          ...(kind !== 'resolve' && attemptedAt !== null
            ? { state: 'in-doubt' as const }
            : { state: 'queued' as const, doubtedAt: null }),
          createdAt: now(),
        }),
        step: { deed: 'send-again', result: 'asked' },
      }),

    cancel: (click) =>
      decide(click, {
        from: ['choosing', 'asking', 'failed'],
        change: () => ({ state: 'cancelled', text: '', told: true }),
        step: { deed: 'cancel', result: 'done' },
      }),
  };
}
