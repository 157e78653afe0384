/** At most `limit` things in any span of `spanMs`. Refused attempts do not count. */
export class SlidingWindow {
  readonly #limit: number;
  readonly #spanMs: number;
  #times: number[] = [];

  constructor(limit: number, spanMs: number) {
    this.#limit = limit;
    this.#spanMs = spanMs;
  }

  hasRoom(now: number): boolean {
    this.#times = this.#times.filter((time) => time > now - this.#spanMs);
    return this.#times.length < this.#limit;
  }

  admit(now: number): boolean {
    if (!this.hasRoom(now)) return false;
    this.#times.push(now);
    return true;
  }
}
