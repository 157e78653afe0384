/** The people of a run. Each wants one thing, so that whatever the bot tells them is about that. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, linksOf } from '../../../src/sandbox/slack/start-slack.js';
import { CHANNEL } from '../../world/world.js';
import type { Figures } from './figures.js';
import { type Offer, Told } from './words.js';
import type { ChaosWorld } from './world.js';

/** What one person has asked of the bot. */
export interface Errand {
  readonly user: string;
  readonly kind: 'reply' | 'resolve';
  readonly displayId: string;
  /** Of a reply: the words as typed. They are like no others. */
  readonly text: string;
  /** False while the person may have seen that Slack could not hand it over. */
  taken: boolean;
  /** How often the person has asked for it: once, and with every click that sends it again. */
  asked: number;
}

export class Crowd {
  readonly errands: Errand[] = [];
  readonly #world: ChaosWorld;
  readonly #figures: Figures;

  constructor(world: ChaosWorld, figures: Figures) {
    this.#world = world;
    this.#figures = figures;
  }

  async commands(
    kind: Errand['kind'],
    displayId: string,
    text: string,
    resendAfterMs: number | null,
  ): Promise<void> {
    const errand = this.#errand(kind, displayId, text);
    const { slack, url } = this.#world;
    const delivery = await slack.command(url, {
      command: '/support',
      text: `${kind} ${displayId} ${text}`.trim(),
      user: errand.user,
      channel: CHANNEL,
    });
    errand.taken = delivery.failed === undefined;
    if (!errand.taken) this.#figures.count('commands that failed before the eyes of the person');
    if (resendAfterMs !== null) errand.taken = (await this.#resend(delivery, resendAfterMs)) || errand.taken;
  }

  /** In the thread of a case. Does nothing where there is none yet. */
  async mentions(displayId: string, text: string, resendAfterMs: number | null): Promise<boolean> {
    const { slack, url } = this.#world;
    const threadTs = this.#threadOf(displayId);
    if (threadTs === null) return false;
    const errand = this.#errand('reply', displayId, text);
    const { deliveries } = await slack.write(url, {
      user: errand.user,
      channel: CHANNEL,
      threadTs,
      text: `@casethread reply ${text}`,
    });
    const [delivery] = deliveries;
    // Slack sends it until it is taken; to a bot that is not in the channel it sends nothing.
    errand.taken = delivery !== undefined;
    if (delivery !== undefined && resendAfterMs !== null) await this.#resend(delivery, resendAfterMs);
    return true;
  }

  /** Somebody presses a button that asks for it. False when nobody is shown one, or it goes just now. */
  async press(offer: Offer | undefined, times: number): Promise<boolean> {
    if (offer === undefined) return false;
    const { slack, url } = this.#world;
    const { user, actionId, value, on } = offer;
    this.#figures.count('buttons pressed', times);
    const errand = this.errands.find((each) => each.user === user);
    if (errand !== undefined) errand.asked += times;
    const clicks = Array.from({ length: times }, () => slack.click(url, { user, actionId, value, ...on }));
    const results = await Promise.allSettled(clicks);
    return results.some(({ status }) => status === 'fulfilled');
  }

  offers(): Offer[] {
    return new Told(this.#world.slack).offers();
  }

  #errand(kind: Errand['kind'], displayId: string, text: string): Errand {
    const number = String(this.errands.length + 1);
    const user = `U0P${number.padStart(8, '0')}`;
    this.#world.slack.addUser({ id: user, name: `person${number}`, realName: `Person ${number}` });
    const errand = { user, kind, displayId, text, taken: false, asked: 1 };
    this.errands.push(errand);
    return errand;
  }

  async #resend({ request }: Delivery, afterMs: number): Promise<boolean> {
    await sleep(afterMs);
    this.#figures.count('requests sent again by Slack');
    return (await this.#world.slack.resend(request)).failed === undefined;
  }

  #threadOf(displayId: string): string | null {
    const thread = this.#world.slack
      .threads(CHANNEL)
      .find(({ card }) => linksOf(card).some((link) => link.includes(`displayId=${displayId}`)));
    return thread?.card.ts ?? null;
  }
}
