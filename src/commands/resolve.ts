import { caseKeyText } from '../case/case-key.js';
import { ACTIONS } from '../slack/action-ids.js';
import { RESOLVE_CONFIRM } from '../slack/labels.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { caseName } from '../slack/render-card.js';
import type { CaseRecord } from '../store/store.js';
import { answer } from './answer.js';
import type { Command, CommandDeps } from './command-deps.js';
import { findCase } from './find-case.js';
import { firstWord } from './first-word.js';
import { knownCase } from './known-case.js';
import { personName } from './person-name.js';
import { submit } from './submit.js';
import { WORDS } from './words/words.js';

/** `/support resolve <case>`: keeps the wish and says so at once; without a case, a menu of the open ones. */
export async function resolve(deps: CommandDeps, command: Command): Promise<Message> {
  const [typed] = firstWord(command.rest);
  if (typed === '') return pickCase(deps);
  const found = await findCase(deps, typed, command.name);
  return found.found ? resolveCase(deps, command, found) : answer(found.say);
}

export async function resolveCase(
  deps: CommandDeps,
  command: Command,
  found: Parameters<typeof submit>[2],
): Promise<Message> {
  const person = await personName(deps, command);
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

async function pickCase({ store }: CommandDeps): Promise<Message> {
  const { cases } = await store.listCases('open', { offset: 0, limit: SLACK_LIMITS.options });
  if (cases.length === 0) return answer(WORDS.noOpenCases);
  return answer(WORDS.pickToResolve, {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: ACTIONS.resolvePick,
        placeholder: { type: 'plain_text', text: WORDS.openCases },
        options: cases.map((record) => ({
          text: { type: 'plain_text', text: optionText(record), emoji: false },
          value: optionValue(record),
        })),
        confirm: RESOLVE_CONFIRM,
      },
    ],
  });
}

function optionText(record: CaseRecord): string {
  const text = `${caseName(record)}: ${record.card?.details?.subject ?? ''}`;
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
