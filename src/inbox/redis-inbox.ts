import { randomUUID } from 'node:crypto';
import { setTimeout as delay, setImmediate as nextRound } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { type Clocks, LOCAL_CLOCKS } from '../lease/stopwatch.js';
import { inboxBase } from '../redis/keys.js';
import { runScript } from '../redis/script.js';
import { errorFields, type Log } from '../telemetry/log.js';
import { type FinishDeps, finishTurn, giveTurnBack } from './finish-turn.js';
import {
  type Handler,
  type Inbox,
  type InboxStats,
  keysByGroup,
  type Parked,
  type RunOptions,
} from './inbox.js';
import { LeaseKeeper } from './lease-keeper.js';
import { outcomeOf } from './outcome-of.js';
import { MARK, MARKED, PARKED, STATS, wakeChannel } from './redis-inbox-scripts.js';
import { type Turn, takeTurns } from './redis-turn.js';
import { subscribe } from './subscribe.js';

export interface RedisInboxOptions {
  /** Commands have to fail while Redis is away rather than wait; see connectRedis. */
  readonly redis: Redis;
  /** Several inboxes share one Redis. */
  readonly queue: string;
  /** How long a parked key rests before it is tried again. */
  readonly parkedMs: number;
  /** How long a key is left to a replica that gives no sign of life. */
  readonly leaseMs?: number | undefined;
  /** How often to look for work without being told of any. */
  readonly lookEveryMs?: number;
  readonly clocks?: Clocks;
  readonly log?: Log;
}

const LEASE_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 250;

/**
 * The inbox of any number of replicas. A key is handed out on a lease with a token of its own: whoever holds it without
 * a sign of life loses it to another, and can from then on change nothing, here or in the store.
 *
 * It outlives a Redis that goes away: `mark` rejects meanwhile, what is in hand goes on as long as its lease holds, and
 * what could not be written down is done again, which is safe.
 */
export class RedisInbox implements Inbox {
  readonly #options: RedisInboxOptions;
  readonly #redis: Redis;
  readonly #base: string;
  readonly #leaseMs: number;
  readonly #clocks: Clocks;
  readonly #keeper: LeaseKeeper;
  readonly #finishing: FinishDeps;
  readonly #working = new Set<Promise<void>>();
  /** What tokens begin with: no two processes, and no two inboxes of one, have the same. */
  readonly #id = randomUUID();
  readonly #ended = new AbortController();
  #handler: Handler | null = null;
  #limits: RunOptions = { concurrency: 0 };
  #takes = 0;
  /** One look at a time: each begins when the one before has ended. */
  #looks: Promise<void> = Promise.resolve();
  #lookPlanned = false;
  #hasNews = false;
  #isFailing = false;
  #timer: NodeJS.Timeout | null = null;
  #unsubscribe: () => void = () => undefined;
  #stopped = false;

  constructor(options: RedisInboxOptions) {
    const { redis, queue, parkedMs, leaseMs = LEASE_MS, clocks = LOCAL_CLOCKS, log } = options;
    const base = inboxBase(queue);
    this.#options = options;
    this.#redis = redis;
    this.#base = base;
    this.#leaseMs = leaseMs;
    this.#clocks = clocks;
    const onLost = ({ key }: Turn) => log?.warn('a lease was lost', { queue, key });
    const shared = { redis, base, retryMs: RETRY_MS };
    this.#keeper = new LeaseKeeper({ ...shared, leaseMs, clocks, onLost });
    this.#finishing = { ...shared, queue, parkedMs, ended: this.#ended.signal, log };
  }

  async mark(key: string, after = 0): Promise<void> {
    await runScript(this.#redis, MARK, [this.#base], [key, after]);
    this.wake();
  }

  /** Something was marked: looks for it soon, or lets other replicas know when there is nobody free here. */
  wake(): void {
    if (this.#stopped || this.#handler === null) {
      void this.#tellOthers();
      return;
    }
    this.#hasNews = true;
    this.#lookSoon();
  }

  run(handler: Handler, limits: RunOptions): void {
    this.#handler = handler;
    this.#limits = limits;
    const look = () => this.#lookSoon();
    const onReady = () => {
      this.#keeper.doubt();
      look();
    };
    this.#redis.on('ready', onReady);
    const leave = subscribe(this.#redis, wakeChannel(this.#base), look);
    this.#unsubscribe = () => {
      this.#redis.off('ready', onReady);
      leave();
    };
    look();
  }

  async stats(): Promise<InboxStats> {
    const reply = await runScript(this.#redis, STATS, [this.#base]);
    const [waiting, working, parked] = reply as [number, number, number];
    return { waiting, working, parked };
  }

  async marked(keys: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await runScript(this.#redis, MARKED, [this.#base], keys)) as string[]);
  }

  async parked(): Promise<readonly Parked[]> {
    const reply = await runScript(this.#redis, PARKED, [this.#base]);
    return (reply as [string, string, string][])
      .map(([key, reason, since]) => ({ key, reason, since: Number(since) }))
      .sort((a, b) => a.since - b.since);
  }

  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const signal = this.#ended.signal;
    // A look under way may still be given keys, which it gives back.
    const ended = this.#looks.then(() => Promise.all(this.#working));
    await Promise.race([ended, delay(graceMs, undefined, { signal }).catch(() => undefined)]);
    this.#ended.abort();
    this.#keeper.stop();
    this.#unsubscribe();
  }

  #lookSoon(): void {
    if (this.#lookPlanned || this.#stopped || this.#handler === null) return;
    this.#lookPlanned = true;
    this.#looks = this.#looks
      // What comes in one burst is looked for once.
      .then(() => nextRound())
      .then(() => {
        this.#lookPlanned = false;
        return this.#look();
      });
  }

  /** Takes up what is due, as far as there are free workers, and sleeps until there is more. */
  async #look(): Promise<void> {
    const handler = this.#handler;
    if (this.#stopped || handler === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const tell = this.#hasNews;
    this.#hasNews = false;
    try {
      await this.#keeper.renewOverdue();
      const free = this.#limits.concurrency - this.#keeper.size;
      // Whoever ends looks again.
      if (free > 0) await this.#take(handler, free, tell);
      else if (tell) await this.#tellOthers();
      this.#isFailing = false;
    } catch (error) {
      this.#hasNews ||= tell;
      // That Redis is away, its connection says.
      if (!this.#isFailing && this.#redis.status === 'ready') {
        const { queue, log } = this.#options;
        log?.warn('Redis refuses to hand out work', { queue, ...errorFields(error) });
      }
      this.#isFailing = true;
      this.#sleep(RETRY_MS);
    }
  }

  async #take(handler: Handler, free: number, tell: boolean): Promise<void> {
    this.#takes += 1;
    const { reserved = 0, perGroup = 0 } = this.#limits;
    const { turns, nextMs } = await takeTurns(this.#redis, free, {
      reserved,
      perGroup,
      busy: perGroup > 0 ? Object.fromEntries(keysByGroup(this.#keeper.keys())) : {},
      queue: this.#options.queue,
      base: this.#base,
      leaseMs: this.#leaseMs,
      clocks: this.#clocks,
      token: `${this.#id}:${this.#takes}`,
      tell,
    });
    for (const turn of turns) {
      const ended = this.#stopped ? this.#giveBack(turn) : this.#work(handler, turn);
      this.#working.add(ended);
      void ended.then(() => this.#working.delete(ended));
    }
    this.#sleep(nextMs);
  }

  async #work(handler: Handler, turn: Turn): Promise<void> {
    this.#keeper.add(turn);
    const { key, attempts, since, lease } = turn;
    const outcome = await outcomeOf(handler, { key, attempt: attempts, since, lease });
    const nextMs = await finishTurn(this.#finishing, turn, outcome);
    this.#keeper.drop(turn);
    this.#sleep(nextMs);
  }

  async #giveBack(turn: Turn): Promise<void> {
    await giveTurnBack(this.#finishing, turn);
    await this.#tellOthers();
  }

  #sleep(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopped) return;
    if (ms === 0) {
      this.#lookSoon();
      return;
    }
    const { lookEveryMs = LOOK_EVERY_MS } = this.#options;
    this.#timer = setTimeout(() => this.#lookSoon(), ms < 0 ? lookEveryMs : Math.min(ms, lookEveryMs));
  }

  async #tellOthers(): Promise<void> {
    // They look once a second anyway.
    await this.#redis.publish(wakeChannel(this.#base), '').catch(() => undefined);
  }
}
