/** Faults on demand: what can go wrong between an app and Slack, one kind each. */
import type { JsonObject } from './json-object.js';

export type FaultKind =
  /** 429 with Retry-After; nothing done. */
  | { kind: 'ratelimited'; retryAfter: number }
  /** This status; nothing done. */
  | { kind: 'status'; status: number; body?: string }
  /** The deed is done, but the answer is this status. */
  | { kind: 'status-after'; status: number; body?: string }
  /** The connection breaks; nothing done. */
  | { kind: 'hangup-before' }
  /** The deed is done, then the connection breaks without an answer. */
  | { kind: 'hangup-after' }
  /** `{ ok: false, error }`; nothing done. */
  | { kind: 'error'; error: string }
  /** Slack's login page, with the status of success: what an app gets that may not read a file. */
  | { kind: 'login-page' }
  /** Sends somewhere else. */
  | { kind: 'redirect'; to: string }
  /** The answer breaks off after so many bytes. */
  | { kind: 'cut'; bytes: number }
  /** Only so many bytes of the answer are given out, as if they were all. */
  | { kind: 'short'; bytes: number }
  /** Waits for `release()` and is done then, unless the client is gone. */
  | { kind: 'hold-before' }
  /** Done at once, answered at `release()`. */
  | { kind: 'hold-after' }
  /** Done and answered late. A client that gave up meanwhile has still got the deed done. */
  | { kind: 'slow'; ms: number };

export type FaultSpec = FaultKind & {
  /** How many calls it hits; once unless given. */
  times?: number;
  /** Only calls with such arguments; nested values are objects here. */
  when?: (args: JsonObject) => boolean;
};

export interface Fault {
  /** Resolves when a call meets the fault (for a hold: when it hangs there). */
  readonly reached: Promise<void>;
  /** How many calls it has met. */
  readonly hits: number;
  /** Lets held calls go on, and later ones through. */
  release(): void;
  /** No further call meets it; held ones go on. */
  cancel(): void;
}

export class ActiveFault implements Fault {
  readonly does: FaultKind;
  readonly reached: Promise<void>;
  readonly released: Promise<void>;
  readonly #method: string;
  readonly #when: (args: JsonObject) => boolean;
  #left: number;
  #hits = 0;
  #reach: () => void = () => {};
  #release: () => void = () => {};

  constructor(method: string, spec: FaultSpec) {
    const { times = 1, when = () => true, ...does } = spec;
    this.does = does;
    this.#method = method;
    this.#when = when;
    this.#left = times;
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
    this.released = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  get hits(): number {
    return this.#hits;
  }

  get isOver(): boolean {
    return this.#left <= 0;
  }

  /** Whether this call meets the fault; a call that does is counted. */
  meets(method: string, args: JsonObject): boolean {
    if (this.isOver || (this.#method !== '*' && this.#method !== method) || !this.#when(args)) return false;
    this.#left -= 1;
    this.#hits += 1;
    return true;
  }

  /** The call has come as far as the fault lets it. */
  reach(): void {
    this.#reach();
  }

  release(): void {
    this.#release();
  }

  cancel(): void {
    this.#left = 0;
    this.#release();
  }
}

export class Faults {
  #active: ActiveFault[] = [];

  add(method: string, spec: FaultSpec): Fault {
    const fault = new ActiveFault(method, spec);
    this.#active.push(fault);
    return fault;
  }

  /** The fault that this call meets: the oldest that fits. */
  meet(method: string, args: JsonObject): ActiveFault | undefined {
    return this.#active.find((fault) => fault.meets(method, args));
  }

  cancelAll(): void {
    for (const fault of this.#active) fault.cancel();
    this.#active = [];
  }
}
