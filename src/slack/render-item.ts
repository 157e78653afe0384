import type { ActionsBlock, RichTextElement } from '@slack/types';
import type { CaseKey } from '../case/case-key.js';
import { foldQuoted } from '../case/fold-quoted.js';
import type { CommunicationItem, Item, TransitionItem, UnreadItem } from '../case/item.js';
import { ACTIONS } from './action-ids.js';
import { clip } from './clip.js';
import { dateToken, escapedLength, escapeText } from './escape.js';
import { LABELS } from './labels.js';
import { layOut } from './layout/lay-out.js';
import { pagesOf } from './layout/pages.js';
import { SLACK_LIMITS, TEXT_PER_MESSAGE } from './limits.js';
import type { Message } from './message.js';
import { quotedValue } from './quoted-value.js';
import { renderChange } from './render-change.js';
import { bold, date, emoji, italic, plain, richText, visible } from './rich-text.js';
import { fromWhere, who } from './who.js';

/** Beside TEXT_PER_MESSAGE characters of text there has to be room for all of these, once they are escaped. */
const PERSON_NAME = 140;
/** Of a text of which the whole is a file, so much is shown: to know what it is about. As TEXT_PER_MESSAGE counts. */
const FIRST_LINES = 1_500;
const FILE_NAME = 100;
const FILE_NAMES = 190;
/** Characters that turn the direction of what follows them in the line: `gpj.exe` would end in `exe.jpg`. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * The messages that show one item of the timeline: one, or several where the text is long. Never none. How many depends on
 * the item alone: the ledger counts them.
 */
export function renderItem(item: Item, key: CaseKey): Message[] {
  switch (item.kind) {
    case 'communication':
      return renderCommunication(item, key);
    case 'unread':
      return [renderUnread(item)];
    case 'resolved':
    case 'reopened':
      return [renderTransition(item)];
    case 'changed':
      return [renderChange(item)];
  }
}

function renderCommunication(item: CommunicationItem, key: CaseKey): Message[] {
  const name = shortName(who(item.author));
  const whole = visible(item.text);
  const { shown, quoted } = foldQuoted(whole);
  const button = quoted === null ? null : showQuotedButton(key, item.id);
  const text = button === null ? whole : shown;
  const all = pagesOf(text === '' ? '(no text)' : text, item.asFile ? FIRST_LINES : TEXT_PER_MESSAGE);
  const pages = item.asFile ? all.slice(0, 1) : all;
  const goesOn = item.asFile ? goesOnLine(item.text) : '';
  return pages.map((page, index) => {
    const from = index === 0 ? fromWhere(item.author) : '';
    const place = from + (pages.length === 1 ? '' : ` · ${index + 1} of ${pages.length}`);
    const isLast = index === pages.length - 1;
    const files = isLast ? filesLine(item) : '';
    const below = [goesOn, files].filter((line) => line !== '');
    const source = page.map((span) => span.source).join('');
    return {
      text: [
        `*${mrkdwnName(name)}* · ${dateToken(item.at)}${place}`,
        escapeText(source),
        ...below.map(escapeText),
      ].join('\n'),
      blocks: [
        richText([bold(name), plain(' · '), date(item.at), plain(place)]),
        layOut(page),
        ...below.map((line) => richText([italic(line)])),
        ...(isLast && button !== null ? [button] : []),
      ],
    };
  });
}

/** Quoted mail is read anew from AWS when somebody wants it: the value says of which message. Null where it does not fit. */
function showQuotedButton(key: CaseKey, entry: string): ActionsBlock | null {
  const value = quotedValue(key, entry);
  if (value.length > SLACK_LIMITS.buttonValue) return null;
  const text = { type: 'plain_text' as const, text: LABELS.showQuoted };
  return { type: 'actions', elements: [{ type: 'button', text, action_id: ACTIONS.showQuoted, value }] };
}

function renderUnread(item: UnreadItem): Message {
  const name = shortName(who(item.author));
  const words =
    'wrote on this case. Casethread cannot read the text; the card, the first message of this thread, says why.';
  return {
    text: `*${mrkdwnName(name)}* ${words}`,
    blocks: [
      richText([bold(name), plain(' · '), date(item.at), plain(fromWhere(item.author))]),
      richText([italic(`${name} ${words}`)]),
    ],
  };
}

function renderTransition(item: TransitionItem): Message {
  const deed = item.kind === 'resolved' ? 'Resolved' : 'Reopened';
  const icon = item.kind === 'resolved' ? 'white_check_mark' : 'arrows_counterclockwise';
  const by = item.by === null ? '' : ` by ${shortName(who(item.by))}`;
  // AWS does not say of every deed when it was done.
  const seen = item.exact ? '' : 'seen ';
  const line: RichTextElement[] = [
    emoji(icon),
    plain(' '),
    bold(`${deed}${by}`),
    plain(` · ${seen}`),
    date(item.at),
    plain(fromWhere(item.by)),
  ];
  return {
    text: `:${icon}: *${deed}${mrkdwnName(by)}* · ${seen}${dateToken(item.at)}${fromWhere(item.by)}`,
    blocks: [richText(line)],
  };
}

/** @param text all of it, as the file below has it. */
function goesOnLine(text: string): string {
  return `… The text goes on. The whole text (${text.length.toLocaleString('en-US')} characters) is in the file below.`;
}

function filesLine({ files: attached, filesAbove }: CommunicationItem): string {
  const files = attached.map(({ fileName }) => fileName);
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
  return `Attached: ${named}${more}${filesAbove ? ' (in the message above)' : ''}`;
}

/** Names come from outside: however long one is, it leaves room for the text, and the time behind it stays behind it. */
function shortName(name: string): string {
  return clip(name.replace(/\s+/g, ' ').replace(DIRECTIONS, ''), PERSON_NAME);
}

/** A name between asterisks: it can neither mention nor end the bold type. */
function mrkdwnName(name: string): string {
  return escapeText(name).replaceAll('*', '∗');
}
