import { parseCaseKey } from '../case/case-key.js';
import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import type { CaseRecord, CaseState } from '../store/store.js';
import { answer } from './answer.js';
import { caseLink } from './case-line.js';
import { casePage, isLong, readPage } from './case-page.js';
import type { Command, CommandDeps } from './command-deps.js';
import { firstWord } from './first-word.js';
import { quoted } from './quoted.js';
import { WORDS } from './words/words.js';

const NAMED = 5;
const STATES: readonly string[] = ['open', 'resolved', 'all'] satisfies CaseState[];

/** `/support list [open|resolved|all]`. */
export async function list(deps: CommandDeps, command: Command): Promise<Message> {
  const [typed] = firstWord(command.rest.toLowerCase());
  const state = typed === '' ? 'open' : typed;
  if (!isState(state)) return answer(WORDS.listStates(quoted(typed), command.name));
  return listPage(deps, state, 0, command.name);
}

/** @param value what {@link ACTIONS.listPage} carries: state and offset. */
export function listPageOf(deps: CommandDeps, value: string): Promise<Message> {
  const [state = '', offset = '0', name = '/support'] = value.split(' ');
  return listPage(deps, isState(state) ? state : 'open', Number.parseInt(offset, 10), name);
}

async function listPage(
  deps: CommandDeps,
  state: CaseState,
  offset: number,
  command: string,
): Promise<Message> {
  const page = await readPage((part) => deps.store.listCases(state, part), offset);
  const { total } = page;
  if (total === 0) return answer(WORDS.noCases(state, command));
  const parked = await deps.parked();
  const waiting = await waitingOf(deps, parked.keys(), state);
  return casePage(deps, page, {
    head: (range) => `${WORDS.listed(total, state)}${range}${needPerson(deps, waiting, isLong(page))}`,
    action: ACTIONS.listPage,
    value: (at) => `${state} ${at} ${command}`,
    parked,
  });
}

/** Cases that need a person, of those that the whole list holds. */
async function waitingOf(
  { store }: CommandDeps,
  keys: Iterable<string>,
  state: CaseState,
): Promise<readonly CaseRecord[]> {
  const records = await Promise.all(
    [...keys].map(async (key) => store.getCase(await store.canonical(parseCaseKey(key)))),
  );
  return records
    .filter((record) => record !== null)
    .filter(({ resolved }) => state === 'all' || resolved === (state === 'resolved'));
}

/** They may stand on any page, so where there are several, the first of them are named. */
function needPerson({ slack }: CommandDeps, waiting: readonly CaseRecord[], areNamed: boolean): string {
  if (waiting.length === 0) return '';
  const head = WORDS.needPerson(waiting.length);
  if (!areNamed) return head;
  const more = waiting.length > NAMED ? WORDS.andMore(waiting.length - NAMED) : '';
  const links = waiting.slice(0, NAMED).map((record) => caseLink(slack, record));
  return `${head}: ${links.join(', ')}${more}`;
}

function isState(word: string): word is CaseState {
  return STATES.includes(word);
}
