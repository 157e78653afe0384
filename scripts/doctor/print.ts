/** What the doctor found, as lines for a terminal. Pure. */
import type { Finding } from '../../src/doctor/finding.js';

export interface Paper {
  /** In characters. */
  readonly width: number;
  readonly colours: boolean;
}

const HEADINGS: Readonly<Record<Finding['about'], string>> = {
  bot: 'The bot',
  slack: 'Slack',
  aws: 'AWS Support',
  events: 'The way of the events',
};

const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok', warn: 'warn', fail: 'FAIL' };
const COLOURS: Readonly<Record<Finding['state'], number>> = { ok: 32, warn: 33, fail: 31 };
const BOLD = 1;
/** Two blanks, the longest mark, two blanks. */
const INDENT = 8;
const NARROWEST = 40;
const WIDEST = 110;

export function heading(about: Finding['about'], paper: Paper): string {
  return coloured(HEADINGS[about], BOLD, paper);
}

/** `  ok    store: … is sound`, with the remedy below. */
export function lineOf({ state, check, says, remedy }: Finding, paper: Paper): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, paper.width)) - INDENT;
  const [first = '', ...more] = wrap(`${check}: ${says}`, width);
  const mark = coloured(MARKS[state].padEnd(INDENT - 4), COLOURS[state], paper);
  const below = [...more, ...(remedy === null ? [] : wrap(`→ ${remedy}`, width))];
  return [`  ${mark}  ${first}`, ...below.map((line) => ' '.repeat(INDENT) + line)].join('\n');
}

/** `2 checks failed, 1 warning, 23 ok`. */
export function sumOf(findings: readonly Finding[]): string {
  const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
  const [failed, warned, well] = [count('fail'), count('warn'), count('ok')];
  return [
    ...(failed === 0 ? [] : [failed === 1 ? '1 check failed' : `${failed} checks failed`]),
    ...(warned === 0 ? [] : [warned === 1 ? '1 warning' : `${warned} warnings`]),
    `${well} ok`,
  ].join(', ');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  // Names of channels and of workspaces come from elsewhere: nothing of them may steer the terminal.
  for (const word of text.replace(/\p{Cc}+/gu, ' ').split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function coloured(text: string, colour: number, { colours }: Paper): string {
  return colours ? `\u001b[${colour}m${text}\u001b[0m` : text;
}
