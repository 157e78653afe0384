import type { HomeView, KnownBlock, RichTextElement } from '@slack/types';
import { severityWords } from '../../case/words.js';
import { ACTIONS } from '../../slack/action-ids.js';
import { clip } from '../../slack/clip.js';
import { DATE_FORMAT, dateFallback } from '../../slack/escape.js';
import { caseName } from '../../slack/render-card.js';
import { bold, emoji, italic, link, plain, richText } from '../../slack/rich-text.js';
import type { Slack } from '../../slack/slack.js';
import { button } from '../answer.js';
import { addressOf } from '../case-line.js';
import { HOME_WORDS } from '../words/home.js';
import type { BotState, HomeCase, HomePicture } from './read-home.js';

export interface RenderHomeDeps {
  readonly slack: Pick<Slack, 'linkTo'>;
  /** What people call an account. */
  readonly accountName: (account: string) => string;
}

/** A view takes 100 blocks; nobody reads as many, and their headings need room, too. */
const SHOWN = 60;
const ACCOUNTS = 20;
const SUBJECT = 200;
const NAME = 80;
const SEVERITIES: readonly string[] = ['critical', 'urgent', 'high', 'normal', 'low'];

/** A person's Home tab: what waits for us, what waits for AWS, and how the bot is. */
export function renderHome(
  deps: RenderHomeDeps,
  { cases, total, parked, state, isUnsure = false }: HomePicture,
  user: string,
): HomeView {
  const turnOf = ({ record }: HomeCase) => record.card?.turn ?? null;
  const us = cases.filter((each) => turnOf(each) === 'us');
  const aws = cases.filter((each) => turnOf(each) === 'aws');
  const other = cases.filter((each) => !['us', 'aws'].includes(turnOf(each) ?? ''));
  const mine = cases.filter(({ owner }) => owner?.user === user);
  const blocks: KnownBlock[] = [
    header(HOME_WORDS.title),
    ...(total === 0
      ? []
      : [richText(summary(deps, cases, { total, us: us.length, aws: aws.length, mine: mine.length }))]),
    {
      type: 'context',
      elements: [{ type: 'mrkdwn', text: stateLine(state, parked.length, isUnsure), verbatim: true }],
    },
    { type: 'actions', elements: [button(HOME_WORDS.refresh, ACTIONS.homeRefresh, 'home')] },
  ];
  if (total === 0) {
    blocks.push({ type: 'divider' }, richText([plain(isUnsure ? HOME_WORDS.unsureOfAll : HOME_WORDS.empty)]));
    return { type: 'home', blocks };
  }
  // Of a single account everything is.
  const hasSeveral = new Set(cases.map(({ record }) => record.key.account)).size > 1;
  let room = SHOWN;
  const show = (title: string, unordered: readonly HomeCase[]): void => {
    if (unordered.length === 0) return;
    const group = [...unordered].sort(byUrgency);
    blocks.push({ type: 'divider' }, header(title));
    blocks.push(...group.slice(0, room).map((each) => caseBlock(deps, each, { user, hasSeveral })));
    room = Math.max(0, room - group.length);
  };
  if (us.length === 0) blocks.push({ type: 'divider' }, richText([plain(HOME_WORDS.nothingForUs)]));
  show(HOME_WORDS.us(us.length), us);
  show(HOME_WORDS.aws(aws.length), aws);
  show(HOME_WORDS.other(other.length), other);
  if (isUnsure) blocks.push({ type: 'divider' }, richText([plain(HOME_WORDS.unsureOfOthers)]));
  const hidden = total - Math.min(SHOWN, cases.length);
  if (hidden > 0) blocks.push({ type: 'divider' }, richText([italic(HOME_WORDS.more(hidden))]));
  return { type: 'home', blocks };
}

/** The most severe first; of those that are alike, the one that has waited longest. */
function byUrgency(a: HomeCase, b: HomeCase): number {
  const rank = ({ record }: HomeCase) =>
    SEVERITIES.indexOf(record.card?.details?.severity ?? '') + 1 || SEVERITIES.length + 1;
  const openedAt = ({ record }: HomeCase) => record.card?.details?.openedAt ?? record.activityAt;
  return rank(a) - rank(b) || openedAt(a) - openedAt(b);
}

function header(text: string): KnownBlock {
  return { type: 'header', text: { type: 'plain_text', text } };
}

function summary(
  { accountName }: RenderHomeDeps,
  cases: readonly HomeCase[],
  { total, us, aws, mine }: { total: number; us: number; aws: number; mine: number },
): RichTextElement[] {
  const byAccount = new Map<string, number>();
  for (const { record } of cases)
    byAccount.set(record.key.account, (byAccount.get(record.key.account) ?? 0) + 1);
  const accounts = [...byAccount].sort(([, a], [, b]) => b - a);
  const named = accounts.slice(0, ACCOUNTS).map(([id, n]) => `${clip(accountName(id), NAME)} ${n}`);
  const rest = accounts.length > ACCOUNTS ? [HOME_WORDS.moreAccounts(accounts.length - ACCOUNTS)] : [];
  return [
    bold(HOME_WORDS.counts(total, us, aws, mine)),
    ...(accounts.length < 2 ? [] : [plain(`\n${HOME_WORDS.perAccount}${[...named, ...rest].join(' · ')}`)]),
    ...(total > cases.length ? [plain('\n'), italic(HOME_WORDS.ofNewest(cases.length))] : []),
  ];
}

/** In one line; of our own words only, because it is markup. */
function stateLine({ lastEventAt, sweep }: BotState, parked: number, isUnsure: boolean): string {
  const swept =
    sweep.state === 'off'
      ? HOME_WORDS.sweepsOff
      : sweep.lastAt === null
        ? HOME_WORDS.noSweep
        : dateToken(HOME_WORDS.lastSweep, sweep.lastAt);
  return [
    lastEventAt === null ? HOME_WORDS.noEvent : dateToken(HOME_WORDS.lastEvent, lastEventAt),
    swept,
    ...(sweep.state === 'failed' ? [`:warning: ${HOME_WORDS.sweepFailed}`] : []),
    ...(sweep.state === 'partly' ? [`:warning: ${HOME_WORDS.sweepPartly}`] : []),
    // Of cases that could not be asked about, nobody says that none needs a person.
    ...(parked === 0 && !isUnsure ? [HOME_WORDS.nothingParked] : []),
    ...(parked > 0 ? [`:warning: ${HOME_WORDS.parked(parked)}`] : []),
  ].join(' · ');
}

/** Two lines, in which the words of the case are text and nothing else. */
function caseBlock(
  { slack, accountName }: RenderHomeDeps,
  { record, owner }: HomeCase,
  { user, hasSeveral }: { readonly user: string; readonly hasSeveral: boolean },
): KnownBlock {
  const details = record.card?.details ?? null;
  const openedAt = details?.openedAt ?? 0;
  const subject = clip((details?.subject ?? '').replace(/\s+/g, ' '), SUBJECT);
  const name: RichTextElement[] =
    owner === null
      ? []
      : [
          plain(' · '),
          emoji('bust_in_silhouette'),
          plain(' '),
          owner.user === user ? bold(HOME_WORDS.yours) : plain(clip(owner.name.replace(/\s+/g, ' '), NAME)),
        ];
  const facts = [
    details === null ? '' : clip(severityWords(details.severity), NAME),
    hasSeveral ? HOME_WORDS.account(clip(accountName(record.key.account), NAME)) : '',
  ].filter((each) => each !== '');
  return richText([
    link(addressOf(slack, record), caseName(record)),
    ...name,
    plain(subject === '' ? '' : owner === null ? `  ${subject}` : ` · ${subject}`),
    plain(`\n${[...facts, ''].join(' · ')}`),
    ...(openedAt === 0 ? [] : [date(HOME_WORDS.opened, openedAt, '{ago}'), plain(' · ')]),
    date(HOME_WORDS.lastActivity, record.activityAt),
  ]);
}

/**
 * Words stand within the format: a day that begins it Slack writes with a capital letter. How long ago something was Slack
 * counts by itself: a view must not change only because time goes by.
 */
function date(words: string, at: number, shape = DATE_FORMAT): RichTextElement {
  const fallback = words + dateFallback(at);
  return { type: 'date', timestamp: Math.floor(at / 1000), format: words + shape, fallback };
}

function dateToken(words: string, at: number): string {
  return `<!date^${Math.floor(at / 1000)}^${words}${DATE_FORMAT}|${words}${dateFallback(at)}>`;
}
