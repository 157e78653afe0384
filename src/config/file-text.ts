import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';

/** Room for a thousand accounts with a route each. To take more apart would keep the running bot from its work for long. */
const MAX_BYTES = 262_144;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file. Paths count from the folder in which the bot is started.',
  ENOTDIR: 'There is no such file: a part of its path is not a folder.',
  EACCES:
    'It may not be read. Make it readable for the user that runs Casethread, and the folders above it, too.',
  EPERM: 'It may not be read. Make it readable for the user that runs Casethread.',
  ELOOP: 'It is a link that leads to itself.',
  ENAMETOOLONG: 'The path is too long for a file.',
};

/** What stands in the file, or a sentence for people that says why it cannot be had. Blocks: for small files only. */
export function fileText(path: string): { text: string } | { says: string } {
  try {
    const about = statSync(path);
    if (about.isDirectory()) return { says: 'This is a folder. Name the file in it.' };
    // Reading a pipe would wait for whoever writes into it, and the bot would stand still.
    if (!about.isFile()) return { says: 'This is not a file.' };
    if (about.size > MAX_BYTES) return { says: 'The file is larger than 256 kB. Name the right one.' };
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) return { says: 'The file is not in UTF-8. Save it as UTF-8 text.' };
    return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { says: REASONS[code] ?? `The file cannot be read${code === '' ? '' : ` (${code})`}.` };
  }
}
