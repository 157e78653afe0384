/** So many at once, then so many a second. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  constructor(pace: { perSecond: number; burst: number }, now: () => number) {
    this.#perSecond = pace.perSecond;
    this.#burst = pace.burst;
    this.#now = now;
    this.#tokens = pace.burst;
    this.#at = now();
  }

  /** Takes one, or says after how many whole seconds there will be one. */
  take(): { retryAfter?: number } {
    const at = this.#now();
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + (Math.max(0, at - this.#at) / 1_000) * this.#perSecond,
    );
    this.#at = at;
    if (this.#tokens >= 1) {
      this.#tokens -= 1;
      return {};
    }
    return { retryAfter: Math.max(1, Math.ceil((1 - this.#tokens) / this.#perSecond)) };
  }
}
