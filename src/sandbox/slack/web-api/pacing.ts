import { TokenBucket } from './token-bucket.js';

export type Pace = { perSecond: number; burst: number } | 'off';

/** Calls a minute, per method and workspace; the burst is Slack's secret. */
const TIERS: { [method: string]: number } = {
  'chat.unfurl': 50,
  'chat.update': 50,
  'files.completeUploadExternal': 100,
  'files.getUploadURLExternal': 100,
  'reactions.add': 50,
};

/** How often this app may post to a channel, and call a few methods at all. */
export class Pacing {
  readonly #now: () => number;
  readonly #posts = new Map<string, TokenBucket>();
  readonly #methods = new Map<string, TokenBucket>();
  #pace: Pace;

  constructor(pace: Pace, now: () => number) {
    this.#pace = pace;
    this.#now = now;
  }

  /** Changes the pace; what was used up before is forgotten. */
  set(pace: Pace): void {
    this.#pace = pace;
    this.#posts.clear();
    this.#methods.clear();
  }

  take(method: string, channel: string | undefined): { retryAfter?: number } {
    if (this.#pace === 'off') return {};
    const perMinute = TIERS[method];
    if (perMinute !== undefined) {
      const tier = { perSecond: perMinute / 60, burst: perMinute };
      const calls = this.#methods.get(method) ?? new TokenBucket(tier, this.#now);
      this.#methods.set(method, calls);
      return calls.take();
    }
    if (method !== 'chat.postMessage' || channel === undefined) return {};
    const bucket = this.#posts.get(channel) ?? new TokenBucket(this.#pace, this.#now);
    this.#posts.set(channel, bucket);
    return bucket.take();
  }
}
