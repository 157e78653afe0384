import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Another Node process, running a few lines. */
export interface Child {
  /** The next line that it writes; rejects with what it said when it ends before. */
  line(): Promise<string>;
  say(text: string): void;
  /** Kills it at once, as `kill -9` does, and waits until it is gone. */
  kill(): Promise<void>;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
}

/** @param before what a shell does before it becomes the process, such as setting limits. */
export function startChild(
  script: string,
  environment: Readonly<Record<string, string>>,
  before: string | null = null,
): Child {
  const node = ['--input-type=module', '-e', script];
  const env = { PATH: process.env.PATH, ...environment };
  const child =
    before === null
      ? spawn(process.execPath, node, { env })
      : spawn('sh', ['-c', `${before} exec "$0" "$@"`, process.execPath, ...node], { env });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  return {
    async line() {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the process ended without a line: ${complaint}`);
      return value;
    },
    say: (text) => void child.stdin.write(`${text}\n`),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    ended,
  };
}
