/** What is broken for a while, and put right again; two outages of one kind may overlap. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault as AwsFault } from '../../../src/sandbox/aws/faults.js';
import type { Fault as SlackFault } from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL } from '../../world/world.js';
import type { Break } from './breaks.js';
import type { Figures } from './figures.js';
import type { ChaosWorld } from './world.js';

/** What Slack asks to wait for. */
const RETRY_AFTER_S = 2;

export class Outages {
  readonly #world: ChaosWorld;
  readonly #figures: Figures;
  readonly #depth = new Map<string, number>();
  readonly #faults: { readonly fault: SlackFault | AwsFault; readonly name: string }[] = [];

  constructor(world: ChaosWorld, figures: Figures) {
    this.#world = world;
    this.#figures = figures;
  }

  begin(what: 'slack-down' | 'aws-down' | 'remove-bot'): void {
    this.#depth.set(what, (this.#depth.get(what) ?? 0) + 1);
    const { slack, aws } = this.#world;
    if (what === 'slack-down') slack.down();
    else if (what === 'aws-down') aws.down();
    else slack.changeChannel(CHANNEL, { isMember: false });
  }

  end(what: 'slack-down' | 'aws-down' | 'remove-bot'): void {
    const depth = (this.#depth.get(what) ?? 1) - 1;
    this.#depth.set(what, depth);
    if (depth > 0) return;
    const { slack, aws } = this.#world;
    if (what === 'slack-down') slack.up();
    else if (what === 'aws-down') aws.up();
    else slack.changeChannel(CHANNEL, { isMember: true });
  }

  /** Gives back what puts an end to it: calls that are held go on. */
  slackFault({ on, kind, times, error, status, ms }: Break): () => void {
    const { slack } = this.#world;
    const fault =
      kind === 'limited'
        ? slack.fault(on, { kind: 'ratelimited', retryAfter: RETRY_AFTER_S, times })
        : slack.fault(on, { kind, times, error, status, ms });
    return this.#arm(fault, `Slack: ${kind}`);
  }

  awsFault({ on, kind, times, error, status, ms }: Break): () => void {
    const { aws } = this.#world;
    const fault =
      kind === 'limited'
        ? aws.fault(on, { kind: 'throttle', times })
        : aws.fault(on, { kind, times, name: error, status, ms });
    return this.#arm(fault, `AWS: ${kind}`);
  }

  /**
   * Waits until such a call is held, at most so long, and resolves then with what lets it go on; with null when there
   * was none.
   */
  async held(on: string, kind: 'hold-before' | 'hold-after', mostMs: number): Promise<(() => void) | null> {
    const { slack, aws } = this.#world;
    const isOfAws = /^[A-Z]/.test(on);
    const fault = isOfAws ? aws.fault(on, { kind }) : slack.fault(on, { kind });
    const end = this.#arm(fault, `${isOfAws ? 'AWS' : 'Slack'}: ${kind}, and everything killed`);
    const waiting = new AbortController();
    await Promise.race([
      fault.reached,
      sleep(mostMs, undefined, { signal: waiting.signal }).catch(() => undefined),
    ]);
    waiting.abort();
    if (fault.hits > 0) return end;
    end();
    return null;
  }

  #arm(fault: SlackFault | AwsFault, name: string): () => void {
    this.#faults.push({ fault, name });
    return () => {
      fault.release();
      fault.cancel();
    };
  }

  /** How often each kind of fault has hit a call. */
  countHits(): void {
    for (const { fault, name } of this.#faults) {
      if (fault.hits > 0) this.#figures.count(`calls hit by ${name}`, fault.hits);
    }
  }
}
