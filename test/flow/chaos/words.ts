/** What one person has been told, read as that person would read it. */

import {
  type Ephemeral,
  type Message,
  type Slack,
  shownText,
} from '../../../src/sandbox/slack/start-slack.js';
import { ACTIONS } from '../../../src/slack/action-ids.js';

/**
 * How things stand by the bot's last decisive word. `failed` and `asking` come with a button that sends it;
 * `waiting`: words, but none that says how it ended.
 */
export type Standing = 'arrived' | 'resolved' | 'failed' | 'asking' | 'refused' | 'waiting' | 'nothing';

export interface Offer {
  readonly user: string;
  readonly actionId: string;
  /** The reference of the reply or resolve that it sends. */
  readonly value: string;
  readonly on: { readonly ephemeral: Ephemeral } | { readonly message: Message };
}

interface Word {
  readonly text: string;
  readonly ts: string;
  readonly blocks: Ephemeral['blocks'];
  readonly on: Offer['on'];
}

/** Everything that anybody was told, by person, oldest first: in channel and threads, and directly. */
export class Told {
  readonly #words = new Map<string, Word[]>();

  constructor(slack: Slack) {
    for (const ephemeral of slack.ephemerals) {
      if (!ephemeral.deleted) this.#add(ephemeral.user, ephemeral, { ephemeral });
    }
    for (const { id, im } of slack.channels) {
      if (im === undefined) continue;
      for (const message of slack.messages(id)) {
        if (message.botId !== undefined && !message.deleted) this.#add(im, message, { message });
      }
    }
    for (const words of this.#words.values()) words.sort((a, b) => Number(a.ts) - Number(b.ts));
  }

  standing(user: string): Standing {
    const words = this.#words.get(user) ?? [];
    // A word that comes late, such as "Sending…" behind "AWS has it", takes nothing back.
    for (const word of words.toReversed()) {
      const decisive = decisiveOf(word);
      if (decisive !== null) return decisive;
    }
    return words.length > 0 ? 'waiting' : 'nothing';
  }

  /** What was said, for a report. */
  said(user: string): string[] {
    return (this.#words.get(user) ?? []).map(({ text }) => text.replace(/\s+/g, ' ').slice(0, 160));
  }

  /** The buttons by which a person can still have something sent: of their last decisive word. */
  offers(): Offer[] {
    return [...this.#words].flatMap(([user, words]) => {
      const last = words.toReversed().find((word) => decisiveOf(word) !== null);
      const button = last && buttonsOf(last).find(({ actionId }) => SENDS.has(actionId));
      return last === undefined || button === undefined ? [] : [{ user, ...button, on: last.on }];
    });
  }

  #add(user: string, shown: Ephemeral | Message, on: Offer['on']): void {
    const word = { text: shownText(shown), ts: shown.ts, blocks: shown.blocks, on };
    this.#words.set(user, [...(this.#words.get(user) ?? []), word]);
  }
}

const SENDS: ReadonlyMap<string, Standing> = new Map([
  [ACTIONS.sendAgain, 'failed'],
  [ACTIONS.agreeToReopen, 'asking'],
]);

const DECISIVE: readonly (readonly [RegExp, Standing])[] = [
  [/AWS has your reply/, 'arrived'],
  [/ is resolved\.|was resolved already/, 'resolved'],
  [/nothing was (?:done|sent|changed)|was not sent|^Not sent/i, 'refused'],
];

function decisiveOf(word: Word): Standing | null {
  for (const { actionId } of buttonsOf(word)) {
    const standing = SENDS.get(actionId);
    if (standing !== undefined) return standing;
  }
  return DECISIVE.find(([pattern]) => pattern.test(word.text))?.[1] ?? null;
}

function buttonsOf({ blocks }: Word): { actionId: string; value: string }[] {
  return blocks.flatMap(({ elements }) =>
    !Array.isArray(elements)
      ? []
      : elements.flatMap((element: Record<string, unknown>) =>
          typeof element.action_id === 'string'
            ? [{ actionId: element.action_id, value: String(element.value ?? '') }]
            : [],
        ),
  );
}
