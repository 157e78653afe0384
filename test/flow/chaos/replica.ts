/** One replica of the bot as a process of its own, watched over as an operator's supervisor would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { END_WITH_US, skewedClock } from './skewed-clock.js';

const MAIN = fileURLToPath(new URL('../../../src/main.js', import.meta.url));
const LOOK_EVERY_MS = 25;
/** How soon a process is started again that ended by itself. */
const RESTART_MS = 1_000;

export interface ReplicaOptions {
  readonly name: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** For its log and as its working directory: no `.env` of the developer. */
  readonly folder: string;
  readonly skewMs: number;
  /** It has ended and nobody had asked for it. */
  readonly onCrash: (crash: Crash) => void;
}

export interface Crash {
  readonly replica: string;
  readonly code: number | null;
  /** It never came so far as to listen. */
  readonly starting: boolean;
}

export class Replica {
  readonly url: string;
  readonly log: string;
  readonly #options: ReplicaOptions;
  #child: ChildProcess | null = null;
  #state: 'down' | 'starting' | 'up' | 'paused' = 'down';
  #wanted = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ReplicaOptions) {
    this.#options = options;
    this.url = `http://127.0.0.1:${options.port}`;
    mkdirSync(options.folder, { recursive: true });
    this.log = join(options.folder, `${options.name}.log`);
  }

  get name(): string {
    return this.#options.name;
  }

  get skewMs(): number {
    return this.#options.skewMs;
  }

  get state(): 'down' | 'starting' | 'up' | 'paused' {
    return this.#state;
  }

  /** Everything it has logged, over all its starts. */
  logged(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Resolves when it answers, or has ended again. */
  async start(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#child !== null) return;
    this.#wanted = true;
    const { environment, port, folder, skewMs } = this.#options;
    const log = openSync(this.log, 'a');
    const imports = skewMs === 0 ? [END_WITH_US] : [END_WITH_US, skewedClock(skewMs)];
    const child = spawn(process.execPath, [...imports.flatMap((each) => ['--import', each]), MAIN], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? '',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        ...environment,
        PORT: String(port),
      },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    this.#state = 'starting';
    child.once('exit', (code) => this.#ended(child, code));
    child.once('error', () => this.#ended(child, null));
    while (this.#child === child && this.#state === 'starting') {
      if (await this.#answers()) {
        if (this.#child === child) this.#state = 'up';
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** As a power cut would, or cleanly. False when there is nothing to end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#wanted = false;
    const child = this.#child;
    if (child === null) return false;
    const exit = once(child, 'exit');
    // One that is paused would hear of SIGTERM only when it goes on.
    if (this.#state === 'paused') child.kill('SIGCONT');
    child.kill(signal);
    await exit;
    return true;
  }

  /** It stands still, with all its connections. False when it does not run. */
  pause(): boolean {
    if (this.#state !== 'up' || this.#child === null) return false;
    this.#child.kill('SIGSTOP');
    this.#state = 'paused';
    return true;
  }

  goOn(): void {
    if (this.#state !== 'paused' || this.#child === null) return;
    this.#child.kill('SIGCONT');
    this.#state = 'up';
  }

  async #answers(): Promise<boolean> {
    try {
      const response = await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(1_000) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }

  #ended(child: ChildProcess, code: number | null): void {
    if (this.#child !== child) return;
    const starting = this.#state === 'starting';
    this.#child = null;
    this.#state = 'down';
    if (!this.#wanted) return;
    this.#options.onCrash({ replica: this.name, code, starting });
    this.#timer = setTimeout(() => void this.start(), RESTART_MS);
  }
}
