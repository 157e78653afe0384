import type { Answer, CommandInfo } from '../../../page/protocol.js';
import { givenFiles } from '../../file-given.js';
import { perform } from '../../perform.js';

export interface Line {
  user: string;
  channel: string;
  threadTs: string | undefined;
  text: string;
  files: readonly File[];
}

/** A command where the line begins with one, otherwise a message to everybody. */
export async function send(line: Line, commands: readonly CommandInfo[]): Promise<Answer> {
  const { threadTs, files, ...rest } = line;
  const deed = { ...rest, ...(threadTs === undefined ? {} : { threadTs }) };
  const [name = ''] = line.text.split(/\s/, 1);
  if (!name.startsWith('/')) {
    const given = files.length === 0 ? {} : { files: await givenFiles(files) };
    return perform('say', { ...deed, ...given });
  }
  if (files.length > 0)
    return { ok: false, error: 'A command takes no files. Send them in a message, or remove them.' };
  if (commands.some(({ command }) => command === name)) return perform('command', deed);
  return { ok: false, error: `${name} is not a command here. Type / to see what is.` };
}
