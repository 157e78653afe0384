/** Tells of every change, so that a condition is waited for instead of a time. */
export class Watch {
  readonly #checks = new Set<() => void>();
  readonly #listeners = new Set<() => void>();

  /** To be called after every change; waiting conditions are looked at again before it returns. */
  changed(): void {
    for (const check of [...this.#checks]) check();
    for (const listener of [...this.#listeners]) listener();
  }

  /** Gives back how to stop listening. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  until(
    predicate: () => boolean,
    options: { timeoutMs: number; what: string; dump: () => string },
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        this.#checks.delete(check);
        clearTimeout(deadline);
        clearInterval(poll);
        settle();
      };
      const check = () => {
        try {
          if (predicate()) finish(resolve);
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const deadline = setTimeout(() => {
        finish(() =>
          reject(new Error(`after ${options.timeoutMs} ms still not: ${options.what}\n${options.dump()}`)),
        );
      }, options.timeoutMs);
      // For conditions that also look at something outside, a Slack thread say, whose changes nobody tells us of.
      const poll = setInterval(check, 20);
      this.#checks.add(check);
      check();
    });
  }
}
