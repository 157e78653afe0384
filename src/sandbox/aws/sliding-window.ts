/** At most `limit` things in any span of `spanMs`. Refused attempts do not count. */
export class SlidingWindow {
  readonly #limit: number;
  readonly #spanMs: number;
  #times: number[];

  /** `times`: of what was admitted before, oldest first. */
  constructor(limit: number, spanMs: number, times: readonly number[] = []) {
    this.#times = [...times];
    this.#limit = limit;
    this.#spanMs = spanMs;
  }

  hasRoom(now: number): boolean {
    return this.admitted(now).length < this.#limit;
  }

  /** When the things in the span that ends now were admitted. */
  admitted(now: number): readonly number[] {
    this.#times = this.#times.filter((time) => time > now - this.#spanMs);
    return this.#times;
  }

  admit(now: number): boolean {
    if (!this.hasRoom(now)) return false;
    this.#times.push(now);
    return true;
  }
}
