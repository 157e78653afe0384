/**
 * What a sandbox keeps in a folder: Slack's and AWS's state in one file, so that they fit together, beside the bot's own
 * database. Written soon after every change, at once and whole: a file that is there can be read.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptAws } from './aws/kept-aws.js';
import type { KeptSlack } from './slack/kept-slack.js';

export interface KeptState {
  readonly version: 1;
  readonly slack: KeptSlack;
  readonly aws: KeptAws;
}

const REMEDY = 'Choose another folder, or delete this one to begin anew.';

/** A problem that is told in a sentence. */
export class FolderProblem extends Error {}

export class StateFolder {
  readonly path: string;
  readonly #file: string;
  readonly #lock: string;
  #timer: NodeJS.Timeout | undefined;

  /** Takes the folder for this process, and makes it if need be. Throws a FolderProblem. */
  constructor(path: string) {
    this.path = path;
    this.#file = join(path, 'state.json');
    this.#lock = join(path, 'sandbox.pid');
    try {
      mkdirSync(path, { recursive: true });
    } catch (error) {
      const why = reason(error) === 'EEXIST' ? 'a file has that name' : reason(error);
      throw new FolderProblem(`The folder ${path} cannot be made (${why}). Choose another.`);
    }
    this.#take();
  }

  /** What an earlier run left; null in a new folder. Throws a FolderProblem. */
  read(): KeptState | null {
    if (!existsSync(this.#file)) return null;
    let state: KeptState;
    try {
      state = JSON.parse(readFileSync(this.#file, 'utf8')) as KeptState;
    } catch (error) {
      throw new FolderProblem(`${this.#file} cannot be read (${reason(error)}). ${REMEDY}`);
    }
    if (state?.version !== 1 || state.slack?.version !== 1 || state.aws?.version !== 1) {
      throw new FolderProblem(`${this.#file} is of another version of the sandbox. ${REMEDY}`);
    }
    return state;
  }

  /** What to say when the state that was read makes no sense after all. */
  unusable(error: unknown): FolderProblem {
    return new FolderProblem(`${this.#file} is damaged (${reason(error)}). ${REMEDY}`);
  }

  /** Writes what `state` returns soon, once for many changes. What goes wrong then is told to `onProblem`. */
  writeSoon(state: () => KeptState, onProblem: (problem: FolderProblem) => void): void {
    this.#timer ??= setTimeout(() => {
      try {
        this.write(state());
      } catch (error) {
        onProblem(error as FolderProblem);
      }
    }, 100);
  }

  /** Throws a FolderProblem. */
  write(state: KeptState): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Whoever reads it finds the old state or the new one, also after a kill in between.
    const next = `${this.#file}.new`;
    try {
      writeFileSync(next, JSON.stringify(state));
      renameSync(next, this.#file);
    } catch (error) {
      throw new FolderProblem(
        `${this.#file} cannot be written (${reason(error)}). What happens now is not kept.`,
      );
    }
  }

  /** Lets go of the folder. What was to be written soon is not: write it before. */
  close(): void {
    clearTimeout(this.#timer);
    rmSync(this.#lock, { force: true });
  }

  #take(): void {
    // Two sandboxes on one folder would overwrite each other's state.
    const owner = existsSync(this.#lock) ? Number(readFileSync(this.#lock, 'utf8')) : 0;
    if (owner > 0 && owner !== process.pid && isRunning(owner)) {
      throw new FolderProblem(
        `Another sandbox (process ${owner}) uses ${this.path}. Stop it first, or choose another folder.`,
      );
    }
    try {
      writeFileSync(this.#lock, String(process.pid));
    } catch (error) {
      throw new FolderProblem(
        `Nothing can be written to ${this.path} (${reason(error)}). Choose another folder.`,
      );
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
}
