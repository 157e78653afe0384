import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIT_CHANNEL } from './cast.js';

/** What CONFIG_FILE of the sandbox's bot says, beside its environment. */
const LINES: readonly string[] = ['audit:', `  channel: ${AUDIT_CHANNEL.id}`];

/** Writes the file into the folder, and gives back its path. */
export function writeBotConfig(folder: string): string {
  const path = join(folder, 'casethread.yml');
  writeFileSync(path, `${LINES.join('\n')}\n`);
  return path;
}
