import { parseCaseKey } from '../case/case-key.js';
import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import type { CaseRecord, CaseState } from '../store/store.js';
import { answer } from './answer.js';
import { caseLink } from './case-line.js';
import { casePage, isLong, readPage } from './case-page.js';
import type { Command, CommandDeps } from './command-deps.js';
import { firstWord } from './first-word.js';
import type { Act } from './interaction.js';
import { likelyAccounts, type NamedAccount, namedAccount, unknownAccount } from './named-account.js';
import { quoted, quotedTyped } from './quoted.js';
import { readable } from './readable.js';
import { readableOnly } from './readable-only.js';
import { LIST_WORDS } from './words/list.js';
import { PERMIT_WORDS } from './words/permit.js';
import { WORDS } from './words/words.js';

const NAMED = 5;
const STATES: readonly string[] = ['open', 'resolved', 'all'] satisfies CaseState[];

/** What is listed: cases of all accounts, or of one. */
interface Listed {
  readonly state: CaseState;
  /** 12 digits. */
  readonly account: string | null;
}

/** `/support list [open|resolved|all] [account]`; an alias may have blanks. */
export async function list(deps: CommandDeps, command: Command): Promise<Message> {
  const typed = command.rest.trim();
  const [first, rest] = firstWord(typed);
  const state = stateOf(first);
  const known = deps.knownAccounts();
  if (typed === '') return listPage(deps, { state: 'open', account: null }, 0, command);
  if (state !== null && rest === '') return listPage(deps, { state, account: null }, 0, command);
  const [, before = '', last = ''] = /^(.*\S)\s+(\S+)$/s.exec(typed) ?? [];
  const behind = stateOf(last);
  // An alias may begin, or end, with such a word itself, or with a full stop.
  const readings = [
    { state: 'open' as const, named: typed },
    ...(state === null ? [] : [{ state, named: rest }]),
    ...(behind === null ? [] : [{ state: behind, named: before }]),
  ];
  for (const { state, named } of readings) {
    const account = namedAccount(known, named) ?? namedAccount(known, named.replace(/[\s.!]+$/, ''));
    if (account !== null && (await hasAny(deps, command, account, known)))
      return listPage(deps, { state, account }, 0, command);
  }
  const named = state === null ? typed : rest;
  if (known.length > 0 && state !== null) return answer(unknownAccount(deps, named));
  if (namedAccount(known, named) !== null) return answer(unknownAccount(deps, named));
  const { names, more } = likelyAccounts(known, named);
  return answer(LIST_WORDS.listStates(quotedTyped(typed), command.name, names, more));
}

/** @param word as it was typed, perhaps at the end of a sentence. */
function stateOf(word: string): CaseState | null {
  const state = word.toLowerCase().replace(/[.!]+$/, '');
  return isState(state) ? state : null;
}

/** Whether it is one of ours: known by the configuration, or by its cases. */
async function hasAny(
  deps: CommandDeps,
  asker: Command,
  account: string,
  known: readonly NamedAccount[],
): Promise<boolean> {
  if (known.some(({ id }) => id === account)) return true;
  const all = readableOnly(deps, asker, () => deps.store.casePlaces('all', account));
  const { total, isUnsure } = await all({ offset: 0, limit: 1 });
  return total > 0 || isUnsure;
}

/** `value` is what {@link ACTIONS.listPage} carries: state, offset, name of the command, and the account if it is of one. */
export function listPageOf(deps: CommandDeps, { value, ...act }: Act): Promise<Message> {
  const [state = '', offset = '0', name = '/support', account = ''] = value.split(' ');
  const listed = {
    state: isState(state) ? state : 'open',
    account: /^\d{12}$/.test(account) ? account : null,
  } as const;
  return listPage(deps, listed, Number.parseInt(offset, 10), { ...act, name });
}

async function listPage(
  deps: CommandDeps,
  listed: Listed,
  offset: number,
  asker: Pick<Command, 'name' | 'user' | 'channel'>,
): Promise<Message> {
  const command = asker.name;
  const { state, account } = listed;
  const read = readableOnly(deps, asker, () => deps.store.casePlaces(state, account ?? undefined));
  const page = await readPage(read, offset);
  const { total, isUnsure } = page;
  const name = account === null ? null : quoted(deps.accountName(account));
  const trouble = account === null ? null : await deps.accountTrouble(account);
  const away = trouble === null ? '' : ` ${LIST_WORDS.couldNotBeAsked(quoted(trouble, 800))}`;
  if (total === 0)
    return answer(`${isUnsure ? PERMIT_WORDS.unsureOfAll : LIST_WORDS.noCases(state, command, name)}${away}`);
  const parked = await deps.parked();
  const { cases: waiting } = await readable(deps, asker, await waitingOf(deps, parked.keys(), listed));
  const notes = [...(isUnsure ? [PERMIT_WORDS.unsureOfOthers] : []), ...(away === '' ? [] : [away.trim()])];
  return casePage(deps, page, {
    head: (range) =>
      `${LIST_WORDS.listed(total, state)}${name === null ? '' : LIST_WORDS.listedIn(name)}${range}${needPerson(deps, waiting, isLong(page))}${notes.map((note) => `\n${note}`).join('')}`,
    action: ACTIONS.listPage,
    value: (at) => [state, at, command, ...(account === null ? [] : [account])].join(' '),
    parked,
  });
}

/** Cases that need a person, of those that the whole list holds. */
async function waitingOf(
  { store }: CommandDeps,
  keys: Iterable<string>,
  { state, account }: Listed,
): Promise<readonly CaseRecord[]> {
  const records = await Promise.all(
    [...keys].map(async (key) => store.getCase(await store.canonical(parseCaseKey(key)))),
  );
  return records
    .filter((record) => record !== null)
    .filter(({ key }) => account === null || key.account === account)
    .filter(({ resolved }) => state === 'all' || resolved === (state === 'resolved'));
}

/** They may stand on any page, so where there are several, the first of them are named. */
function needPerson({ slack }: CommandDeps, waiting: readonly CaseRecord[], areNamed: boolean): string {
  if (waiting.length === 0) return '';
  const head = LIST_WORDS.needPerson(waiting.length);
  if (!areNamed) return head;
  const more = waiting.length > NAMED ? WORDS.andMore(waiting.length - NAMED) : '';
  const links = waiting.slice(0, NAMED).map((record) => caseLink(slack, record));
  return `${head}: ${links.join(', ')}${more}`;
}

function isState(word: string): word is CaseState {
  return STATES.includes(word);
}
