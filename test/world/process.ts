import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
/** The bot with other delays; see replica.ts. */
export const REPLICA = fileURLToPath(new URL('replica.js', import.meta.url));

/** The bot as operators run it: a process of its own, told everything by its environment. */
export interface BotProcess {
  readonly url: string;
  readonly pid: number;
  readonly output: () => string;
  /** As a power cut would. */
  kill(): Promise<void>;
  /** Resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts the process and waits until it listens. Rejects with its output when it ends instead. */
export async function startProcess(
  environment: Readonly<Record<string, string>>,
  script = MAIN,
): Promise<BotProcess> {
  const cwd = mkdtempSync(join(tmpdir(), 'casethread-cwd-'));
  const child = spawn(process.execPath, [script], {
    // No `.env` of the developer, and nothing of their environment.
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.once('exit', () => rmSync(cwd, { recursive: true, force: true }));
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = /"port":(\d+),"event":"listening"/.exec(output);
      if (match !== null) resolve(Number(match[1]));
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', (code) => reject(new Error(`the bot ended with ${code}:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output: () => output,
    kill: async () => {
      await ended(child, 'SIGKILL');
    },
    end: (signal) => ended(child, signal),
  };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code as number | null;
}
