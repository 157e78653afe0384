import { setMaxListeners } from 'node:events';
import { type Delivery, deliver } from './deliver.js';
import { Newest } from './newest.js';
import {
  codeOf,
  DEFAULT_RETRY,
  type DeadLetterCode,
  nextDelay,
  type Outcome,
  type RetryPolicy,
} from './retry-policy.js';
import { seededRandom, shuffled } from './seeded-random.js';
import type { SupportEvent } from './support-event.js';
import { type CallEvent, isCallEvent } from './trail/call-event.js';
import { Watch } from './watch.js';

export { deliver } from './deliver.js';

/**
 * An API destination as the target of a rule on the default bus. In: events, from `aws` or by send(). Out: POST requests
 * to one URL, at least once each, in no promised order. What cannot be delivered ends in `deadLetters`.
 */
export interface EventBridgeOptions {
  target: string;
  apiKey: string;
  /** Whose events to deliver; without it, only what is given to send(). */
  aws?: EventSource | undefined;
  /** For the whole answer; default 5000, as in reality. */
  timeoutMs?: number | undefined;
  retry?: Partial<RetryPolicy> | undefined;
  /** Of the shuffled order and the jitter. */
  seed?: number | undefined;
  /** Only the newest so many dead letters are remembered; default all. */
  remember?: number | undefined;
}

export interface EventSource {
  onEvent(listener: (event: SupportEvent) => void): () => void;
  onCallEvent(listener: (event: CallEvent) => void): () => void;
}

export interface DeadLetter {
  event: unknown;
  code: DeadLetterCode;
  /** Of the last answer, if there was one. */
  status: number | undefined;
  message: string;
  attempts: number;
}

export async function startEventBridge(options: EventBridgeOptions): Promise<EventBridge> {
  return new EventBridge(options);
}

const SHUFFLE_WINDOW_MS = 20;

export class EventBridge {
  target: string;
  apiKey: string;
  /** Deliver every event this many times. */
  repeat = 1;
  /** Events taken in, lost ones included. */
  events = 0;
  /** Requests made, retries included. */
  sent = 0;
  /** Requests answered with 2xx. */
  delivered = 0;
  /** Events swallowed because of loseNext(). */
  lost = 0;
  /** Deliveries given up, see `deadLetters`. */
  failed = 0;
  /** Requests made again after a failure. */
  retried = 0;
  /** Oldest first. */
  readonly deadLetters: readonly DeadLetter[];
  readonly #deadLetters: Newest<DeadLetter>;
  readonly #timeoutMs: number;
  readonly #policy: RetryPolicy;
  readonly #random: () => number;
  readonly #stopListening: (() => void)[];
  readonly #stopped = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #watch = new Watch();
  #toLose = 0;
  #pending = 0;
  #shuffleWindowMs: number | undefined;
  #collected: unknown[] = [];
  #last: Outcome | undefined;

  constructor(options: EventBridgeOptions) {
    // Every request under way listens for the stop, and any number may be.
    setMaxListeners(0, this.#stopped.signal);
    this.target = options.target;
    this.apiKey = options.apiKey;
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#policy = { ...DEFAULT_RETRY, ...options.retry };
    this.#random = seededRandom(options.seed ?? 1);
    this.#deadLetters = new Newest(options.remember);
    this.deadLetters = this.#deadLetters.items;
    const send = (event: unknown) => this.send(event);
    const { aws } = options;
    this.#stopListening = aws === undefined ? [] : [aws.onEvent(send), aws.onCallEvent(send)];
  }

  /**
   * The next `n` events never arrive: emission is best effort (facts 3.1 "Delivery"). A negative `n` takes back. Records of
   * CloudTrail are passed over: whoever wants to lose what happens next must not lose the record of something earlier.
   */
  loseNext(n: number): void {
    this.#toLose = Math.max(0, this.#toLose + n);
    this.#watch.changed();
  }

  /** How many of the next events will be lost. */
  get toLose(): number {
    return this.#toLose;
  }

  /** Called after every change of a counter or of `toLose`. Gives back how to stop listening. */
  onChange(listener: () => void): () => void {
    return this.#watch.onChange(listener);
  }

  /** On: collects for some ms and delivers in random order, one after the other. Off: delivers what is collected. */
  shuffle(on: boolean, windowMs = SHUFFLE_WINDOW_MS): void {
    this.#shuffleWindowMs = on ? windowMs : undefined;
    if (!on) void this.#deliverCollected();
  }

  send(event: unknown): void {
    if (this.#stopped.signal.aborted) return;
    this.events += 1;
    if (this.#toLose > 0 && !isCallEvent(event)) {
      this.#toLose -= 1;
      this.lost += 1;
      this.#watch.changed();
      return;
    }
    const copies = Array.from({ length: this.repeat }, () => event);
    this.#pending += copies.length;
    this.#watch.changed();
    if (this.#shuffleWindowMs === undefined) {
      for (const copy of copies) void this.#attempt(copy, 0, Date.now());
      return;
    }
    if (this.#collected.length === 0) this.#later(this.#shuffleWindowMs, () => void this.#deliverCollected());
    this.#collected.push(...copies);
  }

  /** Resolves when everything taken in so far is delivered, lost or given up; retries are waited for. */
  idle(options: { timeoutMs?: number | undefined } = {}): Promise<void> {
    return this.#watch.until(() => this.#pending === 0, {
      what: 'EventBridge is idle',
      timeoutMs: options.timeoutMs ?? 30_000,
      dump: () => this.#describe(),
    });
  }

  /** Nothing is sent from now on, and what waits for a retry is dropped. */
  async stop(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    this.#stopped.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#collected = [];
    this.#pending = 0;
    this.#watch.changed();
  }

  async #deliverCollected(): Promise<void> {
    const batch = shuffled(this.#collected, this.#random);
    this.#collected = [];
    // Side by side they would race, and the order would be the network's instead of the seed's.
    for (const event of batch) await this.#attempt(event, 0, Date.now());
  }

  /** One request, and what follows from its outcome. Resolves after the request, before any retry. */
  async #attempt(event: unknown, retried: number, since: number): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    this.sent += 1;
    if (retried > 0) this.retried += 1;
    this.#watch.changed();
    const outcome = await this.#post(event);
    if (this.#stopped.signal.aborted) return;
    this.#last = outcome;
    if (!(outcome instanceof Error) && outcome.status >= 200 && outcome.status < 300) {
      this.delivered += 1;
      this.#finish();
      return;
    }
    const delay = nextDelay(this.#policy, outcome, {
      retried,
      ageMs: Date.now() - since,
      random: this.#random,
    });
    if (delay !== undefined) {
      this.#later(delay, () => void this.#attempt(event, retried + 1, since));
      return;
    }
    this.failed += 1;
    this.#deadLetters.add({
      event,
      code: codeOf(outcome),
      status: outcome instanceof Error ? undefined : outcome.status,
      message: describe(outcome),
      attempts: retried + 1,
    });
    this.#finish();
  }

  async #post(event: unknown): Promise<Outcome> {
    try {
      const { signal } = this.#stopped;
      return await deliver(this.target, this.apiKey, event, { timeoutMs: this.#timeoutMs, signal });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #later(ms: number, work: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms);
    this.#timers.add(timer);
  }

  /** A delivery has come to its end, and was counted. */
  #finish(): void {
    this.#pending -= 1;
    this.#watch.changed();
  }

  #describe(): string {
    const { events, sent, delivered, lost, failed, retried } = this;
    const pending = this.#pending;
    const counters = JSON.stringify({ pending, events, sent, delivered, lost, failed, retried });
    return this.#last === undefined ? counters : `${counters}, last outcome: ${describe(this.#last)}`;
  }
}

function describe(outcome: Delivery | Error): string {
  return outcome instanceof Error
    ? `${outcome.name}: ${outcome.message}`
    : `HTTP ${outcome.status} ${outcome.body.slice(0, 200)}`;
}
