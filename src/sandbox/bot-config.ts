import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What CONFIG_FILE of the sandbox's bot says, beside its environment. */
const LINES: readonly string[] = [];

/** Writes the file into the folder, and gives back its path; null where there is nothing to say. */
export function writeBotConfig(folder: string): string | null {
  if (LINES.length === 0) return null;
  const path = join(folder, 'casethread.yml');
  writeFileSync(path, `${LINES.join('\n')}\n`);
  return path;
}
