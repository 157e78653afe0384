import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import type { CaseRecord, CaseState } from '../store/store.js';
import { answer, button } from './answer.js';
import { caseLines, caseLink } from './case-line.js';
import type { Command, CommandDeps } from './command-deps.js';
import { firstWord } from './first-word.js';
import { quoted } from './quoted.js';
import { WORDS } from './words/words.js';

const PAGE = 10;
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
  return listPage(deps, isState(state) ? state : 'open', Math.max(0, Number.parseInt(offset, 10) || 0), name);
}

async function listPage(
  deps: CommandDeps,
  state: CaseState,
  offset: number,
  command: string,
): Promise<Message> {
  const { cases, total } = await deps.store.listCases(state, { offset, limit: PAGE });
  if (total === 0) return answer(WORDS.noCases(state, command));
  const parked = await deps.parked();
  const waiting = await waitingOf(deps, parked.keys(), state);
  const range = total <= PAGE ? '' : `, ${Math.min(offset + 1, total)} to ${Math.min(offset + PAGE, total)}`;
  const what = state === 'all' ? '' : `${state} `;
  const page = (label: string, at: number) =>
    button(label, `${ACTIONS.listPage}:${at < offset ? 'newer' : 'older'}`, `${state} ${at} ${command}`);
  const buttons = [
    ...(offset > 0 ? [page('Newer', Math.max(0, offset - PAGE))] : []),
    ...(offset + PAGE < total ? [page('Older', offset + PAGE)] : []),
  ];
  return answer(
    `*${total} ${what}${total === 1 ? 'case' : 'cases'}*${range}${needPerson(deps, waiting, total > PAGE)}`,
    ...cases.map((record) => caseLines(deps, record, parked.get(caseKeyText(record.key))).block),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  );
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
  const head = `, ${waiting.length} ${waiting.length === 1 ? 'needs' : 'need'} a person`;
  if (!areNamed) return head;
  const more = waiting.length > NAMED ? ` and ${waiting.length - NAMED} more` : '';
  const links = waiting.slice(0, NAMED).map((record) => caseLink(slack, record));
  return `${head}: ${links.join(', ')}${more}`;
}

function isState(word: string): word is CaseState {
  return STATES.includes(word);
}
