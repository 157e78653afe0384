/** A message as the comparison reads it. */
import { isObject, type JsonObject, objectsIn } from '../slack/json-object.js';
import { type Message, shownText } from '../slack/start-slack.js';

export interface ReadMessage {
  readonly shown: string;
  /** The moments that it names, to the second: people read minutes. */
  readonly moments: string;
  readonly shape: string;
  /** It shows files. */
  readonly hasFiles: boolean;
  /** The shapes of those that are text, read when they are asked for. */
  readonly fileShapes: () => readonly string[];
  /** Whether it has a button that shows a whole text that is not in the thread. */
  readonly offersText: boolean;
  /** Where its text may begin, the likeliest first: below the first line, at once, below the second. */
  readonly starts: readonly number[];
  /** Whether it has a button that shows the quoted mail at the end of its text. */
  readonly folds: boolean;
}

/** What a file in Slack says, by its id; null for one that is no text, or gone. */
export type TextOfFile = (id: string) => string | null;

export function readMessage(message: Message, textOf: TextOfFile): ReadMessage {
  const shown = shownText({
    ...message,
    blocks: message.blocks.map((block) => unlinked(block) as JsonObject),
  });
  const [head = '', ...lines] = shown.split('\n');
  const shapes = lines.map(lettersOf).filter((each) => each !== '');
  const below = lettersOf(head).length;
  const shape = lettersOf(head) + (shapes.length > 0 ? shapes.join('') : shapeOf(lines.join('')));
  const starts = [below, 0, below + (shapes[0]?.length ?? 0)];
  const { files = [] } = message;
  let read: readonly string[] | null = null;
  const fileShapes = () => {
    read ??= files.flatMap(({ id }) => {
      const text = textOf(id);
      return text === null ? [] : [shapeOfText(text)];
    });
    return read;
  };
  return {
    shown,
    moments: momentsOf(message),
    shape,
    hasFiles: files.length > 0,
    fileShapes,
    offersText: hasButton(message, /whole text/i),
    starts,
    folds: hasButton(message, /quoted text/i),
  };
}

/** An address that is shown may be written in the letters of a text, and lead there in others. */
function unlinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unlinked);
  if (!isObject(value)) return value;
  const isAddress = value.type === 'link' && /^https?:/i.test(String(value.text));
  if (isAddress) return { type: 'text', text: value.text };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unlinked(each)]));
}

function hasButton({ blocks }: Message, label: RegExp): boolean {
  const buttons = blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => objectsIn(elements));
  return buttons.some(({ text }) => isObject(text) && label.test(String(text.text)));
}

function momentsOf({ text, blocks }: Message): string {
  const named = [...`${text} ${JSON.stringify(blocks ?? [])}`.matchAll(/(?:<!date\^|"timestamp":)(\d+)/g)];
  return named.map(([, seconds]) => seconds).join(' ');
}

/** What is compared of a text: its letters, or where it has none ("???") its signs. */
export function shapeOf(text: string): string {
  return lettersOf(text) || text.replace(/\s+/g, '');
}

/** What a layout says in another way is not counted: the language of code, a label that is its own address. */
export function shapeOfText(text: string): string {
  return shapeOf(
    text
      .replace(/\r\n?/g, '\n')
      .replace(/^([ \t]*(?:`{3,}|~{3,}))[ \t]*[\w+.#-]+[ \t]*$/gm, '$1')
      .replace(/\[(https?:[^[\]\n]+)\]\(\1\)/g, '$1'),
  );
}

/** Neither what stands for the point of a list, nor where an address leads that looks like another. */
function lettersOf(text: string): string {
  return text
    .replace(/ \(leads to https?:\S+\)|[▪▫◾◽]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, '');
}
