import type { Card } from '../case/card.js';
import type { Turn } from '../case/turn.js';
import { severityWords, statusWords } from '../case/words.js';
import { clip } from './clip.js';
import { consoleLink } from './console-link.js';
import { escapeText } from './escape.js';
import type { Message } from './message.js';
import { bold, date, emoji, italic, link, plain, richText } from './rich-text.js';

const TURN: Record<Turn, string> = {
  us: 'Waiting for us',
  aws: 'Waiting for AWS',
  nobody: 'Nobody has to act',
};

/** Far more than AWS lets people write; together they leave the card within what Slack takes. */
const SUBJECT = 2_000;
const FIELD = 300;
const MISSING = 1_000;
/** For notifications only: the whole subject stands in the blocks. */
const SUMMARY = 600;

/**
 * The first message of a case's thread.
 *
 * @param earlier where the earlier thread can be read, when there was one and that is known.
 */
export function renderCard(card: Card, earlier: string | null = null): Message {
  const { details, displayId, key, turn, missing, resolved } = card;
  const name = caseName(card);
  const subject = details?.subject || `AWS Support case ${displayId || key.caseId}`;
  const status =
    details === null ? (resolved ? 'Resolved' : 'Open, as far as events tell') : statusWords(details.status);
  const lines = [
    [emoji(resolved ? 'white_check_mark' : 'ticket'), plain(' '), bold(clip(subject, SUBJECT))],
    [link(consoleLink(displayId, key), `${name} in the AWS console`)],
    [
      plain('\n'),
      bold('Status: '),
      plain(clip(status, FIELD)),
      plain(turn === null || resolved ? '' : `. ${TURN[turn]}`),
    ],
  ];
  if (details !== null) {
    lines.push(
      [bold('Severity: '), plain(clip(severityWords(details.severity), FIELD) || 'not known')],
      [bold('Account: '), plain(key.account)],
      [
        bold('Service: '),
        plain(
          [details.service, details.category]
            .filter((word) => word !== '')
            .map((word) => clip(word, FIELD))
            .join(' / '),
        ),
      ],
      [
        bold('Opened by: '),
        plain(clip(details.openedBy, FIELD) || 'not known'),
        plain(', '),
        date(details.openedAt),
      ],
    );
  } else {
    lines.push([bold('Account: '), plain(key.account)]);
  }
  if (card.formerTs !== undefined) {
    lines.push([
      plain('\n'),
      emoji('information_source'),
      plain(' '),
      italic(
        'The first message of the earlier thread of this case was deleted in Slack, so the case goes on here. What was shown there is not repeated.',
      ),
      ...(earlier === null ? [] : [plain(' '), link(earlier, 'The earlier thread')]),
    ]);
  }
  if (missing !== null)
    lines.push([plain('\n'), emoji('warning'), plain(' '), italic(clip(missing, MISSING))]);

  const summary = [name, subject, status, turn === null || resolved ? '' : TURN[turn]];
  return {
    text: escapeText(clip(summary.filter((word) => word !== '').join(' · '), SUMMARY)),
    blocks: [richText(...lines)],
  };
}

/** What people call the case. */
export function caseName({ displayId, key }: Pick<Card, 'displayId' | 'key'>): string {
  return displayId === '' ? key.caseId : `Case ${displayId}`;
}
