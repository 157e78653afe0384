import { type CallEvent, type CallMade, callEvent } from './call-event.js';

export interface TrailOptions {
  /** So long after a call its record goes to EventBridge; at AWS that takes some minutes. */
  readonly delayMs: number;
}

export interface TrailDeps {
  readonly options: TrailOptions | undefined;
  readonly now: () => number;
  readonly emit: (event: CallEvent) => void;
  /** Of an earlier run, see `toKeep`. */
  readonly kept?: readonly KeptCallEvent[] | undefined;
}

/** A record that is not out yet. */
export interface KeptCallEvent {
  readonly event: CallEvent;
  /** In ms. */
  readonly due: number;
}

/** What CloudTrail does in an account with a trail. In: calls. Out: their records, later. Without options, nothing. */
export class Trail {
  readonly #deps: TrailDeps;
  readonly #waiting = new Map<CallEvent, { readonly due: number; readonly timer: NodeJS.Timeout }>();
  #left: readonly KeptCallEvent[];

  constructor(deps: TrailDeps) {
    this.#deps = deps;
    this.#left = deps.options === undefined ? [] : (deps.kept ?? []);
  }

  /** Sends what an earlier run has left: once somebody listens. */
  goOn(): void {
    for (const { event, due } of this.#left) this.#wait(event, due);
    this.#left = [];
  }

  /** The record of a call of long ago goes at once. */
  record(call: CallMade): void {
    const { options, emit, now } = this.#deps;
    if (options === undefined) return;
    const event = callEvent(call);
    const due = call.at + options.delayMs;
    if (due <= now()) emit(event);
    else this.#wait(event, due);
  }

  toKeep(): KeptCallEvent[] {
    const waiting = [...this.#waiting].map(([event, { due }]) => ({ event, due }));
    return structuredClone([...this.#left, ...waiting]);
  }

  stop(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #wait(event: CallEvent, due: number): void {
    const send = () => {
      this.#waiting.delete(event);
      this.#deps.emit(event);
    };
    const timer = setTimeout(send, Math.max(0, due - this.#deps.now()));
    this.#waiting.set(event, { due, timer });
  }
}
