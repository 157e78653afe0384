/** How far the files of a message are. */
export interface FileProgress {
  /** Of the file that is under way. */
  readonly name: string;
  /** Bytes of all files together. */
  readonly done: number;
  readonly total: number;
}

export interface ProgressOptions {
  readonly total: number;
  /** Nothing is said before. */
  readonly afterMs: number;
  /** Between what is said first and second; later it takes longer, so that it is little in all. */
  readonly everyMs: number;
  readonly now: () => number;
  readonly tell: (progress: FileProgress) => Promise<void>;
}

const MOST = 6;

/** Says now and then how far it is: nothing of what is done in a moment, and a handful of times at most. */
export class Progress {
  readonly #options: ProgressOptions;
  #nextAt: number;
  #told = 0;
  #telling: Promise<void> | null = null;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#nextAt = options.now() + options.afterMs;
  }

  /** May be called as often as there is news. */
  at(name: string, done: number): void {
    const { now, everyMs, tell, total } = this.#options;
    if (this.#told >= MOST || this.#telling !== null || now() < this.#nextAt) return;
    this.#told += 1;
    // 10, 10, 20, 40, 80 seconds.
    this.#nextAt = now() + everyMs * 2 ** Math.max(0, this.#told - 2);
    this.#telling = tell({ name, done, total })
      // Whoever is not told hears how it ended.
      .catch(() => undefined)
      .finally(() => {
        this.#telling = null;
      });
  }

  /** When what is being said has been said: the end of it all must not come before. */
  async settled(): Promise<void> {
    await this.#telling;
  }
}
