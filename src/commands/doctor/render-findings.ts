import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Finding } from '../../doctor/finding.js';
import { fitsOneMessage } from '../../slack/blocks-size.js';
import { clip } from '../../slack/clip.js';
import { SLACK_LIMITS } from '../../slack/limits.js';
import type { Message } from '../../slack/message.js';
import { bold, emoji, italic, plain, richText } from '../../slack/rich-text.js';
import { answer } from '../answer.js';
import { DOCTOR_WORDS as WORDS } from '../words/doctor.js';
import { merged, type ShownFinding } from './merged.js';

const MARKS = { ok: 'white_check_mark', warn: 'warning', fail: 'x' } as const;
const GROUPS = Object.keys(WORDS.groups) as Finding['about'][];
/** What is in order is counted, unless so few checks of a group are that they can be named. */
const NAMED = 3;
const CHECK = 100;
const SENTENCE = 400;
/** Of accounts of which the same is true. */
const ACCOUNTS = 5;

/** In one message: what does not work, and what wants a look, each with what to do; what is in order in few words. */
export function renderFindings(findings: readonly Finding[]): Message {
  if (findings.length === 0) return answer(WORDS.nothing);
  const of = (state: Finding['state']) => findings.filter((each) => each.state === state);
  const [fails, warns] = [of('fail'), of('warn')];
  const troubles = merged([...fails, ...warns]);
  const said =
    troubles.length === 0
      ? WORDS.allWell(findings.length)
      : WORDS.troubles(fails.length, warns.length, findings.length);
  // The first of them are the worst.
  for (let shown = mayFit(troubles); shown >= 0; shown--) {
    const hidden = troubles.slice(shown).reduce((sum, { of: accounts }) => sum + (accounts.length || 1), 0);
    const whole = answer(
      said,
      ...GROUPS.flatMap((about) => groupOf(about, findings, troubles.slice(0, shown))),
      ...(hidden === 0 ? [] : [richText([italic(WORDS.hidden(hidden))])]),
      { type: 'context', elements: [{ type: 'plain_text', text: WORDS.end, emoji: false }] },
    );
    if (fitsOneMessage(whole.blocks)) return whole;
  }
  return answer(`${said} ${WORDS.tooLong}`);
}

/** So many at most: their lines alone take no more than one message. */
function mayFit(findings: readonly ShownFinding[]): number {
  let room: number = SLACK_LIMITS.blocksTotal;
  const over = findings.findIndex((finding) => {
    room -= JSON.stringify(lineOf(finding)).length;
    return room < 0;
  });
  return over === -1 ? findings.length : over;
}

function groupOf(
  about: Finding['about'],
  findings: readonly Finding[],
  shown: readonly ShownFinding[],
): KnownBlock[] {
  const troubles = shown.filter((each) => each.about === about);
  const fine = findings.filter((each) => each.about === about && each.state === 'ok');
  if (troubles.length === 0 && fine.length === 0) return [];
  const wellLines =
    fine.length === 0 || fine.length > NAMED
      ? fine
          .slice(0, 1)
          .flatMap(() => [
            plain('\n'),
            emoji(MARKS.ok),
            plain(` ${WORDS.fine(fine.length, troubles.length > 0)}`),
          ])
      : fine.flatMap((each) => lineOf({ ...each, of: [] }));
  return [richText([bold(WORDS.groups[about]), ...troubles.flatMap(lineOf), ...wellLines])];
}

/** Foreign words are in it: text and nothing else. */
function lineOf({ check, state, says, remedy, of }: ShownFinding): RichTextElement[] {
  const accounts = of.slice(0, ACCOUNTS).map((name) => clip(oneLine(name), CHECK));
  const where = of.length === 0 ? '' : WORDS.in(accounts, of.length - accounts.length);
  return [
    plain('\n'),
    emoji(MARKS[state]),
    plain(' '),
    bold(clip(oneLine(check), CHECK) || '…'),
    plain(`: ${clip(oneLine(says), SENTENCE)}${where}`),
    ...(remedy === null || state === 'ok' ? [] : [plain(`\n      → ${clip(oneLine(remedy), SENTENCE)}`)]),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
