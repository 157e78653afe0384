/**
 * The bot as a process of its own, started as an operator would start it and told everything by its environment. It is
 * killed on demand and started again; when it ends by itself, too.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BotState } from './page/protocol.js';

/** What `npm start` runs. */
const MAIN = fileURLToPath(new URL('../main.js', import.meta.url));

/** Before the bot's own code: a bot whose sandbox was killed would live on, and hold its database. */
const END_WITH_US =
  'data:text/javascript,process.once("disconnect",()=>process.exit());process.channel.unref()';

const RESTART_MS = 4_000;
const LOOK_EVERY_MS = 20;
/** A process that ends so often before it was ever ready will not get ready by one more start. */
const VAIN_STARTS = 3;

export interface BotOptions {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Its working directory: not the caller's, whose `.env` may hold real tokens. */
  readonly folder: string;
  readonly restartMs?: number;
}

export class BotProcess {
  /** The file that takes what it writes. */
  readonly log: string;
  readonly #options: BotOptions;
  readonly #listeners = new Set<() => void>();
  #child: ChildProcess | null = null;
  #state: BotState = { state: 'starting', starts: 0 };
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #vain = 0;
  readonly #running: Promise<void>;
  #nowRunning: () => void = () => undefined;

  constructor(options: BotOptions) {
    this.#options = options;
    this.log = join(options.folder, 'bot.log');
    this.#running = new Promise((resolve) => {
      this.#nowRunning = resolve;
    });
  }

  get state(): BotState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when it has answered for the first time. */
  get running(): Promise<void> {
    return this.#running;
  }

  /** Called after every change of its state. Gives back how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    if (this.#stopped) return;
    const log = openSync(this.log, 'a');
    const child = spawn(process.execPath, ['--import', END_WITH_US, MAIN], {
      cwd: this.#options.folder,
      env: this.#options.environment,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    this.#set({ state: 'starting', starts: this.#state.starts + 1 });
    child.once('error', () => this.#ended(child));
    child.once('exit', () => this.#ended(child));
    void this.#watch(child);
  }

  /** As a power cut would. It starts again after some seconds. */
  kill(): void {
    this.#child?.kill('SIGKILL');
  }

  /** Ends it for good: cleanly within `graceMs`, or else at once. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(graceMs > 0 ? 'SIGTERM' : 'SIGKILL');
    const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await exit;
    clearTimeout(impatience);
  }

  async #watch(child: ChildProcess): Promise<void> {
    while (this.#child === child && this.#state.state === 'starting') {
      if (await this.#answers()) {
        if (this.#child !== child) return;
        this.#vain = 0;
        this.#set({ state: 'running', starts: this.#state.starts });
        this.#nowRunning();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  async #answers(): Promise<boolean> {
    try {
      const response = await fetch(`${this.#options.url}/healthz`, { signal: AbortSignal.timeout(1_000) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (this.#stopped) return;
    const { state, starts } = this.#state;
    this.#vain = state === 'starting' ? this.#vain + 1 : 0;
    if (this.#vain >= VAIN_STARTS) {
      const problem = `The bot does not start. Its log says why: ${this.log}`;
      this.#set({ state: 'ended', starts, problem });
      return;
    }
    const restartMs = this.#options.restartMs ?? RESTART_MS;
    this.#set({ state: 'restarting', restartsAt: Date.now() + restartMs, starts });
    this.#timer = setTimeout(() => this.start(), restartMs);
  }

  #set(state: BotState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
