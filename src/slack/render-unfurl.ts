import type { KnownBlock } from '@slack/types';
import type { Card } from '../case/card.js';
import { severityWords, standing } from '../case/words.js';
import { clip } from './clip.js';
import { agoToken, escapeText } from './escape.js';
import { caseName, serviceOf, signOf } from './render-card.js';
import { visible } from './rich-text.js';
import { who } from './who.js';

const SUBJECT = 200;
const FIELD = 120;

/** What a short card shows besides its case. */
export interface AroundUnfurl {
  /** What people call the account, with its id. */
  readonly account: string;
  /** Where people open the thread; null where that is not known. */
  readonly thread: string | null;
}

/**
 * A case in a few lines, below a link to it. Not in rich_text, as everything else is: `chat.unfurl` has been seen to refuse
 * it (slackapi/java-slack-sdk#876, #948). So what is of the case stands in plain_text, in which nothing is parsed either, and
 * only words of ours in markup.
 */
export function renderUnfurl(card: Card, { account, thread }: AroundUnfurl): KnownBlock[] {
  const { details, lastWord } = card;
  const name = escapeText(line(caseName(card), FIELD));
  const sign = card.resolved ? 'white_check_mark' : signOf(card);
  const subject = line(details?.subject ?? '', SUBJECT);
  const quiet = [
    line(standing(card), FIELD),
    line(severityWords(details?.severity ?? ''), FIELD),
    line(serviceOf(card), FIELD),
    `account ${line(account, FIELD)}`,
  ].filter((words) => words !== '');
  const blocks: KnownBlock[] = [
    markup(`:${sign}: ${thread === null ? name : `<${thread}|${name}>`}`),
    ...(subject === '' ? [] : [{ type: 'section' as const, text: plainText(subject) }]),
    { type: 'context', elements: [plainText(quiet.join(' · '))] },
  ];
  if (lastWord !== undefined)
    blocks.push({
      type: 'context',
      elements: [
        plainText(`Last word: ${line(who(lastWord.by), FIELD)},`),
        { type: 'mrkdwn', text: agoToken(lastWord.at), verbatim: true },
      ],
    });
  return blocks;
}

function markup(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

/** `emoji: false`: a subject may name `:smile:`. */
function plainText(text: string) {
  return { type: 'plain_text' as const, text, emoji: false };
}

/** Foreign words in one line. */
function line(words: string, limit: number): string {
  return clip(visible(words).replace(/\s+/g, ' ').trim(), limit);
}
