import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder.js';
import { lastingPort } from './lasting-port.js';

/** A real redis-server on a free port, which loses nothing that it has answered when it is killed. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** SIGKILL, and the same data again on the same port. */
  restart(): Promise<void>;
  /** SIGKILL: it stays away until {@link restart}. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const isInstalled = spawnSync('redis-server', ['--version']).status === 0;

/**
 * `describe` for suites that need redis-server. Where it is not installed they are skipped, and the run says so; with
 * CI=true they fail instead.
 */
export const describeWithRedis: (title: string, suite: (this: Mocha.Suite) => void) => void = (
  title,
  suite,
) => {
  if (isInstalled) describe(title, suite);
  else if (process.env.CI === 'true')
    describe(title, () => {
      it('needs redis-server', () => {
        throw new Error('redis-server is not installed (Debian: apt-get install redis-server)');
      });
    });
  else describe.skip(`${title} (needs redis-server; Debian: apt-get install redis-server)`, suite);
};

/** @param more lines of its configuration, e.g. `['--appendonly', 'no']`. */
export async function startRedisServer(more: readonly string[] = []): Promise<RedisServer> {
  const folder = temporaryFolder();
  const port = await lastingPort();
  let child = await start(folder.path, port, more);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    kill,
    async restart() {
      await kill();
      child = await start(folder.path, port, more);
    },
    async stop() {
      await kill();
      folder.remove();
    },
  };
}

async function start(folder: string, port: number, more: readonly string[]): Promise<ChildProcess> {
  // With `everysec`, what was answered is written up to two seconds later while the disk is busy, and a kill loses it.
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--appendfsync', 'no'];
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--dir', folder, '--logfile', join(folder, 'log'), ...settings, ...more],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit').then(() => {
    throw new Error(`redis-server ended with ${child.exitCode}`);
  });
  // Nobody listens to it any more once the server has started.
  ended.catch(() => undefined);
  await Promise.race([untilItAnswers(port), ended]);
  return child;
}

async function untilItAnswers(port: number): Promise<void> {
  const { createConnection } = await import('node:net');
  for (;;) {
    const answer = await new Promise<string>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString());
      });
      socket.once('error', () => resolve(''));
    });
    if (/^(\+PONG|-NOAUTH)/.test(answer)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
