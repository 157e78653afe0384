import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/sandbox/free-port.js';

/** A server under measurement: a process of its own, as operators run it. */
export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** Milliseconds from the spawn to the first 200 of its readiness. */
  readonly readyAfterMs: number;
  /** Ends it cleanly. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Compiled script, relative to this file's compiled self. */
  readonly script: string;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** To look closer: `BENCH_NODE_ARGS="--cpu-prof --cpu-prof-dir=/tmp" npm run bench events-full-load`. */
const NODE_ARGUMENTS = process.env.BENCH_NODE_ARGS?.split(' ') ?? [];
const POLL_MS = 5;
const GIVE_UP_MS = 30_000;
const STOP_MS = 15_000;

export async function startServerProcess({
  script,
  folder,
  environment,
}: ServerOptions): Promise<ServerProcess> {
  const port = await freePort();
  const file = fileURLToPath(new URL(script, import.meta.url));
  const logFile = join(folder, `${port}.log`);
  const log = openSync(logFile, 'a');
  const startedAt = performance.now();
  // Nothing of the caller's environment, no `.env` and no `~/.aws`: what is measured is the same everywhere.
  const child = spawn(process.execPath, [...NODE_ARGUMENTS, file], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...environment, PORT: String(port) },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const said = () => readFileSync(logFile, 'utf8').slice(-2_000);
  while (!(await answersReady(port))) {
    if (hasEnded(child)) throw new Error(`${script} ended before it was ready:\n${said()}`);
    if (performance.now() - startedAt > GIVE_UP_MS) {
      child.kill('SIGKILL');
      throw new Error(`${script} did not become ready:\n${said()}`);
    }
    await sleep(POLL_MS);
  }
  const readyAfterMs = performance.now() - startedAt;
  return {
    pid: child.pid ?? 0,
    port,
    readyAfterMs,
    async stop() {
      if (hasEnded(child)) throw new Error(`${script} ended while it was measured:\n${said()}`);
      const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      child.kill('SIGTERM');
      await once(child, 'exit');
      clearTimeout(deadline);
    },
  };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function answersReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}
