import type { Answer, CommandInfo } from '../../../page/protocol.js';
import { perform } from '../../perform.js';

export interface Line {
  user: string;
  channel: string;
  threadTs: string | undefined;
  text: string;
}

/** A command where the line begins with one, otherwise a message to everybody. */
export async function send(line: Line, commands: readonly CommandInfo[]): Promise<Answer> {
  const { threadTs, ...rest } = line;
  const deed = { ...rest, ...(threadTs === undefined ? {} : { threadTs }) };
  const [name = ''] = line.text.split(/\s/, 1);
  if (!name.startsWith('/')) return perform('say', deed);
  if (commands.some(({ command }) => command === name)) return perform('command', deed);
  return { ok: false, error: `${name} is not a command here. Type / to see what is.` };
}
