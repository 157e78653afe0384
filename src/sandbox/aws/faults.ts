/**
 * Trouble on demand. A fault waits for the next calls of an operation and befalls each of them, `times` in all. The names
 * ending in "before" leave the deed undone; those ending in "after" do it and keep its answer back.
 */
export type FaultKind =
  | { kind: 'throttle' }
  | { kind: 'status'; status: number }
  | { kind: 'status-after'; status: number }
  | { kind: 'hangup-before' }
  | { kind: 'hangup-after' }
  | { kind: 'error'; name: string; message?: string | undefined; status?: number | undefined }
  | { kind: 'hold-before' }
  | { kind: 'hold-after' }
  /** Of a download: it breaks off in the middle. */
  | { kind: 'broken-off' }
  /** Of a download: it announces more bytes than come. */
  | { kind: 'wrong-length' }
  /** The deed is done at once and answered this much later, by the real clock. */
  | { kind: 'slow'; ms: number };

export interface FaultCall {
  operation: string;
  account: string;
  input: Record<string, unknown>;
}

export type FaultOptions = FaultKind & {
  /** How many calls it befalls; default 1. */
  times?: number | undefined;
  when?: ((call: FaultCall) => boolean) | undefined;
};

export class Fault {
  readonly options: FaultOptions;
  /** Resolves when the first call has met this fault; for `hold-after`, when the deed is done. */
  readonly reached: Promise<void>;
  /** Resolves with release() or cancel(). */
  readonly released: Promise<void>;
  readonly #operation: string;
  #left: number;
  #hits = 0;
  #markReached: () => void = () => undefined;
  #markReleased: () => void = () => undefined;
  #isOver = false;

  constructor(operation: string, options: FaultOptions) {
    this.#operation = operation;
    this.options = options;
    this.#left = options.times ?? 1;
    this.reached = new Promise((resolve) => {
      this.#markReached = resolve;
    });
    this.released = new Promise((resolve) => {
      this.#markReleased = resolve;
    });
  }

  /** How many calls it has befallen. */
  get hits(): number {
    return this.#hits;
  }

  /** Lets held calls go on, and befalls no further call. */
  release(): void {
    this.#left = 0;
    this.#isOver = true;
    this.#markReleased();
  }

  /** It was released: nothing is held, and nothing will be. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The same for faults that hold nothing. */
  cancel(): void {
    this.release();
  }

  takes(call: FaultCall): boolean {
    if (this.#left <= 0) return false;
    if (this.#operation !== '*' && this.#operation !== call.operation) return false;
    if (this.options.when !== undefined && !this.options.when(call)) return false;
    this.#left -= 1;
    this.#hits += 1;
    return true;
  }

  meet(): void {
    this.#markReached();
  }
}

export class Faults {
  #faults: Fault[] = [];

  add(operation: string, options: FaultOptions): Fault {
    const fault = new Fault(operation, options);
    this.#faults = [...this.#faults.filter((each) => !each.isOver), fault];
    return fault;
  }

  /** The fault that befalls this call: the oldest that fits. */
  take(call: FaultCall): Fault | undefined {
    return this.#faults.find((fault) => fault.takes(call));
  }

  cancelAll(): void {
    for (const fault of this.#faults) fault.cancel();
    this.#faults = [];
  }
}
