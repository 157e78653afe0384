import type { Card } from '../case/card.js';
import { severityWords, statusWords } from '../case/words.js';
import { clip } from '../slack/clip.js';
import { consoleLink } from '../slack/console-link.js';
import { dateToken, escapeText } from '../slack/escape.js';
import { caseName } from '../slack/render-card.js';
import type { Slack } from '../slack/slack.js';
import type { CaseRecord } from '../store/store.js';

/** A case's name, linked to its thread, or to the AWS console while it has none. Slack markup. */
export function caseLink(
  slack: Pick<Slack, 'linkTo'>,
  record: Pick<CaseRecord, 'key' | 'displayId' | 'channel' | 'threadTs'>,
): string {
  const name = escapeText(caseName(record));
  const thread =
    record.channel === null || record.threadTs === null
      ? null
      : slack.linkTo({ channel: record.channel, ts: record.threadTs });
  return `<${thread ?? consoleLink(record.displayId, record.key)}|${name}>`;
}

/** Two lines: which case it is, and how it stands. Slack markup. */
export function caseLines(
  slack: Pick<Slack, 'linkTo'>,
  record: CaseRecord,
  parked: string | undefined,
): string {
  const { details, turn } = record.card ?? { details: null, turn: null };
  const subject = escapeText(clip(details?.subject ?? '', 300));
  const state = [
    statusOf(record.card, record.resolved),
    turn === 'us' ? '*waiting for us*' : turn === 'aws' ? 'waiting for AWS' : '',
    details === null ? '' : escapeText(severityWords(details.severity)),
    `account ${record.key.account}`,
    `last activity ${dateToken(record.activityAt)}`,
  ];
  const problem = parked === undefined ? '' : `\n:warning: Needs a person: ${escapeText(parked)}`;
  return `${caseLink(slack, record)}  ${subject}\n${state.filter((word) => word !== '').join(' · ')}${problem}`;
}

function statusOf(card: Card | null, resolved: boolean): string {
  if (card?.details) return escapeText(statusWords(card.details.status));
  return resolved ? 'Resolved' : 'Open';
}
