import type { RichTextElement } from '@slack/types';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { ACTIONS } from './action-ids.js';
import { clip } from './clip.js';
import { escapeText } from './escape.js';
import { LABELS } from './labels.js';
import type { Message } from './message.js';
import { caseName } from './render-card.js';
import { bold, emoji, link, plain, richText } from './rich-text.js';

/** Of which case somebody is told directly, and where to read on. */
export interface DirectAbout {
  readonly key: CaseKey;
  readonly displayId: string;
  readonly subject: string;
  /** What people call its account; null where naming it tells nobody anything. */
  readonly account: string | null;
  /** Null while Slack has not told us the workspace's address. */
  readonly thread: string | null;
  readonly entry: string | null;
}

/** For a notification, and a glance. */
const SUBJECT = 300;
const NAME = 100;

/**
 * AWS has answered. Names the case and repeats none of its text: whoever has left the channel since they followed the case
 * must not be sent what is said there.
 */
export function renderAnswered(about: DirectAbout): Message {
  const read: RichTextElement[] =
    about.entry === null ? [] : [plain('\n'), link(about.entry, LABELS.readAnswer)];
  return direct(
    about,
    [plain('AWS Support answered on ')],
    read,
    button(LABELS.mute, ACTIONS.muteCase, about.key),
  );
}

/** Somebody else has the case now. */
export function renderTakenOver(about: DirectAbout, by: string): Message {
  const name = clip(by.replace(/\s+/g, ' '), NAME);
  return direct(
    about,
    [bold(name), plain(' has taken over ')],
    [plain('\nIt is not yours any more, and you get no messages about it. “Follow” brings them back.')],
    button(LABELS.follow, ACTIONS.followCase, about.key),
  );
}

function direct(
  about: DirectAbout,
  before: RichTextElement[],
  after: RichTextElement[],
  last: ReturnType<typeof button>,
): Message {
  const { thread } = about;
  const name = caseName(about);
  const subject = clip(about.subject.replace(/\s+/g, ' '), SUBJECT);
  const account = about.account === null ? '' : ` · account ${clip(about.account, NAME)}`;
  const line = [
    emoji('ticket'),
    plain(' '),
    ...before,
    thread === null ? plain(name) : link(thread, name),
    ...(subject === '' ? [] : [plain(': '), bold(subject)]),
    plain(account),
    ...after,
  ];
  const said = before.map((element) => ('text' in element ? element.text : '')).join('');
  const open =
    thread === null
      ? []
      : [
          {
            type: 'button' as const,
            text: { type: 'plain_text' as const, text: LABELS.openThread },
            action_id: ACTIONS.openLink,
            url: thread,
          },
        ];
  return {
    text: escapeText(`${said}${name}${subject === '' ? '' : `: ${subject}`}${account}`),
    blocks: [richText(line), { type: 'actions', elements: [...open, last] }],
  };
}

function button(label: string, actionId: string, key: CaseKey) {
  return {
    type: 'button' as const,
    text: { type: 'plain_text' as const, text: label },
    action_id: actionId,
    value: caseKeyText(key),
  };
}
