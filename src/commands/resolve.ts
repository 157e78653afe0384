import { ACTIONS } from '../slack/action-ids.js';
import { RESOLVE_CONFIRM } from '../slack/labels.js';
import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import type { Command, CommandDeps } from './command-deps.js';
import { type FoundCase, findCase } from './find-case.js';
import { firstCase } from './first-case.js';
import { knownCase } from './known-case.js';
import { refuseBehind } from './nothing-behind.js';
import { refusal } from './permit.js';
import { personName } from './person-name.js';
import { quoted } from './quoted.js';
import { readableOnly } from './readable-only.js';
import { submit } from './submit.js';
import { holdFor } from './which-case.js';
import { PERMIT_WORDS } from './words/permit.js';
import { WORDS } from './words/words.js';

/** `/support resolve <case>`: keeps the wish and says so at once; without a case, a menu of the open ones. */
export async function resolve(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, behind] = firstCase(command.rest);
  if (typed === '') return [await pickCase(deps, command)];
  const refused = await refuseBehind(deps, command, 'resolve', [typed, behind]);
  if (refused !== null) return refused;
  const found = await findCase(deps, typed, command);
  return resolveFound(deps, command, typed, found);
}

/** Where it may be one of several, the person is asked which; the wish is kept, so that one of them is resolved at most. */
export async function resolveFound(
  deps: CommandDeps,
  command: Command,
  typed: string,
  found: FoundCase,
): Promise<Message[]> {
  if (found.found) return [await resolveCase(deps, command, found)];
  const { say, among } = found;
  if (among === undefined) return [answer(say)];
  const what = { kind: 'resolve', text: '', person: await personName(deps, command) } as const;
  return holdFor(deps, command, { ...found, typed, verb: 'resolve', among }, what, say);
}

export async function resolveCase(
  deps: CommandDeps,
  command: Command,
  found: Parameters<typeof submit>[2],
): Promise<Message> {
  // Side by side: where Slack hangs, there is no time to wait first for what they are, then for their name.
  const naming = personName(deps, command);
  const refused = await refusal(deps, command, ['resolve'], found);
  if (refused !== null) return answer(refused);
  const whyNot = deps.accounts.whyNotAsked(found.key.account);
  if (whyNot !== null) return answer(WORDS.cannotResolve(quoted(whyNot, 800)));
  const person = await naming;
  const { said } = await submit(deps, command, found, { kind: 'resolve', text: '', person });
  return answer(said);
}

/** The button of a card, whose value is the case key; it has asked whether this is meant. */
export async function resolveFromCard(
  deps: CommandDeps,
  command: Command,
  keyText: string,
): Promise<Message> {
  return resolveCase(deps, command, await knownCase(deps, keyText));
}

async function pickCase(deps: CommandDeps, command: Command): Promise<Message> {
  const open = readableOnly(deps, command, () => deps.store.casePlaces('open'));
  const { total, isUnsure } = await open({ offset: 0, limit: 1 });
  if (total === 0) return answer(isUnsure ? PERMIT_WORDS.unsureOfAll : WORDS.noOpenCases);
  return answer(WORDS.pickToResolve, {
    type: 'actions',
    elements: [
      {
        type: 'external_select',
        action_id: ACTIONS.resolvePick,
        placeholder: { type: 'plain_text', text: WORDS.openCases },
        // The newest are there before anything is typed.
        min_query_length: 0,
        confirm: RESOLVE_CONFIRM,
      },
    ],
  });
}
