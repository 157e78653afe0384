import type { PlainTextOption } from '@slack/types';
import { caseKeyText } from '../case/case-key.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import { caseName } from '../slack/render-card.js';
import type { CasePlace, CaseRecord } from '../store/store.js';
import type { CommandDeps } from './command-deps.js';
import type { OnTyping } from './interaction.js';
import { readablePlaces } from './readable.js';
import { PERMIT_WORDS } from './words/permit.js';
import { WORDS } from './words/words.js';

/** Cases that are read at once. */
const PAGE = 200;

/** Stands where there would be nothing, as if there were no open case. */
export const UNSURE_CHOICE = '?';

const UNSURE: PlainTextOption = {
  text: { type: 'plain_text', text: PERMIT_WORDS.unsureChoice },
  value: UNSURE_CHOICE,
};

/**
 * The open cases whose number, subject and account hold every word that was typed so far, newest activity first; with nothing
 * typed, all. They come as people type, because no message has room for a hundred subjects.
 */
export const typesOpenCase: OnTyping = async (deps, { typed, user, channel }) => {
  const words = plainLetters(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  const places = await deps.store.casePlaces('open');
  const { cases, isUnsure } = await readablePlaces(deps, { user, channel }, places);
  const records: CaseRecord[] = [];
  for await (const record of recordsOf(deps, cases)) {
    const name = plainLetters(`${nameAndSubject(record)} ${aliasIn(deps, record)}`);
    if (words.every((word) => name.includes(word) || word.replaceAll('-', '') === record.key.account))
      records.push(record);
    if (records.length === SLACK_LIMITS.options) break;
  }
  if (records.length === 0 && isUnsure) return [UNSURE];
  // Two accounts may have one number; of a single one everything is.
  const hasSeveral = new Set(records.map(({ key }) => key.account)).size > 1;
  return records.map((record) => optionOf(record, hasSeveral ? deps.accountName(record.key.account) : null));
};

/** A part of digits that stand in every case of an account would be found in all of them; all twelve are meant. */
function aliasIn({ accountName }: CommandDeps, { key }: CaseRecord): string {
  const name = accountName(key.account);
  return name === key.account ? '' : name;
}

async function* recordsOf({ store }: CommandDeps, places: readonly CasePlace[]): AsyncGenerator<CaseRecord> {
  for (let from = 0; from < places.length; from += PAGE)
    yield* await store.getCases(places.slice(from, from + PAGE).map(({ key }) => key));
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
