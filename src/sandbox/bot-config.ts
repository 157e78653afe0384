import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUDIT_CHANNEL } from './cast.js';

/** What CONFIG_FILE of the sandbox's bot says, beside its environment. */
const LINES: readonly string[] = ['audit:', `  channel: ${AUDIT_CHANNEL.id}`];

/** Where the file is, within the folder of the bot. */
export function botConfigPath(folder: string): string {
  return join(folder, 'casethread.yml');
}

export function writeBotConfig(folder: string): void {
  writeFileSync(botConfigPath(folder), `${LINES.join('\n')}\n`);
}
