import { errorFields, type Log } from '../telemetry/log.js';
import { canBeSaid } from './errors.js';
import type { Slack } from './slack.js';
import { SlackError } from './slack-error.js';

export interface SlackHealthDeps {
  readonly slack: Pick<Slack, 'check'>;
  /** All channels that the bot writes to, the most important one first. Asked anew at each look: they may change. */
  readonly channels: () => readonly string[];
  readonly log: Log;
  /** Slack is well again, or for the first time since the start: what waits for it may go on. */
  readonly onWell: () => void;
}

const WELL_MS = 300_000;
const ILL_MS = 15_000;
/** Between two channels: Slack takes about fifty such questions a minute. */
const APART_MS = 1_500;

interface Channel {
  /** Null when all is well. */
  readonly problem: string | null;
  readonly dueAt: number;
}

/** Keeps knowing whether the token works and the channels can be written to, without being asked. */
export class SlackHealth {
  readonly #deps: SlackHealthDeps;
  /** Those that have been looked at. */
  readonly #channels = new Map<string, Channel>();
  #problem: string | null = 'Slack has not answered yet.';
  #suspectedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(deps: SlackHealthDeps) {
    this.#deps = deps;
  }

  start(): void {
    void this.#look();
  }

  /** Something went wrong that a person has to mend: looks at once instead of at the next turn. */
  suspect(): void {
    const now = performance.now();
    // While it is known that something is wrong, what goes wrong because of that must not ask once more each time.
    if (this.#problem !== null && now - this.#suspectedAt < ILL_MS) return;
    if (this.#problem === null || this.#channels.size > 1) this.#lookAtAll(now);
  }

  /** The channels are others now: new ones are looked at, and those that are gone are no problem any more. */
  recheck(): void {
    this.#lookAtAll(performance.now());
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  status(): { readonly ok: boolean; readonly problem: string | null } {
    return { ok: this.#problem === null, problem: this.#problem };
  }

  #lookAtAll(now: number): void {
    // While it looks, it comes back by itself.
    if (this.#stopped || this.#timer === null) return;
    this.#suspectedAt = now;
    for (const [id, channel] of this.#channels)
      this.#channels.set(id, { ...channel, dueAt: Math.min(channel.dueAt, now) });
    clearTimeout(this.#timer);
    this.#timer = null;
    void this.#look();
  }

  /** At the channel that is due next, and again when another one is. */
  async #look(): Promise<void> {
    const { log, channels, onWell } = this.#deps;
    const [first = '', ...others] = channels();
    const all = [first, ...others];
    for (const id of this.#channels.keys()) if (!all.includes(id)) this.#channels.delete(id);
    const dueAt = (id: string) => this.#channels.get(id)?.dueAt ?? Number.NEGATIVE_INFINITY;
    const next = all.reduce((soonest, id) => (dueAt(id) < dueAt(soonest) ? id : soonest), first);
    if (dueAt(next) <= performance.now()) {
      const wasIll = this.#problem !== null;
      const before = this.#channels.get(next)?.problem;
      const problem = await this.#check(next, all.length > 1);
      this.#channels.set(next, { problem, dueAt: performance.now() + (problem === null ? WELL_MS : ILL_MS) });
      this.#problem = this.#problemOf(all);
      const isMended = problem === null && (before === undefined ? next === first : before !== null);
      if (isMended && !this.#stopped) {
        if (wasIll && this.#problem === null) log.info('Slack is well', { channel: next });
        onWell();
      }
    } else this.#problem = this.#problemOf(all);
    if (this.#stopped) return;
    const waitMs = Math.min(...channels().map(dueAt)) - performance.now();
    this.#timer = setTimeout(() => void this.#look(), Math.max(waitMs, all.length > 1 ? APART_MS : 0));
  }

  /** What is wrong; null when nothing is. */
  async #check(channel: string, isOneOfMany: boolean): Promise<string | null> {
    const { slack, log } = this.#deps;
    try {
      await slack.check(channel);
      return null;
    } catch (error) {
      const sentence =
        error instanceof SlackError ? error.sentence : 'Slack could not be asked; see the log.';
      // What is wrong with the whole app is the same in all of them.
      const problem =
        isOneOfMany && canBeSaid(sentence, false) ? `Channel ${channel}: ${sentence}` : sentence;
      if (problem !== this.#channels.get(channel)?.problem)
        log.error('Slack is not well', { channel, problem, ...errorFields(error) });
      return problem;
    }
  }

  /** That of the most important channel first. */
  #problemOf(all: readonly string[]): string | null {
    for (const id of all) {
      const problem = this.#channels.get(id)?.problem ?? null;
      if (problem !== null) return problem;
    }
    return null;
  }
}
