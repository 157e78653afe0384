import type { RichTextElement } from '@slack/types';
import type { CommunicationItem, Item, TransitionItem, UnreadItem } from '../case/item.js';
import { clip } from './clip.js';
import { dateToken, escapedLength, escapeText } from './escape.js';
import { TEXT_PER_MESSAGE } from './limits.js';
import type { Message } from './message.js';
import { renderChange } from './render-change.js';
import { bold, date, emoji, italic, plain, richText } from './rich-text.js';
import { splitText } from './split-text.js';
import { who } from './who.js';

/** Beside TEXT_PER_MESSAGE characters of text there has to be room for all of these, once they are escaped. */
const PERSON_NAME = 140;
const FILE_NAME = 100;
const FILE_NAMES = 190;
/** Characters that turn the direction of what follows them in the line: `gpj.exe` would end in `exe.jpg`. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** The messages that show one item of the timeline: one, or several where the text is long. Never none. */
export function renderItem(item: Item): Message[] {
  switch (item.kind) {
    case 'communication':
      return renderCommunication(item);
    case 'unread':
      return [renderUnread(item)];
    case 'resolved':
    case 'reopened':
      return [renderTransition(item)];
    case 'changed':
      return [renderChange(item)];
  }
}

function renderCommunication(item: CommunicationItem): Message[] {
  const name = shortName(who(item.author));
  const pieces = splitText(item.text === '' ? '(no text)' : item.text, TEXT_PER_MESSAGE);
  return pieces.map((piece, index) => {
    const place = pieces.length === 1 ? '' : ` · ${index + 1} of ${pieces.length}`;
    const isLast = index === pieces.length - 1;
    const files = isLast ? filesLine(item.files.map((file) => file.fileName)) : '';
    const text = `*${mrkdwnName(name)}* · ${dateToken(item.at)}${place}\n${escapeText(piece)}`;
    return {
      text: files === '' ? text : `${text}\n${escapeText(files)}`,
      blocks: [
        richText([bold(name), plain(' · '), date(item.at), plain(place)]),
        richText([plain(piece)], files === '' ? [] : [plain('\n'), italic(files)]),
      ],
    };
  });
}

function renderUnread(item: UnreadItem): Message {
  const name = shortName(who(item.author));
  const words =
    'wrote on this case. Casethread cannot read the text; the first message of this thread says why.';
  return {
    text: `*${mrkdwnName(name)}* ${words}`,
    blocks: [richText([bold(name), plain(' · '), date(item.at)]), richText([italic(`${name} ${words}`)])],
  };
}

function renderTransition(item: TransitionItem): Message {
  const deed = item.kind === 'resolved' ? 'Resolved' : 'Reopened';
  const icon = item.kind === 'resolved' ? 'white_check_mark' : 'arrows_counterclockwise';
  const by = item.by === null ? '' : ` by ${shortName(who(item.by))}`;
  const seen = item.exact ? '' : ' (seen at this time; AWS does not say when it happened)';
  const line: RichTextElement[] = [
    emoji(icon),
    plain(' '),
    bold(`${deed}${by}`),
    plain(' · '),
    date(item.at),
    plain(seen),
  ];
  return {
    text: `:${icon}: *${deed}${mrkdwnName(by)}* · ${dateToken(item.at)}${seen}`,
    blocks: [richText(line)],
  };
}

function filesLine(files: readonly string[]): string {
  if (files.length === 0) return '';
  let named = '';
  let count = 0;
  for (const file of files) {
    const next = `${named}${count === 0 ? '' : ', '}${clip(file.replace(/\s+/g, ' ').replace(DIRECTIONS, '') || 'unnamed', FILE_NAME)}`;
    if (escapedLength(next) > FILE_NAMES) break;
    named = next;
    count += 1;
  }
  const more = files.length === count ? '' : ` and ${files.length - count} more`;
  return `Attached: ${named}${more}`;
}

/** Names come from outside: however long one is, it leaves room for the text, and the time behind it stays behind it. */
function shortName(name: string): string {
  return clip(name.replace(/\s+/g, ' ').replace(DIRECTIONS, ''), PERSON_NAME);
}

/** A name between asterisks: it can neither mention nor end the bold type. */
function mrkdwnName(name: string): string {
  return escapeText(name).replaceAll('*', '∗');
}
