import type { ActionsBlock, InputBlock } from '@slack/types';
import { isBlank } from '../../case/folded.js';
import { findSecrets } from '../../case/secrets.js';
import { button } from '../answer.js';
import type { ViewValues } from '../interaction.js';
import { FORM_WORDS } from '../words/forms.js';

/** What one input of Slack holds, in characters (facts: slack.md, section 0). */
export const BOX = 3_000;
/** So many hold what AWS takes in one communication; a longer text that is given gets more, so that all of it is shown. */
export const USUAL_BOXES = 3;

const ACTION = 'text';
const BLOCK = /^text-(\d+)$/;

/** The block of a box, counted from 1: errors about the text belong under the first. */
export function boxId(number: number): string {
  return `text-${number}`;
}

/**
 * A long text in several inputs, because one holds less than AWS takes. Joined, each begins on a new line; the hint says
 * so.
 *
 * @param texts what stands in each, `''` for an empty one: so many boxes there are.
 */
export function textBoxes(label: string, placeholder: string, texts: readonly string[]): InputBlock[] {
  return texts.map((text, index) => ({
    type: 'input',
    block_id: boxId(index + 1),
    // An empty text has an answer of its own, which says what to do.
    optional: true,
    label: {
      type: 'plain_text',
      text: index === 0 ? label : FORM_WORDS.continued(label, index + 1),
      emoji: false,
    },
    ...(index === texts.length - 1
      ? {
          hint: {
            type: 'plain_text',
            text: texts.length === 1 ? FORM_WORDS.oneBox : FORM_WORDS.boxesAreJoined,
          },
        }
      : {}),
    element: {
      type: 'plain_text_input',
      action_id: ACTION,
      multiline: true,
      max_length: BOX,
      ...(text === '' ? {} : { initial_value: text }),
      ...(index === 0 ? { placeholder: { type: 'plain_text', text: placeholder } } : {}),
    },
  }));
}

/** The button that adds a box; nothing when there are enough. Its `action_id` is the form's own. */
export function moreRoom(actionId: string, boxes: number): ActionsBlock[] {
  if (boxes >= USUAL_BOXES) return [];
  return [
    { type: 'actions', block_id: 'more-room', elements: [button(FORM_WORDS.moreRoom, actionId, 'more')] },
  ];
}

/** What stands in each box, as it was typed. */
export function boxesIn(values: ViewValues): string[] {
  const boxes = Object.entries(values).flatMap(([block, actions]) => {
    const number = BLOCK.exec(block)?.[1];
    return number === undefined ? [] : [{ number: Number(number), text: actions[ACTION]?.value ?? '' }];
  });
  return boxes.sort((a, b) => a.number - b.number).map(({ text }) => text);
}

/** The whole text. Boxes left empty are not there; nothing else than what surrounds all of it is taken away. */
export function textIn(values: ViewValues): string {
  const boxes = boxesIn(values)
    .map((text) => text.replace(/\r\n?/g, '\n'))
    .filter((text) => !isBlank(text));
  return boxes.reduce((whole, box) => (whole === '' ? box : joined(whole, box)), '').trim();
}

/**
 * On a new line; but where the end of a box has cut what looks like a secret in two, as it stood before: in halves nobody
 * would know it again, and it would leave.
 */
function joined(whole: string, box: string): string {
  const ways = ['\n', '', ' '].map((by) => `${whole}${by}${box}`);
  const found = ways.map((text) => findSecrets(text).reduce((sum, { from, to }) => sum + to - from, 0));
  return ways[found.indexOf(Math.max(...found))] ?? whole;
}

/**
 * A text cut into boxes, at least one: at the end of a paragraph, else of a line, else between words, where there is such
 * a place. Joined by {@link textIn} it is the same text, but for a line break where there was none in half a box (never
 * within what looks like a secret).
 */
export function intoBoxes(text: string): string[] {
  const boxes: string[] = [];
  let rest = text.replace(/\r\n?/g, '\n').toWellFormed();
  // Fewer than would do leave no choice where to cut.
  let left = Math.max(USUAL_BOXES, Math.ceil(rest.length / (BOX - 300)));
  while (rest.length > BOX) {
    left -= 1;
    const least = Math.max(1, rest.length - left * BOX);
    const { end, next } = cut(rest, Math.max(least, BOX / 2));
    boxes.push(rest.slice(0, end));
    rest = rest.slice(next);
  }
  return [...boxes, rest];
}

/** Where a box ends, and where the next one begins: what is between them is the line break that joining puts back. */
function cut(text: string, least: number): { readonly end: number; readonly next: number } {
  const piece = text.slice(0, BOX + 1);
  const paragraph = piece.lastIndexOf('\n\n');
  // The empty line stays with the first box, where it is not seen.
  if (paragraph >= least && paragraph < BOX) return { end: paragraph + 1, next: paragraph + 2 };
  const line = piece.lastIndexOf('\n');
  if (line >= least) return { end: line, next: line + 1 };
  const word = piece.lastIndexOf(' ');
  if (word >= least) return { end: word, next: word + 1 };
  const isWithinPair = /[\uD800-\uDBFF]/.test(text.charAt(BOX - 1));
  const end = isWithinPair ? BOX - 1 : BOX;
  return { end, next: end };
}
