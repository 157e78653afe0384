import assert from 'node:assert/strict';
import { type Casethread, startCasethread } from '../../src/casethread.js';
import { type ConfigFile, NO_FILE } from '../../src/config/config-file.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/telemetry/log.js';
import type { Timing } from '../../src/wiring/timing.js';
import { type BotProcess, REPLICA, startProcess } from './process.js';

/** One replica of the bot in a world. Whatever it is started on, it is started on it again, on the same port. */
export interface Bot {
  readonly url: string;
  readonly isUp: boolean;
  /** Everything it has logged. */
  readonly log: readonly string[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** From now on goes by this CONFIG_FILE, as after a SIGHUP. Not for one in a process of its own. */
  reload(file: Partial<ConfigFile>): void;
}

/** One in a process of its own. */
export interface ProcessBot extends Bot {
  /** As a power cut would. */
  kill(): Promise<void>;
  /** It stands still, with all its connections open. */
  pause(): void;
  resume(): void;
}

export interface BotOptions {
  /** Asked at each start. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly timing: Partial<Timing>;
  /** What CONFIG_FILE says, as far as it is not in the environment; asked at each start. */
  readonly file?: () => Partial<ConfigFile>;
}

/** In this process, which shares its event loop and its environment with the test. */
export function botHere({ environment, timing, file = () => ({}) }: BotOptions): Bot {
  const log: string[] = [];
  let bot: Casethread | null = null;
  let port = 0;
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get isUp() {
      return bot !== null;
    },
    log,
    async start() {
      const set = environment();
      const read = readConfig({ ...set, PORT: String(port) });
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      // The AWS SDK reads the process's own environment, and not before the first call.
      Object.assign(process.env, set);
      const keep = createLog('debug', (line) => log.push(line));
      bot = await startCasethread({ ...read.config, file: { ...read.config.file, ...file() } }, keep, timing);
      port = bot.port;
    },
    async stop() {
      await bot?.stop();
      bot = null;
    },
    reload: (changed) => bot?.reload({ ...NO_FILE, ...changed }),
  };
}

/** In a process of its own, with the delays of the tests. */
export function botInProcess({ environment, timing }: BotOptions): ProcessBot {
  let earlier = '';
  let bot: BotProcess | null = null;
  let port = 0;
  const end = async (how: (running: BotProcess) => Promise<unknown>): Promise<void> => {
    const running = bot;
    if (running === null) return;
    bot = null;
    await how(running);
    earlier += running.output();
  };
  const signal = (name: NodeJS.Signals): void => {
    if (bot !== null) process.kill(bot.pid, name);
  };
  return {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    get isUp() {
      return bot !== null;
    },
    get log() {
      return `${earlier}${bot?.output() ?? ''}`.split(/(?<=\n)/);
    },
    async start() {
      const set = { ...environment(), PORT: String(port), TIMING: JSON.stringify(timing) };
      bot = await startProcess(set, REPLICA);
      port = Number(new URL(bot.url).port);
    },
    stop: () => end((running) => running.end('SIGTERM')),
    reload: () => assert.fail('a process reads its CONFIG_FILE itself'),
    kill: () => end((running) => running.kill()),
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
  };
}
