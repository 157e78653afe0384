/** A message as the comparison reads it. */
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
}

export function readMessage(message: Message): ReadMessage {
  const shown = shownText(message);
  const [head = '', ...lines] = shown.split('\n');
  const shapes = lines.map(lettersOf).filter((each) => each !== '');
  const below = lettersOf(head).length;
  const shape = lettersOf(head) + (shapes.length > 0 ? shapes.join('') : shapeOf(lines.join('')));
  const hasFiles = (message.files ?? []).length > 0;
  return {
    shown,
    moments: momentsOf(message),
    shape,
    hasFiles,
    starts: [below, 0, below + (shapes[0]?.length ?? 0)],
  };
}

function momentsOf({ text, blocks }: Message): string {
  const named = [...`${text} ${JSON.stringify(blocks ?? [])}`.matchAll(/(?:<!date\^|"timestamp":)(\d+)/g)];
  return named.map(([, seconds]) => seconds).join(' ');
}

/** What is compared of a text: its letters, or where it has none ("???") its signs. */
export function shapeOf(text: string): string {
  return lettersOf(text) || text.replace(/\s+/g, '');
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]+/gu, '');
}
