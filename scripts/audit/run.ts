/** `npm run audit`: arguments and environment come in; lines of the audit trail go out, page by page. */
import type { Environment } from '../../src/config.js';
import type { ExportedLine } from '../../src/store/export-audit.js';
import { csvHeader, csvLine } from './csv.js';
import { readOptions } from './options.js';
import { openSource } from './source.js';

export interface RunDeps {
  readonly environment: Environment;
  /** Resolves when there is room for more. */
  readonly write: (text: string) => Promise<void>;
  /** For people. */
  readonly say: (sentence: string) => void;
}

const PAGE = 1_000;

/** @returns the exit code. */
export async function run(args: readonly string[], { environment, write, say }: RunDeps): Promise<0 | 1> {
  const read = readOptions(args, environment);
  if ('print' in read) {
    if (read.code === 0) await write(read.print);
    else say(read.print);
    return read.code;
  }
  const { options } = read;
  const { since, until, case: asked, account, user, format } = options;
  const source = await openSource(options.store);
  try {
    let after: string | undefined;
    let page: readonly ExportedLine[];
    let isBegun = false;
    do {
      page = await source.read({ since, until, case: asked, account, user, after, limit: PAGE });
      const header = isBegun || format === 'jsonl' ? '' : csvHeader();
      await write(header + page.map(format === 'csv' ? csvLine : jsonLine).join(''));
      isBegun = true;
      after = page.at(-1)?.id;
    } while (page.length === PAGE);
    return 0;
  } finally {
    source.close();
  }
}

function jsonLine(line: ExportedLine): string {
  return `${JSON.stringify(line)}\n`;
}
