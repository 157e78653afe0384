import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ExportedLine } from '../../src/store/export-audit.js';

const MAIN = fileURLToPath(new URL('../../scripts/audit/main.js', import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `npm run audit` as a process of its own, with nothing in its environment but what is given. */
export async function runAudit(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd = '/',
): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Where the bot keeps its trail, and nothing else of its environment. */
export function storeOf({ DATABASE_PATH = '', REDIS_URL }: Readonly<Record<string, string>>) {
  return { DATABASE_PATH, ...(REDIS_URL === undefined ? {} : { REDIS_URL }) };
}

export async function readTrail(environment: Readonly<Record<string, string>>): Promise<ExportedLine[]> {
  const { code, out, err } = await runAudit(['--since', '2020-01-01'], storeOf(environment));
  if (code !== 0) throw new Error(err);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ExportedLine);
}

/** `reply asked`, `resolve failed AccessDenied`. */
export function stepsOf(lines: readonly ExportedLine[]): string[] {
  return lines.map(({ deed, result, why }) => [deed, result, why].filter((each) => each !== null).join(' '));
}
