import type { PlainTextOption } from '@slack/types';
import { caseKeyText } from '../case/case-key.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import { caseName } from '../slack/render-card.js';
import type { CaseRecord } from '../store/store.js';
import type { CommandDeps } from './command-deps.js';
import type { OnTyping } from './interaction.js';
import { readable } from './permit.js';
import { WORDS } from './words/words.js';

/** Cases that are read at once. */
const PAGE = 200;

/**
 * The open cases whose number, subject and account hold every word that was typed so far, newest activity first; with nothing
 * typed, all. They come as people type, because no message has room for a hundred subjects.
 */
export const typesOpenCase: OnTyping = async (deps, { typed, user }) => {
  const words = plainLetters(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const found = new Map<string, CaseRecord>();
  for await (const record of openCases(deps, user)) {
    const name = plainLetters(`${nameAndSubject(record)} ${aliasIn(deps, record)}`);
    // Of cases that move while pages are read, some are read twice.
    if (words.every((word) => name.includes(word) || word.replaceAll('-', '') === record.key.account))
      found.set(caseKeyText(record.key), record);
    if (found.size === SLACK_LIMITS.options) break;
  }
  const records = [...found.values()];
  // Two accounts may have one number; of a single one everything is.
  const hasSeveral = new Set(records.map(({ key }) => key.account)).size > 1;
  return records.map((record) => optionOf(record, hasSeveral ? deps.accountName(record.key.account) : null));
};

/** A part of digits that stand in every case of an account would be found in all of them; all twelve are meant. */
function aliasIn({ accountName }: CommandDeps, { key }: CaseRecord): string {
  const name = accountName(key.account);
  return name === key.account ? '' : name;
}

async function* openCases(deps: CommandDeps, user: string): AsyncGenerator<CaseRecord> {
  for (let offset = 0; ; offset += PAGE) {
    const { cases, total } = await deps.store.listCases('open', { offset, limit: PAGE });
    yield* await readable(deps, { user, channel: '' }, cases);
    if (cases.length === 0 || offset + PAGE >= total) return;
  }
}

function optionOf(record: CaseRecord, account: string | null): PlainTextOption {
  return {
    text: { type: 'plain_text', text: fitting(nameAndSubject(record)), emoji: false },
    ...(account === null
      ? {}
      : { description: { type: 'plain_text', text: fitting(WORDS.account(account)), emoji: false } }),
    value: optionValue(record),
  };
}

function nameAndSubject(record: CaseRecord): string {
  return `${caseName(record)}: ${record.card?.details?.subject ?? ''}`;
}

/** So that it does not matter how a letter is typed. */
function plainLetters(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function fitting(text: string): string {
  if (text.length <= SLACK_LIMITS.option) return text;
  let kept = '';
  // Whole characters, but counted as the strictest reading has it: an emoji counts as two.
  for (const character of text) {
    if (kept.length + character.length > SLACK_LIMITS.option - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Case ids are opaque, so one that is too long for an option goes by its display id. */
function optionValue(record: CaseRecord): string {
  const key = caseKeyText(record.key);
  return key.length <= SLACK_LIMITS.option ? key : record.displayId;
}
