import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Answer, DeedName, Deeds } from '../../src/sandbox/page/protocol.js';

/** The sandbox as people start it: a process of its own. */
export interface SandboxProcess {
  /** Of its page. */
  readonly url: string;
  readonly output: () => string;
  /** Does something as its page would, without the page. */
  perform<Name extends DeedName>(name: Name, deed: Deeds[Name]): Promise<Answer>;
  /** As Ctrl-C does. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

interface SandboxProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Starts it on a free port and waits until it prints its address. Rejects with its output when it ends instead. */
export async function startSandboxProcess({
  env = {},
  args = [],
}: SandboxProcessOptions = {}): Promise<SandboxProcess> {
  const child = spawn(process.execPath, ['scripts/sandbox.cjs', ...args], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exit = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const url = await new Promise<string>((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      output += chunk.toString();
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
      if (address !== undefined) resolve(address);
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    void exit.then((code) => reject(new Error(`the sandbox ended with ${code}:\n${output}`)));
  });
  return {
    url,
    output: () => output,
    perform: async (name, deed) => {
      const response = await fetch(`${url}/do/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(deed),
      });
      return (await response.json()) as Answer;
    },
    stop: () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      return exit;
    },
  };
}
