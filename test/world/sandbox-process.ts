import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer, DeedName, Deeds, Parts, Patch } from '../../src/sandbox/page/protocol.js';
import { PATIENCE_MS } from '../patience.js';
import { until } from '../until.js';

const SCRIPT = fileURLToPath(new URL('../../../scripts/sandbox.cjs', import.meta.url));

export interface StartOptions {
  readonly args?: readonly string[];
  /** Beside PATH, a free PORT and the folder for temporary files. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Where temporary files go; the system's folder for them unless given. */
  readonly temporary?: string;
  /** Another copy of the script. */
  readonly script?: string;
}

/** What it came to when the process did not stay. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The sandbox as people start it: a process of its own, seen through its output and its page. */
export interface SandboxProcess {
  readonly url: string;
  readonly output: string;
  readonly log: string;
  readonly folder: string;
  /** Where the bot listens, or has listened last. */
  botUrl(): string;
  /** What the page is told, as it is now. */
  part<Key extends keyof Parts & string>(key: Key): Parts[Key] | undefined;
  keys(prefix: string): string[];
  until(condition: () => boolean, what: string, timeoutMs?: number): Promise<void>;
  does<Name extends DeedName>(name: Name, input: Deeds[Name]): Promise<Answer>;
  /** Resolves when it has ended. */
  end(...signals: NodeJS.Signals[]): Promise<Ended & { tookMs: number }>;
}

function spawned({ args = [], environment, cwd, temporary = tmpdir(), script = SCRIPT }: StartOptions) {
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env.PATH, TMPDIR: temporary, PORT: '0', ...environment },
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, ...said }));
  return { child, said, ended };
}

/** Runs it where it should end by itself; it is killed when it does not. */
export async function runSandbox(options: StartOptions): Promise<Ended> {
  const { child, ended } = spawned(options);
  const impatience = setTimeout(() => child.kill(), PATIENCE_MS);
  try {
    return await ended;
  } finally {
    clearTimeout(impatience);
  }
}

/** Waits for its address. Rejects with what it said when it ends instead. */
export async function startSandboxProcess(options: StartOptions = {}): Promise<SandboxProcess> {
  const { child, said, ended } = spawned(options);
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(said.stdout)?.[0];
  await until(() => {
    if (child.exitCode !== null) throw new Error(`the sandbox ended: ${said.stderr}`);
    return address() !== undefined;
  }, 'the address of the page');
  const url = address() ?? '';
  const log = /(\S+bot\.log)/.exec(said.stdout)?.[1] ?? '';
  const parts = await picture(url);
  return {
    url,
    output: said.stdout,
    log,
    folder: dirname(log),
    botUrl() {
      const [port] = [...readFileSync(log, 'utf8').matchAll(/"port":(\d+),"event":"listening"/g)].slice(-1);
      return `http://127.0.0.1:${port?.[1]}`;
    },
    part: <Key extends keyof Parts & string>(key: Key) => parts.get(key) as Parts[Key] | undefined,
    keys: (prefix) => [...parts.keys()].filter((key) => key.startsWith(prefix)),
    until: (condition, what, timeoutMs) =>
      until(condition, what, timeoutMs).catch((error: Error) => {
        const told = [...parts].map(([key, part]) => `${key}: ${JSON.stringify(part).slice(0, 300)}`);
        error.message += `\n${told.join('\n')}\n${readFileSync(log, 'utf8').slice(-5_000)}`;
        throw error;
      }),
    async does(name, input) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/do/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(input),
      });
      return (await response.json()) as Answer;
    },
    async end(...signals) {
      const asked = performance.now();
      for (const signal of signals) signalTo(child, signal);
      return { ...(await ended), tookMs: performance.now() - asked };
    },
  };
}

function signalTo(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
}

/** The live picture, for as long as the page's server runs. */
async function picture(url: string): Promise<ReadonlyMap<string, unknown>> {
  const parts = new Map<string, unknown>();
  const response = await fetch(`${url}/live`);
  const read = async () => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      const events = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data === undefined) continue;
        for (const [key, value] of Object.entries((JSON.parse(data) as Patch).parts)) {
          if (value === null) parts.delete(key);
          else parts.set(key, value);
        }
      }
    }
  };
  // It ends with the server.
  void read().catch(() => undefined);
  await until(() => parts.size > 0, 'the first picture');
  return parts;
}
