import type { RichTextBlock, RichTextElement } from '@slack/types';
import { severityWords, standing } from '../case/words.js';
import { clip } from '../slack/clip.js';
import { consoleLink } from '../slack/console-link.js';
import { escapeText } from '../slack/escape.js';
import { caseName } from '../slack/render-card.js';
import { bold, date, emoji, link, plain, richText } from '../slack/rich-text.js';
import type { Slack } from '../slack/slack.js';
import type { CaseRecord } from '../store/store.js';
import type { CommandDeps } from './command-deps.js';
import { quoted } from './quoted.js';
import { WHICH_WORDS } from './words/which-case.js';
import { WORDS } from './words/words.js';

/** Longer than subjects are. */
const SUBJECT = 1_000;
const STANDING = 300;

/** A case's name, linked to its thread, or to the AWS console while it has none. Slack markup. */
export function caseLink(
  slack: Pick<Slack, 'linkTo'>,
  record: Pick<CaseRecord, 'key' | 'displayId' | 'channel' | 'threadTs'>,
): string {
  return `<${addressOf(slack, record)}|${escapeText(caseName(record))}>`;
}

/** The same with its account, where there are several to tell apart: by its number it could be another. */
export function caseInAccount(
  { slack, accountToName }: Pick<CommandDeps, 'accountToName'> & { readonly slack: Pick<Slack, 'linkTo'> },
  record: Parameters<typeof caseLink>[1],
): string {
  return inItsAccount(accountToName, caseLink(slack, record), record.key.account);
}

/** @param name of the case. Slack markup. */
export function inItsAccount(
  accountToName: CommandDeps['accountToName'],
  name: string,
  account: string,
): string {
  const whose = accountToName(account);
  return whose === null ? name : WHICH_WORDS.inAccount(name, quoted(whose));
}

/** Of its thread, or of the AWS console while it has none. */
export function addressOf(
  slack: Pick<Slack, 'linkTo'>,
  { key, displayId, channel, threadTs }: Parameters<typeof caseLink>[1],
): string {
  const thread = channel === null || threadTs === null ? null : slack.linkTo({ channel, ts: threadTs });
  return thread ?? consoleLink(displayId, key);
}

/**
 * Two lines: which case it is, and how it stands; and a warning where there is one. The words of the case are text and nothing else, as on its card: in
 * Slack markup a subject would be set in bold, or show emoji, where it only names them.
 */
export function caseLines(
  { slack, accountName }: Pick<CommandDeps, 'slack' | 'accountName'>,
  record: CaseRecord,
  warning: string | undefined,
  { namesAccount = true, room = SUBJECT }: { readonly namesAccount?: boolean; readonly room?: number } = {},
): { readonly text: string; readonly block: RichTextBlock } {
  const { details, turn } = record.card ?? { details: null, turn: null };
  const subject = clip(details?.subject ?? '', Math.min(room, SUBJECT));
  const stands =
    details === null ? (record.resolved ? 'Resolved' : 'Open') : clip(standingOf(record), STANDING);
  const state: RichTextElement[] = [
    turn === 'us' ? bold(stands) : plain(stands),
    plain(details === null ? '' : severityWords(details.severity)),
    plain(namesAccount ? WORDS.account(accountName(record.key.account)) : ''),
  ].filter((element) => !('text' in element) || element.text !== '');
  const lines = [
    [link(addressOf(slack, record), caseName(record)), plain('  '), plain(subject)],
    [
      plain('\n'),
      ...state.flatMap((element) => [element, plain(' · ')]),
      plain(WORDS.lastActivity),
      date(record.activityAt),
    ],
    ...(warning === undefined ? [] : [[plain('\n'), emoji('warning'), plain(` ${warning}`)]]),
  ];
  return {
    text: `${caseLink(slack, record)}  ${escapeText(subject)}`,
    // One section: the lines belong together.
    block: richText(lines.flat()),
  };
}

function standingOf({ card, resolved }: CaseRecord): string {
  return card === null ? '' : standing({ ...card, resolved });
}
