import { caseKeyText } from '../case/case-key.js';
import { ACTIONS } from '../slack/action-ids.js';
import { SLACK_LIMITS } from '../slack/limits.js';
import type { Message } from '../slack/message.js';
import { answer, button } from './answer.js';
import { audit } from './audit/audit.js';
import { caseOfThread } from './case-of-thread.js';
import type { Command, CommandDeps } from './command-deps.js';
import { doctor } from './doctor/doctor.js';
import type { FoundCase, SeenCase } from './find-case.js';
import { firstWord } from './first-word.js';
import { nearestWord } from './nearest-word.js';
import { isNothing } from './nothing-behind.js';
import { refusal } from './permit.js';
import { quotedTyped } from './quoted.js';
import { replyTo } from './reply.js';
import { resolveCase } from './resolve.js';
import { showCase } from './show.js';
import { HELP_WORDS } from './words/help.js';
import { REPLY_FORM_WORDS } from './words/reply-form.js';
import { WORDS } from './words/words.js';

type Found = Extract<FoundCase, { found: true }>;
type Act = (deps: CommandDeps, command: Command, found: Found) => Promise<Message[]>;

/** What people may do in the thread of a case; the case is that of the thread. */
export const THREAD_ACTS: Readonly<Record<string, Act>> = {
  reply: (deps, command, found) =>
    replyTo(deps, command, {
      text: command.rest,
      typed: '',
      missing: offersForm(found),
      find: async () => found,
    }),
  resolve: alone(async (deps, command, found) => [await resolveCase(deps, command, found)]),
  show: alone(async (deps, command, found) => {
    const barred = (seen?: SeenCase) => refusal(deps, command, ['read'], { ...found, ...seen });
    const refused = await barred();
    return refused === null ? (await showCase(deps, found, barred)).say : [answer(refused)];
  }),
};

/** What the slash command alone does. */
const ELSEWHERE = ['list', 'create', 'search'];

/** Answers what was written to the bot in a message: with messages that only the person sees, in order. */
export async function threadCommand(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, rest] = firstWord(command.rest);
  const word = typed.toLowerCase().replace(/[:,.!?]+$/, '') || 'help';
  if (word === 'help') return [answer(HELP_WORDS.inThread)];
  // It is about no case, so it goes anywhere.
  if (word === 'doctor') return doctor(deps, command);
  if (word === 'audit') return audit(deps, { ...command, rest });
  const act = Object.hasOwn(THREAD_ACTS, word) ? THREAD_ACTS[word] : undefined;
  if (act === undefined) {
    if (ELSEWHERE.includes(word)) {
      const say = command.threadTs === null ? WORDS.slashOnly : WORDS.notInThreads;
      return [answer(say(word))];
    }
    return [
      answer(
        WORDS.unknownInThread(
          quotedTyped(typed),
          nearestWord(word, [...Object.keys(THREAD_ACTS), 'help', 'doctor', 'audit']),
        ),
      ),
    ];
  }
  const { channel, threadTs } = command;
  if (threadTs === null) return [answer(WORDS.notInAThread)];
  const found = await caseOfThread(deps, channel, threadTs, WORDS.threadOfNoCase);
  return found.found ? act(deps, { ...command, rest }, found) : [answer(found.say)];
}

/** A message opens no form (it has no trigger), and the click on a button does. */
function offersForm({ key }: Found): Message {
  const value = caseKeyText(key);
  if (value.length > SLACK_LIMITS.buttonValue) return answer(WORDS.needsTextInThread);
  const write = button(REPLY_FORM_WORDS.writeIt, ACTIONS.writeReply, value, 'primary');
  return answer(WORDS.needsTextInThread, { type: 'actions', elements: [write] });
}

/** Whatever stands behind such a word may mean another case, or that nothing is to be done now. */
function alone(act: Act): Act {
  return async (deps, command, found) =>
    isNothing(command.rest) ? act(deps, command, found) : [answer(WORDS.standsAlone)];
}
