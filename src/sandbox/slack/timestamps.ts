/**
 * Hands out message timestamps: the second of the clock, then a counter. Unique and strictly increasing for the
 * whole workspace, also when the clock stands still or goes back.
 */
export class Timestamps {
  readonly #now: () => number;
  #second = 0;
  #counter = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    const current = Math.floor(this.#now() / 1000);
    this.#counter += 100;
    if (current > this.#second) {
      this.#second = current;
      this.#counter = 100;
    } else if (this.#counter > 999_999) {
      this.#second += 1;
      this.#counter = 100;
    }
    return this.last;
  }

  /** The one that was handed out last; `0.000000` before the first. */
  get last(): string {
    return `${this.#second}.${String(this.#counter).padStart(6, '0')}`;
  }

  /** Goes on after this one. */
  goOnAfter(last: string): void {
    const [second = '0', counter = '0'] = last.split('.');
    this.#second = Number(second);
    this.#counter = Number(counter);
  }
}

export const TIMESTAMP = /^\d{10}\.\d{6}$/;
