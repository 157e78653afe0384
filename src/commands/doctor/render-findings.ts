import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Finding } from '../../doctor/finding.js';
import { clip } from '../../slack/clip.js';
import type { Message } from '../../slack/message.js';
import { bold, emoji, italic, plain, richText } from '../../slack/rich-text.js';
import { answer } from '../answer.js';
import { DOCTOR_WORDS as WORDS } from '../words/doctor.js';

const MARKS = { ok: 'white_check_mark', warn: 'warning', fail: 'x' } as const;
const GROUPS = Object.keys(WORDS.groups) as Finding['about'][];
/** What is in order is counted, unless so few checks of a group are that they can be named. */
const NAMED = 3;
const CHECK = 100;
const SENTENCE = 400;
/** Of all lines together: besides them, little stands in the one message that there is. */
const ROOM = 10_000;

/** In one message: what does not work, and what wants a look, each with what to do; what is in order in few words. */
export function renderFindings(findings: readonly Finding[]): Message {
  if (findings.length === 0) return answer(WORDS.nothing);
  const of = (state: Finding['state']) => findings.filter((each) => each.state === state);
  const [fails, warns] = [of('fail'), of('warn')];
  const troubles = [...fails, ...warns];
  const shown = new Set(whatFits(troubles));
  const said =
    troubles.length === 0
      ? WORDS.allWell(findings.length)
      : WORDS.troubles(fails.length, warns.length, findings.length);
  const hidden = troubles.length - shown.size;
  return answer(
    said,
    ...GROUPS.flatMap((about) =>
      groupOf(
        about,
        findings,
        troubles.filter((each) => shown.has(each)),
      ),
    ),
    ...(hidden === 0 ? [] : [richText([italic(WORDS.hidden(hidden))])]),
    { type: 'context', elements: [{ type: 'plain_text', text: WORDS.end, emoji: false }] },
  );
}

/** The first of them, which are the worst. */
function whatFits(findings: readonly Finding[]): Finding[] {
  let room = ROOM;
  const fitting: Finding[] = [];
  for (const finding of findings) {
    for (const element of lineOf(finding)) room -= 'text' in element ? element.text.length : MARKS.ok.length;
    if (room < 0) break;
    fitting.push(finding);
  }
  return fitting;
}

function groupOf(
  about: Finding['about'],
  findings: readonly Finding[],
  shown: readonly Finding[],
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
      : fine.flatMap(lineOf);
  return [richText([bold(WORDS.groups[about]), ...troubles.flatMap(lineOf), ...wellLines])];
}

/** Foreign words are in it: text and nothing else. */
function lineOf({ check, state, says, remedy }: Finding): RichTextElement[] {
  return [
    plain('\n'),
    emoji(MARKS[state]),
    plain(' '),
    bold(clip(oneLine(check), CHECK) || '…'),
    plain(`: ${clip(oneLine(says), SENTENCE)}`),
    ...(remedy === null || state === 'ok' ? [] : [plain(`\n      → ${clip(oneLine(remedy), SENTENCE)}`)]),
  ];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
