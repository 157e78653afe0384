import type { Block } from './message.js';

/** Links that somebody posted, or is writing, of which the app was told. */
export interface SharedLink {
  readonly unfurlId: string;
  readonly source: 'composer' | 'conversations_history';
  /** `COMPOSER` while the message is being written: its ts is the unfurl id then. */
  readonly channel: string;
  readonly ts: string;
  readonly urls: readonly string[];
  /** Before the app has answered the event, it may show nothing. */
  acknowledged: boolean;
  /** What the person who is writing the message sees of the links. */
  previews: { url: string; blocks: Block[] }[];
}

const REMEMBERED = 500;

/** What an app may unfurl, and whether already. */
export class SharedLinks {
  readonly #all: SharedLink[] = [];

  add(link: SharedLink): void {
    this.#all.push(link);
    if (this.#all.length > REMEMBERED) this.#all.shift();
  }

  byId(unfurlId: string): SharedLink | undefined {
    return this.#all.find((each) => each.unfurlId === unfurlId);
  }

  byMessage(channel: string, ts: string): SharedLink | undefined {
    return this.#all.find((each) => each.channel === channel && each.ts === ts);
  }
}
