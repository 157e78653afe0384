/** What the composer offers for what stands before the cursor. */
import type { CaseState } from '../../../aws/case-state.js';
import type { CommandInfo } from '../../../page/protocol.js';
import type { User } from '../../../slack/user.js';
import { usagesOf, wordsIn } from './usage.js';

export interface Completion {
  key: string;
  /** What is put in the place of what was typed. */
  text: string;
  label: string;
  hint: string;
}

export interface Completions {
  /** What they are, for those who hear the page. */
  label: string;
  /** Where in the text the part begins that they replace. */
  from: number;
  /** Whether that part says exactly what one of them says: nothing is left to complete. */
  complete: boolean;
  /** Nothing is typed yet, so none of them is meant. */
  untouched: boolean;
  items: Completion[];
}

export interface Known {
  commands: readonly CommandInfo[];
  cases: readonly CaseState[];
  users: readonly User[];
}

const MOST_CASES = 50;

function offered(label: string, from: number, typed: string, items: Completion[]): Completions | undefined {
  if (items.length === 0) return undefined;
  return { label, from, complete: items.some(({ text }) => text === typed), untouched: typed === '', items };
}

/** Open cases first, the newest first among them. */
function casesFor(cases: readonly CaseState[], typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const rank = (each: CaseState) => (each.status === 'resolved' ? 1 : 0);
  return cases
    .filter(
      ({ displayId, subject }) => displayId.startsWith(wanted) || subject.toLowerCase().includes(wanted),
    )
    .sort((a, b) => rank(a) - rank(b) || b.timeCreated.localeCompare(a.timeCreated))
    .slice(0, MOST_CASES)
    .map(({ caseId, displayId, subject, status }) => ({
      key: caseId,
      text: displayId,
      label: displayId,
      hint: `${subject} · ${status.replaceAll('-', ' ')}`,
    }));
}

function behind({ usageHint }: CommandInfo, rest: string, at: number, known: Known) {
  const typedWords = rest.split(/\s+/);
  const typed = typedWords.at(-1) ?? '';
  const from = at - typed.length;
  const usages = usagesOf(usageHint);
  const [first = ''] = typedWords;
  if (typedWords.length === 1) {
    const items = usages
      .filter(({ word }) => word !== '' && word.startsWith(typed.toLowerCase()))
      .map(({ word, more }) => ({ key: word, text: word, label: word, hint: more.join(' ') }));
    return offered('What it can do', from, typed, items);
  }
  const parameter = usages.find(({ word }) => word === first.toLowerCase())?.more[typedWords.length - 2];
  if (parameter === undefined) return undefined;
  if (parameter.includes('<case>')) return offered('Cases', from, typed, casesFor(known.cases, typed));
  const words = wordsIn(parameter).filter((word) => word.startsWith(typed.toLowerCase()));
  return offered(
    'Words',
    from,
    typed,
    words.map((word) => ({ key: word, text: word, label: word, hint: '' })),
  );
}

/** @param before the text up to the cursor. */
export function completionsFor(before: string, known: Known): Completions | undefined {
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (mention !== null) {
    const typed = (mention[1] ?? '').toLowerCase();
    const items = known.users
      .filter(({ name, realName }) =>
        [name, ...realName.split(' ')].some((each) => each.toLowerCase().startsWith(typed)),
      )
      .map(({ id, name, realName }) => ({
        key: id,
        text: `@${name}`,
        label: `@${name}`,
        hint: realName,
      }));
    return offered('People', before.length - typed.length - 1, `@${typed}`, items);
  }
  // In a thread there are no commands.
  if (!before.startsWith('/') || known.commands.length === 0) return undefined;
  const [, name = '', rest] = /^(\/\S*)(?:\s([\s\S]*))?$/.exec(before) ?? [];
  if (rest === undefined) {
    const items = known.commands
      .filter(({ command }) => command.startsWith(name.toLowerCase()))
      .map(({ command, description, usageHint }) => ({
        key: command,
        text: command,
        label: `${command} ${usageHint}`,
        hint: description,
      }));
    return offered('Commands', 0, name, items);
  }
  const command = known.commands.find((each) => each.command === name);
  if (command === undefined || rest.includes('\n')) return undefined;
  return behind(command, rest, before.length, known);
}
