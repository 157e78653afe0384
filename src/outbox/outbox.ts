/**
 * A person's reply or resolve, or a case to open, comes in, is kept, and goes to AWS exactly once, or comes back to the
 * person with the reason. take-in.ts keeps, take-clicks.ts hears what they decide about it, send.ts sends.
 */
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { Opening, OutboxMessage, SlackFile } from '../store/outbox-message.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';
import type { Patience } from './insist.js';
import { takeClicks } from './take-clicks.js';
import { takeIn } from './take-in.js';

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

/** A click fails with StoreUnclear when the store does not answer: it may have counted. */
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

export function createOutbox(deps: OutboxDeps): Outbox {
  /** What is kept is safe: without the mark, the rounds find it. So nobody must read that nothing was done. */
  const tryToMark = (key: CaseKey): Promise<void> =>
    deps.mark(caseKeyText(key)).catch((error: unknown) => {
      deps.log.warn('a reply is kept, and its case could not be marked; it is found within a minute', {
        key: caseKeyText(key),
        ...errorFields(error),
      });
    });
  return { ...takeIn(deps, tryToMark), ...takeClicks(deps, tryToMark) };
}
