/**
 * A person's reply or resolve, or a case to open, comes in, is kept, and goes to AWS exactly once, or comes back to the person with the
 * reason. This file keeps; send.ts sends.
 */
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { newCaseKey } from '../case/new-case.js';
import type { StepAbout } from '../store/audit-step.js';
import type { Opening, OutboxMessage, SlackFile } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';
import { areNamesSecret, asksAboutSecrets, givenUp, givesWay, hasSecrets, withoutSecrets } from './guard.js';
import { insist, PATIENCE, type Patience } from './insist.js';

export interface OutboxDeps {
  readonly store: Pick<Store, 'addToOutbox' | 'getFromOutbox' | 'getRequested' | 'changeOutbox'>;
  readonly mark: (key: string) => Promise<void>;
  readonly newReference: () => string;
  readonly now: () => number;
  readonly log: Log;
  readonly patience?: Patience;
}

/** What a person wants done, and how to answer them. */
export interface Intent {
  readonly kind: OutboxMessage['kind'];
  /** Of a new case, its account alone counts. */
  readonly key: CaseKey;
  readonly displayId: string;
  readonly text: string;
  readonly files?: readonly SlackFile[];
  readonly cc?: readonly string[];
  readonly opening?: Opening;
  /** The person was told before that the reply reopens the case. */
  readonly mayReopen?: boolean;
  readonly user: string;
  readonly person: string;
  readonly channel: string;
  /** The thread in which to answer; null for the channel itself. */
  readonly threadTs: string | null;
  readonly responseUrl: string | null;
  readonly request: string;
}

/**
 * `taken`: it is durable. `before`: this very request was taken before. `unclear`: the store did not answer, and may
 * have it; if so, it is found by the rounds (see rounds.ts) and goes its way. `asks`: it is durable, and waits until the
 * person has said what shall become of the secrets in it. `not-kept`: they would have been asked, but the store did not
 * answer: it certainly does not go its way.
 */
export type Submitted = 'taken' | 'before' | 'unclear' | 'not-kept' | { readonly asks: OutboxMessage };

/**
 * `reference`: it is durable, and waits until the person has said on which case. `before`: this very request was taken
 * before, and they have said so. `not-kept`: the store did not answer: it certainly does not go its way.
 */
export type Held = 'before' | 'not-kept' | { readonly reference: string };

/** A click fails with {@link StoreUnclear} when the store does not answer: it may have counted. */
export interface Outbox {
  submit(intent: Intent): Promise<Submitted>;
  /** Keeps what may be meant for any of several cases, of which the intent names one. Nothing of it goes to AWS. */
  hold(intent: Intent): Promise<Held>;
  /** The person has said on which case. Of two that they press, one counts: the other comes too late. */
  choose(click: Click, on: CaseKey): Promise<ClickResult>;
  /** The person agrees that the reply reopens the case. */
  agree(click: Click): Promise<ClickResult>;
  /** The person wants the message sent without the secrets in it, or with them, or not at all. */
  sendWithout(click: Click): Promise<ClickResult>;
  sendAllTheSame(click: Click): Promise<ClickResult>;
  keepBack(click: Click): Promise<ClickResult>;
  /** The person wants to have sent once more what came back. */
  sendAgain(click: Click): Promise<ClickResult>;
  cancel(click: Click): Promise<ClickResult>;
}

export interface Click {
  readonly reference: string;
  readonly user: string;
  readonly responseUrl: string | null;
}

/** `done`: the message as it was before. `late`: it has moved on since the button was shown, and is returned as it stands. */
export type ClickResult =
  | { readonly result: 'done' | 'late'; readonly message: OutboxMessage }
  | { readonly result: 'not-yours' | 'unknown' };

/** Nobody knows whether a click counted. Where it did, a second one comes too late to do anything. */
export class StoreUnclear extends Error {
  override readonly name = 'StoreUnclear';
}

/** What a person may have changed in a form that they send once more. What they have taken out must be gone. */
function contentOf({ text, opening, files = [], cc = [], person, mayReopen }: OutboxMessage) {
  return { text, ...(opening === undefined ? {} : { opening }), files, cc, person, mayReopen };
}

/** What is kept gives way to what the person has made of it since. */
const ASKED_ANEW: StepAbout = { result: 'asked' };

/** No attempt counts any more: what is in doubt is looked for once, and sent where it is not there. */
const AFRESH = { attempts: 0, looks: 0, reason: null, told: false } as const;

export function createOutbox({
  store,
  mark,
  newReference,
  now,
  log,
  patience = PATIENCE,
}: OutboxDeps): Outbox {
  /** What is kept is safe: without the mark, the rounds find it. So nobody must read that nothing was done. */
  const tryToMark = (key: CaseKey): Promise<void> =>
    mark(caseKeyText(key)).catch((error: unknown) => {
      log.warn('a reply is kept, and its case could not be marked; it is found within a minute', {
        key: caseKeyText(key),
        ...errorFields(error),
      });
    });

  const onClick = async (
    { reference, user, responseUrl }: Click,
    from: OutboxMessage['state'][],
    change: (message: OutboxMessage) => Partial<OutboxMessage>,
    isMeant: (message: OutboxMessage) => boolean = () => true,
    chosen: CaseKey | null = null,
    step: StepAbout = {},
  ): Promise<ClickResult> => {
    let meant: OutboxMessage | null = null;
    const asked = (message: OutboxMessage) => {
      meant = message;
      return { ...change(message), ...(responseUrl === null ? {} : { responseUrl }) };
    };
    try {
      const { value, tries } = await insist(patience, () =>
        changeIfTheirs(reference, user, from, asked, isMeant, step),
      );
      // Our own first try may have counted and its answer have been lost: then the second comes too late, and nobody has
      // marked the case yet.
      const mayBeOurs = value.result === 'late' && tries > 1;
      if (value.result === 'done') await tryToMark(chosen ?? value.message.key);
      else if (mayBeOurs) await tryToMark(value.message.key);
      // What is given up is emptied, and its words are to be given back.
      if (mayBeOurs && meant !== null && value.message.state === 'cancelled')
        return { result: 'done', message: meant };
      return value;
    } catch (cause) {
      throw new StoreUnclear('the store did not answer a click', { cause });
    }
  };

  const changeIfTheirs = async (
    reference: string,
    user: string,
    from: OutboxMessage['state'][],
    change: (message: OutboxMessage) => Partial<OutboxMessage>,
    isMeant: (message: OutboxMessage) => boolean,
    step: StepAbout,
  ): Promise<ClickResult> => {
    const message = await store.getFromOutbox(reference);
    if (message === null) return { result: 'unknown' };
    if (message.user !== user) return { result: 'not-yours' };
    if (isMeant(message) && (await store.changeOutbox(reference, from, change(message), step)))
      return { result: 'done', message };
    return { result: 'late', message: (await store.getFromOutbox(reference)) ?? message };
  };

  /**
   * What was kept for the same request: whoever was not asked, because we died before or Slack lost the question, or has
   * come back from the question to the form, is asked now, about what they have written since.
   */
  const askedBefore = async (message: OutboxMessage): Promise<Submitted> => {
    const kept = await store.getRequested(message.request);
    if (kept === null || !givesWay(kept)) return 'before';
    const { reference, key } = kept;
    const { told, state, createdAt, reason } = message;
    const change = { ...contentOf(message), told, state, createdAt, reason };
    const isStill = await store.changeOutbox(reference, ['asking', 'cancelled'], change, ASKED_ANEW);
    return isStill ? { asks: { ...message, reference, key } } : 'before';
  };

  /** True when what was kept for the same request, and waited for an answer, has given way to this and is on its way. */
  const replaced = async (message: OutboxMessage): Promise<boolean> => {
    const kept = await store.getRequested(message.request);
    if (kept === null || !givesWay(kept)) return false;
    const { told, state, createdAt, reason } = message;
    const change = { ...contentOf(message), told, state, createdAt, reason };
    if (!(await store.changeOutbox(kept.reference, ['asking', 'cancelled'], change, ASKED_ANEW)))
      return false;
    await tryToMark(kept.key);
    return true;
  };

  /** Waits for the person and needs no mark. They are asked where they are, so nobody has to tell them. */
  const ask = async (queued: OutboxMessage): Promise<Submitted> => {
    const message: OutboxMessage = { ...queued, state: 'asking', asks: 'secrets', told: true };
    try {
      const { value } = await insist(patience, async () =>
        (await store.addToOutbox(message)) ? { asks: message } : askedBefore(message),
      );
      return value;
    } catch (error) {
      log.error('the store did not answer, and a person could not be asked', {
        key: caseKeyText(message.key),
        ...errorFields(error),
      });
      return 'not-kept';
    }
  };

  const queued = (intent: Intent): OutboxMessage => {
    const reference = newReference();
    const { kind, key: asked } = intent;
    return {
      ...intent,
      key: kind === 'create' ? newCaseKey(asked.account, reference) : asked,
      reference,
      state: 'queued',
      mayReopen: intent.mayReopen ?? false,
      wasResolved: false,
      attempts: 0,
      looks: 0,
      createdAt: now(),
      attemptedAt: null,
      doubtedAt: null,
      reason: null,
      told: false,
    };
  };

  return {
    async submit(intent) {
      const message = queued(intent);
      const { key } = message;
      if (hasSecrets(message)) return ask(message);
      try {
        const { value: isNew, tries } = await insist(
          patience,
          async () => (await store.addToOutbox(message)) || replaced(message),
        );
        await tryToMark(key);
        // There already at a second try of ours: the first had been carried out, and only its answer was lost.
        return isNew || tries > 1 ? 'taken' : 'before';
      } catch (error) {
        log.error('the store did not answer, and a reply may have been kept', {
          key: caseKeyText(key),
          ...errorFields(error),
        });
        return 'unclear';
      }
    },

    async hold(intent) {
      const message: OutboxMessage = { ...queued(intent), state: 'choosing', asks: 'case', told: true };
      try {
        const { value } = await insist(patience, async () =>
          (await store.addToOutbox(message)) ? message : store.getRequested(message.request),
        );
        return value?.state === 'choosing' ? { reference: value.reference } : 'before';
      } catch (error) {
        log.error('the store did not answer, and a person could not be asked which case they mean', {
          key: caseKeyText(message.key),
          ...errorFields(error),
        });
        return 'not-kept';
      }
    },

    choose: (click, key) =>
      onClick(
        click,
        ['choosing'],
        (message) => ({
          key,
          createdAt: now(),
          ...(hasSecrets(message)
            ? { state: 'asking' as const, asks: 'secrets' as const }
            : { state: 'queued' as const, asks: 'reopen' as const, told: false }),
        }),
        () => true,
        key,
        { deed: 'choose-case', result: 'done' },
      ),

    agree: (click) =>
      onClick(
        click,
        ['asking'],
        () => ({ ...AFRESH, state: 'queued', mayReopen: true, createdAt: now() }),
        (message) => !asksAboutSecrets(message),
        null,
        { deed: 'reopen-agreed', result: 'done' },
      ),

    sendWithout: (click) =>
      onClick(
        click,
        ['asking'],
        (message) => ({ ...withoutSecrets(message), told: false, state: 'queued', createdAt: now() }),
        (message) => asksAboutSecrets(message) && !areNamesSecret(message),
        null,
        { deed: 'secrets-removed', result: 'done' },
      ),

    sendAllTheSame: (click) =>
      onClick(
        click,
        ['asking'],
        () => ({ told: false, state: 'queued', createdAt: now() }),
        asksAboutSecrets,
        null,
        { deed: 'secrets-sent', result: 'done' },
      ),

    keepBack: (click) =>
      onClick(click, ['asking'], givenUp, asksAboutSecrets, null, { deed: 'secrets-kept', result: 'done' }),

    sendAgain: (click) =>
      onClick(
        click,
        ['failed'],
        ({ kind, attemptedAt }) => ({
          ...AFRESH,
          // An earlier try may have reached AWS after all: `in-doubt` looks before it sends. A case that is resolved
          // already stays as it is, and AWS says so.
          ...(kind !== 'resolve' && attemptedAt !== null
            ? { state: 'in-doubt' as const }
            : { state: 'queued' as const, doubtedAt: null }),
          createdAt: now(),
        }),
        () => true,
        null,
        { deed: 'send-again', result: 'asked' },
      ),

    cancel: (click) =>
      onClick(
        click,
        ['choosing', 'asking', 'failed'],
        () => ({ state: 'cancelled', text: '', told: true }),
        () => true,
        null,
        { deed: 'cancel', result: 'done' },
      ),
  };
}
