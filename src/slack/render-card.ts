import type { ActionsBlock, KnownBlock, RichTextElement } from '@slack/types';
import { type Card, waitingOf } from '../case/card.js';
import { caseKeyText } from '../case/case-key.js';
import { firstResponseWords } from '../case/first-response.js';
import { severityWords, standing } from '../case/words.js';
import { ACTIONS } from './action-ids.js';
import { clip } from './clip.js';
import { consoleLink } from './console-link.js';
import { escapeText } from './escape.js';
import { LABELS, RESOLVE_CONFIRM } from './labels.js';
import { SLACK_LIMITS } from './limits.js';
import type { Message } from './message.js';
import { ago, bold, date, emoji, italic, link, mention, plain, richText } from './rich-text.js';
import { who } from './who.js';

/** Far more than AWS lets people write; together they leave the card within what Slack takes. */
const SUBJECT = 2_000;
/** On the quiet line of a resolved case, which is to stay one line. */
const QUIET_SUBJECT = 80;
const FIELD = 300;
const MISSING = 1_000;
/** For notifications only: of an open case the whole subject stands in the blocks. */
const SUMMARY = 600;

/** What a card shows that is no fact of its case. */
export interface AroundCard {
  /** When it is shown, milliseconds since 1970: what is due is measured by it. */
  readonly now: number;
  /** What people call an account, with its id. */
  readonly accountName: (account: string) => string;
  /** Where the earlier thread can be read, when there was one and that is known. */
  readonly earlier?: string | null;
}

type Line = RichTextElement[];

/** The first message of a case's thread. */
export function renderCard(card: Card, around: AroundCard): Message {
  const { details, displayId, key, missing } = card;
  const subject = clip(details?.subject ?? '', SUBJECT) || `AWS Support case ${displayId || key.caseId}`;
  const lines = card.resolved ? [quietLine(card, subject, around)] : openLines(card, subject, around);
  if (card.formerTs !== undefined) lines.push(earlierLine(around.earlier ?? null));
  if (missing !== null)
    lines.push([
      plain('\n'),
      emoji(card.eventsOnly === true ? 'information_source' : 'warning'),
      plain(' '),
      italic(clip(missing, MISSING)),
    ]);
  const summary = [caseName(card), subject, clip(standing(card), FIELD)];
  return {
    text: escapeText(clip(summary.join(' · '), SUMMARY)),
    blocks: [richText(...lines), ...(card.resolved ? [] : buttons(card))],
  };
}

/** What people call the case. */
export function caseName({ displayId, key }: Pick<Card, 'displayId' | 'key'>): string {
  return displayId === '' ? key.caseId : `Case ${displayId}`;
}

/** One line: who looks for what is to be done must not stop at it. */
function quietLine(card: Card, subject: string, around: AroundCard): Line {
  const { resolution } = card;
  const by = resolution?.by == null ? '' : ` by ${clip(who(resolution.by), FIELD)}`;
  return [
    emoji('white_check_mark'),
    plain(' '),
    bold(clip(subject, QUIET_SUBJECT)),
    plain(' · '),
    caseLink(card, caseName(card)),
    plain(` · account ${around.accountName(card.key.account)} · Resolved`),
    ...(resolution === undefined ? [] : [plain(resolution.exact ? ' ' : ' before '), date(resolution.at)]),
    plain(`${by} · Reopen by replying`),
  ];
}

function openLines(card: Card, subject: string, around: AroundCard): Line[] {
  const { details, key, lastWord, owner } = card;
  const due = firstResponseWords(waitingOf(card), around.now);
  const lines: Line[] = [
    [emoji(signOf(card)), plain(' '), bold(subject)],
    [bold(clip(standing(card), FIELD)), plain(due === null ? '' : ` · ${due}`)],
    [
      caseLink(card, `${caseName(card)} in the AWS console`),
      plain(` · account ${around.accountName(key.account)}`),
    ],
  ];
  if (details !== null) {
    lines.push(
      [plain('\n'), ...field('Severity', clip(severityWords(details.severity), FIELD) || 'not known')],
      field('Service', serviceOf(card) || 'not known'),
      [
        ...field('Opened', ''),
        ...(details.openedAt === 0 ? [] : [ago(details.openedAt), plain(' ')]),
        plain(`by ${openerOf(card)}`),
      ],
    );
  }
  if (lastWord !== undefined) {
    lines.push([...field('Last word', `${clip(who(lastWord.by), FIELD)}, `), ago(lastWord.at)]);
  }
  if (owner !== undefined) lines.push(field('Owned by', clip(owner.name, FIELD)));
  lines.push(calledLine(card.mention ?? []));
  return lines;
}

/** Ids from the configuration alone: nothing that a case says may call anybody. */
function calledLine(ids: readonly string[]): Line {
  const called = ids.filter((id) => /^[SUW][A-Z0-9]+$/.test(id));
  if (called.length === 0) return [];
  return [bold('For: '), ...called.flatMap((id, index) => [plain(index === 0 ? '' : ' '), mention(id)])];
}

/** An emoji: whose turn it is, for whoever only looks over the channel; the words below say the same. */
export function signOf({ details, turn }: Pick<Card, 'details' | 'turn'>): string {
  if (details === null) return 'ticket';
  return turn === 'us' ? 'red_circle' : turn === 'aws' ? 'hourglass_flowing_sand' : 'ticket';
}

function field(name: string, value: string): Line {
  return [bold(`${name}: `), plain(value)];
}

function caseLink({ displayId, key }: Card, text: string): RichTextElement {
  return link(consoleLink(displayId, key), clip(text, FIELD));
}

/** As AWS calls it; empty where that is not known. */
export function serviceOf({ details, names }: Pick<Card, 'details' | 'names'>): string {
  return [names?.service ?? details?.service ?? '', names?.category ?? details?.category ?? '']
    .filter((word) => word !== '')
    .map((word) => clip(word, FIELD))
    .join(' / ');
}

/** AWS knows a case that was opened from Slack as one of the bot's. */
function openerOf({ details, openedFrom, opener }: Card): string {
  if (openedFrom !== undefined) return clip(who({ side: 'customer', name: openedFrom, way: 'slack' }), FIELD);
  if (opener !== undefined) return clip(who(opener), FIELD);
  const openedBy = details?.openedBy ?? '';
  if (openedBy === '') return 'somebody (AWS does not say who)';
  return clip(who({ side: 'customer', name: openedBy, way: 'unknown' }), FIELD);
}

function earlierLine(earlier: string | null): Line {
  return [
    plain('\n'),
    emoji('information_source'),
    plain(' '),
    italic(
      'The card of the earlier thread of this case was deleted in Slack, so the case goes on here. What was shown there is not repeated.',
    ),
    ...(earlier === null ? [] : [plain(' '), link(earlier, 'The earlier thread')]),
  ];
}

function buttons(card: Card): KnownBlock[] {
  const { key, displayId, owner } = card;
  const value = caseKeyText(key);
  // Slack would refuse the whole card.
  if (value.length > SLACK_LIMITS.buttonValue) return [];
  const block: ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: ACTIONS.cardReply,
        style: 'primary',
        text: label(LABELS.reply),
        value,
      },
      {
        type: 'button',
        action_id: ACTIONS.cardResolve,
        text: label(LABELS.resolve),
        value,
        confirm: RESOLVE_CONFIRM,
      },
      // Also where somebody has it: it changes hands.
      { type: 'button', action_id: ACTIONS.cardTake, text: label(LABELS.take), value },
      {
        type: 'overflow',
        action_id: ACTIONS.cardMore,
        options: [
          { text: label(LABELS.showInAws), value: 'aws', url: consoleLink(displayId, key) },
          { text: label(LABELS.whoIsOn), value: 'who' },
          // For whoever has it; others are told who that is.
          ...(owner === undefined ? [] : [{ text: label(LABELS.giveBack), value: 'give-back' }]),
          { text: label(LABELS.follow), value: 'follow' },
          { text: label(LABELS.mute), value: 'mute' },
        ],
      },
    ],
  };
  return [block];
}

function label(text: string) {
  return { type: 'plain_text' as const, text };
}
