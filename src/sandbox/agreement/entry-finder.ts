import type { Look } from './looks.js';
import type { ReadMessage } from './read-message.js';

export interface Entry {
  readonly look: Look;
  readonly head: string;
  /** The place of the message behind it. */
  readonly end: number;
}

/**
 * Gives back what finds the entry that begins with a message: of several that fit, the one with the longest text; of those
 * whose text is the same while what they quote below it differs, the first that is not in the thread yet.
 */
export function entryFinder(
  looks: readonly Look[],
): (messages: readonly ReadMessage[], at: number) => Entry | null {
  const texts = looks.flatMap((look) => {
    const mayGoOn = look.said.some(({ communication }) => communication.attachments.length > 0);
    const whole = [...look.shapes].map((text) => ({ text, look, mayGoOn, folds: false }));
    return [...whole, ...[...look.folded].map((text) => ({ text, look, mayGoOn, folds: true }))];
  });
  texts.sort((a, b) => b.text.length - a.text.length);
  const byText = new Map(texts.flatMap(({ text, look, folds }) => (folds ? [] : [[text, look] as const])));
  return (messages, at) => {
    const { shape, starts, folds } = messages[at] ?? { shape: '', starts: [], folds: false };
    for (const start of starts.filter((each) => each > 0)) {
      const head = shape.slice(0, start);
      const look = folds ? undefined : byText.get(shape.slice(start));
      if (look !== undefined) return { look, head, end: at + 1 };
      let found: (Entry & { readonly size: number }) | null = null;
      for (const each of texts) {
        if (found !== null && each.text.length < found.size) break;
        const end = endOf(each.text, each, messages, at, start);
        if (end === null) continue;
        const isNew = each.look.times < each.look.said.length;
        if (found === null || isNew) found = { look: each.look, head, end, size: each.text.length };
        if (isNew) break;
      }
      if (found !== null) return { look: found.look, head, end: found.end };
      const inFile = asFile(texts, byText, messages, at, start);
      if (inFile !== null) return { ...inFile, head };
    }
    return null;
  };
}

/** Fewer letters at the beginning of a text may be like anything. */
const FEWEST_SHOWN = 200;
/** Behind them, what the bot says of the file. */
const MOST_BEHIND = 400;

/**
 * The text of which a message shows the beginning, says that the whole is in a file, and that is in one below; or right below
 * stands that it is not, with a button that shows it.
 */
function asFile(
  texts: readonly { readonly text: string; readonly look: Look }[],
  byText: ReadonlyMap<string, Look>,
  messages: readonly ReadMessage[],
  at: number,
  start: number,
): Omit<Entry, 'head'> | null {
  const piece = messages[at]?.shape.slice(start) ?? '';
  if (
    messages[at]?.hasFiles ||
    piece.length < FEWEST_SHOWN ||
    !/whole text[^\n]*file/i.test(messages[at]?.shown ?? '')
  )
    return null;
  const beginsWith = (text: string) => {
    const shown = sameLetters(piece, text);
    return shown >= FEWEST_SHOWN && piece.length - shown <= MOST_BEHIND;
  };
  for (let below = at + 1; below < messages.length; below += 1) {
    const text = messages[below]?.fileShapes().find((each) => byText.has(each) && beginsWith(each));
    const look = text === undefined ? undefined : byText.get(text);
    if (look !== undefined) return { look, end: below === at + 1 ? at + 2 : at + 1 };
  }
  if (!messages[at + 1]?.offersText) return null;
  const offered = texts.find(({ text }) => beginsWith(text));
  return offered === undefined ? null : { look: offered.look, end: at + 2 };
}

/** How many letters two texts begin with alike. */
function sameLetters(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
}

/**
 * The place behind the last message of a text that begins at `start` of the message at `at`; null where it does not.
 *
 * @param last of the last message: whether it may say something behind the text (which files come with it), and whether it
 *   has a button for what the text quotes at its end.
 */
function endOf(
  text: string,
  last: { readonly mayGoOn: boolean; readonly folds: boolean },
  messages: readonly ReadMessage[],
  at: number,
  start: number,
): number | null {
  const piece = messages[at]?.shape.slice(start) ?? '';
  const isEnd = piece === text || (last.mayGoOn && piece.startsWith(text));
  if (isEnd && messages[at]?.folds === last.folds) return at + 1;
  if (piece === '' || !text.startsWith(piece)) return null;
  const rest = text.slice(piece.length);
  const ends = messages[at + 1]?.starts.map((next) => endOf(rest, last, messages, at + 1, next));
  return ends?.find((end) => end !== null) ?? null;
}
