import type { Button } from '@slack/types';
import { escapeText } from '../slack/escape.js';
import { TEXT_PER_MESSAGE } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { plain, richText } from '../slack/rich-text.js';
import { splitText } from '../slack/split-text.js';
import { answer } from './answer.js';
import { WORDS } from './words/words.js';

/** With the person's own words, as they typed them, so that nothing of them is lost; in several messages when long. */
export function givenBack(said: string, text: string, buttons: readonly Button[] = []): Message[] {
  const actions = buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: [...buttons] }];
  if (text === '') return [answer(said, ...actions)];
  const pieces = splitText(text, TEXT_PER_MESSAGE);
  return pieces.map((piece, index) => {
    const below = [richText([plain(piece)]), ...(index === pieces.length - 1 ? actions : [])];
    return index === 0
      ? answer(`${said}\n${WORDS.yourText}`, ...below)
      : { text: escapeText(piece), blocks: below };
  });
}
