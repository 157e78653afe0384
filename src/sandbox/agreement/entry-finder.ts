import type { Look } from './looks.js';
import type { ReadMessage } from './read-message.js';

export interface Entry {
  readonly look: Look;
  readonly head: string;
  /** The place of the message behind it. */
  readonly end: number;
}

/** Gives back what finds the entry that begins with a message: of several that fit, the one with the longest text. */
export function entryFinder(
  looks: readonly Look[],
): (messages: readonly ReadMessage[], at: number) => Entry | null {
  const texts = looks.flatMap((look) => {
    const mayGoOn = look.said.some(({ communication }) => communication.attachments.length > 0);
    return [...look.shapes].map((text) => ({ text, look, mayGoOn }));
  });
  texts.sort((a, b) => b.text.length - a.text.length);
  const byText = new Map(texts.map(({ text, look }) => [text, look]));
  return (messages, at) => {
    const { shape, starts } = messages[at] ?? { shape: '', starts: [] };
    for (const start of starts.filter((each) => each > 0)) {
      const head = shape.slice(0, start);
      const look = byText.get(shape.slice(start));
      if (look !== undefined) return { look, head, end: at + 1 };
      for (const each of texts) {
        const end = endOf(each.text, each.mayGoOn, messages, at, start);
        if (end !== null) return { look: each.look, head, end };
      }
    }
    return null;
  };
}

/**
 * The place behind the last message of a text that begins at `start` of the message at `at`; null where it does not.
 *
 * @param mayGoOn whether the last message may say something behind the text: which files come with it.
 */
function endOf(
  text: string,
  mayGoOn: boolean,
  messages: readonly ReadMessage[],
  at: number,
  start: number,
): number | null {
  const piece = messages[at]?.shape.slice(start) ?? '';
  if (piece === text || (mayGoOn && piece.startsWith(text))) return at + 1;
  if (piece === '' || !text.startsWith(piece)) return null;
  const rest = text.slice(piece.length);
  const ends = messages[at + 1]?.starts.map((next) => endOf(rest, mayGoOn, messages, at + 1, next));
  return ends?.find((end) => end !== null) ?? null;
}
