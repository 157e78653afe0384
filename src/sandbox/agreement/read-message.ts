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
  /** Where its text may begin, the likeliest first: below the first line, at once, below the second. */
  readonly starts: readonly number[];
  /** Whether it has a button that shows the quoted mail at the end of its text. */
  readonly folds: boolean;
}

export function readMessage(message: Message): ReadMessage {
  const shown = shownText({
    ...message,
    blocks: message.blocks.map((block) => unlinked(block) as JsonObject),
  });
  const [head = '', ...lines] = shown.split('\n');
  const shapes = lines.map(lettersOf).filter((each) => each !== '');
  const below = lettersOf(head).length;
  const shape = lettersOf(head) + (shapes.length > 0 ? shapes.join('') : shapeOf(lines.join('')));
  const starts = [below, 0, below + (shapes[0]?.length ?? 0)];
  const hasFiles = (message.files ?? []).length > 0;
  return { shown, moments: momentsOf(message), shape, hasFiles, starts, folds: folds(message) };
}

/** An address that is shown may be written in the letters of a text, and lead there in others. */
function unlinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unlinked);
  if (!isObject(value)) return value;
  const isAddress = value.type === 'link' && /^https?:/i.test(String(value.text));
  if (isAddress) return { type: 'text', text: value.text };
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unlinked(each)]));
}

function folds({ blocks }: Message): boolean {
  const buttons = blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => objectsIn(elements));
  return buttons.some(({ text }) => isObject(text) && /quoted text/i.test(String(text.text)));
}

function momentsOf({ text, blocks }: Message): string {
  const named = [...`${text} ${JSON.stringify(blocks ?? [])}`.matchAll(/(?:<!date\^|"timestamp":)(\d+)/g)];
  return named.map(([, seconds]) => seconds).join(' ');
}

/** What is compared of a text: its letters, or where it has none ("???") its signs. */
export function shapeOf(text: string): string {
  return lettersOf(text) || text.replace(/\s+/g, '');
}

/** Neither what stands for the point of a list, nor where an address leads that looks like another. */
function lettersOf(text: string): string {
  return text
    .replace(/ \(leads to https?:\S+\)|[▪▫◾◽]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, '');
}
