import { errorFields, type Log } from '../telemetry/log.js';
import type { Slack } from './slack.js';
import { SlackError } from './slack-error.js';

export interface SlackHealthDeps {
  readonly slack: Pick<Slack, 'check'>;
  readonly channel: string;
  readonly log: Log;
  /** Slack is well again, or for the first time since the start: what waits for it may go on. */
  readonly onWell: () => void;
}

const WELL_MS = 300_000;
const ILL_MS = 15_000;

/** Keeps knowing whether the token works and the channel can be written to, without being asked. */
export class SlackHealth {
  readonly #deps: SlackHealthDeps;
  #status: { ok: boolean; problem: string | null } = { ok: false, problem: 'Slack has not answered yet.' };
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
    if (this.#stopped || !this.#status.ok || this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    void this.#look();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  status(): { readonly ok: boolean; readonly problem: string | null } {
    return this.#status;
  }

  async #look(): Promise<void> {
    const { slack, channel, log, onWell } = this.#deps;
    try {
      await slack.check(channel);
      const wasIll = !this.#status.ok;
      this.#status = { ok: true, problem: null };
      if (wasIll && !this.#stopped) {
        log.info('Slack is well', { channel });
        onWell();
      }
    } catch (error) {
      const problem = error instanceof SlackError ? error.sentence : 'Slack could not be asked; see the log.';
      if (problem !== this.#status.problem)
        log.error('Slack is not well', { channel, problem, ...errorFields(error) });
      this.#status = { ok: false, problem };
    }
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#look(), this.#status.ok ? WELL_MS : ILL_MS);
  }
}
