import type { HomeView } from '@slack/types';
import { SlackError } from '../../slack/slack-error.js';
import type { Views } from '../../slack/views.js';
import { errorFields, type Log } from '../../telemetry/log.js';
import type { HomePicture } from './read-home.js';

export interface HomeTabsDeps {
  readonly read: () => Promise<HomePicture>;
  readonly render: (picture: HomePicture, user: string) => HomeView | Promise<HomeView>;
  readonly views: Pick<Views, 'publish'>;
  /** A tab is shown anew at most so often by itself. */
  readonly everyMs: number;
  /** How long after it was opened. */
  readonly watchMs: number;
  readonly log: Log;
  readonly now: () => number;
}

interface Watched {
  readonly openedAt: number;
  readonly publishedAt: number;
  /** The tab as it was published last. */
  readonly shown: string;
}

/** Slack takes some hundred views a minute; whoever opened theirs last comes first. */
const MOST = 50;

/**
 * The Home tabs that people look at. Slack keeps what was published and does not say when a tab is closed, so one that was
 * opened is compared with the store for a while. Only this process knows of it: what is missed at a restart comes with the
 * next opening.
 */
export class HomeTabs {
  readonly #deps: HomeTabsDeps;
  readonly #watched = new Map<string, Watched>();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(deps: HomeTabsDeps) {
    this.#deps = deps;
  }

  /** Publishes a person's tab, whatever it showed. */
  async show(user: string): Promise<void> {
    const { read, render, now } = this.#deps;
    await this.#publish(user, await render(await read(), user), now());
    this.#watch();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  async #publish(user: string, view: HomeView, openedAt: number): Promise<void> {
    const { views, now } = this.#deps;
    await views.publish(user, view);
    // Last in the map, and so the last to be forgotten, is who opened theirs last.
    const known = this.#watched.get(user);
    if (known === undefined || known.openedAt !== openedAt) this.#watched.delete(user);
    this.#watched.set(user, { openedAt, publishedAt: now(), shown: JSON.stringify(view) });
    for (const oldest of this.#watched.keys()) {
      if (this.#watched.size <= MOST) break;
      this.#watched.delete(oldest);
    }
  }

  #watch(): void {
    if (this.#timer !== null || this.#stopped || this.#watched.size === 0) return;
    this.#timer = setTimeout(() => {
      void this.#round().finally(() => {
        this.#timer = null;
        this.#watch();
      });
    }, this.#deps.everyMs);
  }

  /** Publishes what has changed. What fails is tried again in the next round. */
  async #round(): Promise<void> {
    const { read, render, everyMs, watchMs, log, now } = this.#deps;
    for (const [user, { openedAt }] of this.#watched)
      if (now() - openedAt > watchMs) this.#watched.delete(user);
    if (this.#watched.size === 0) return;
    try {
      const picture = await read();
      for (const [user, { openedAt, publishedAt, shown }] of [...this.#watched]) {
        const view = await render(picture, user);
        if (JSON.stringify(view) === shown || now() - publishedAt < everyMs || this.#stopped) continue;
        try {
          await this.#publish(user, view, openedAt);
        } catch (error) {
          log.debug('a Home tab could not be brought up to date', errorFields(error));
          // That one holds for all of them; anything else is between Slack and this person.
          if (error instanceof SlackError && error.kind === 'rate-limited') return;
        }
      }
    } catch (error) {
      log.debug('Home tabs could not be brought up to date', errorFields(error));
    }
  }
}
