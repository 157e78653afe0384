import { TokenBucket } from './token-bucket.js';

export type Pace = { perSecond: number; burst: number } | 'off';

// Tier 3: "50+ per minute", per method and workspace; the burst is Slack's secret.
const UPDATES = { perSecond: 50 / 60, burst: 50 };

/** How often this app may post to a channel, and update messages at all. */
export class Pacing {
  readonly #now: () => number;
  readonly #posts = new Map<string, TokenBucket>();
  #updates: TokenBucket;
  #pace: Pace;

  constructor(pace: Pace, now: () => number) {
    this.#pace = pace;
    this.#now = now;
    this.#updates = new TokenBucket(UPDATES, now);
  }

  /** Changes the pace; what was used up before is forgotten. */
  set(pace: Pace): void {
    this.#pace = pace;
    this.#posts.clear();
    this.#updates = new TokenBucket(UPDATES, this.#now);
  }

  take(method: string, channel: string | undefined): { retryAfter?: number } {
    if (this.#pace === 'off') return {};
    if (method === 'chat.update') return this.#updates.take();
    if (method !== 'chat.postMessage' || channel === undefined) return {};
    const bucket = this.#posts.get(channel) ?? new TokenBucket(this.#pace, this.#now);
    this.#posts.set(channel, bucket);
    return bucket.take();
  }
}
