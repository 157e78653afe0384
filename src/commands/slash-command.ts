import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import { audit } from './audit/audit.js';
import type { Command, CommandDeps } from './command-deps.js';
import { create } from './create/create.js';
import { doctor } from './doctor/doctor.js';
import { firstWord } from './first-word.js';
import { list } from './list.js';
import { nearestWord } from './nearest-word.js';
import { quotedTyped } from './quoted.js';
import { reply } from './reply.js';
import { resolve } from './resolve.js';
import { search } from './search.js';
import { show } from './show.js';
import { HELP_WORDS } from './words/help.js';
import { WORDS } from './words/words.js';

type Answers = (deps: CommandDeps, command: Command) => Promise<Message | Message[]>;

const help: Answers = async (_, command) => answer(HELP_WORDS.inChannel(command.name));

/** What people may do with the slash command. */
export const SUBCOMMANDS: Readonly<Record<string, Answers>> = {
  help,
  list,
  show,
  reply,
  resolve,
  create,
  search,
  doctor,
  audit,
};

/** Answers a slash command: the messages that only the person sees, in order. */
export async function slashCommand(deps: CommandDeps, command: Command): Promise<Message[]> {
  const [typed, rest] = firstWord(command.rest);
  const word = typed.toLowerCase() || 'help';
  const run = Object.hasOwn(SUBCOMMANDS, word) ? SUBCOMMANDS[word] : undefined;
  if (run !== undefined) return [await run(deps, { ...command, rest })].flat();
  return [
    answer(
      WORDS.unknownCommand(quotedTyped(typed), nearestWord(word, Object.keys(SUBCOMMANDS)), command.name),
    ),
  ];
}
