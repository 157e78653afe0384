import assert from 'node:assert/strict';
import type { Handler, Run } from '../../../src/inbox/inbox.js';
import type { Outcome } from '../../../src/inbox/outcome.js';
import { until } from '../../until.js';

/** A worker whose work is done when the test says so. */
export class Desk {
  /** All runs so far, in the order in which they began. */
  readonly runs: Run[] = [];
  /** The most keys that were in work at once. */
  busiest = 0;
  readonly #inWork = new Map<string, { end(outcome: Outcome): void; fail(error: Error): void }>();

  readonly handler: Handler = (run) => {
    this.runs.push(run);
    assert.ok(!this.#inWork.has(run.key), `${run.key} is worked on by two at once`);
    return new Promise<Outcome>((resolve, reject) => {
      this.#inWork.set(run.key, { end: resolve, fail: reject });
      this.busiest = Math.max(this.busiest, this.#inWork.size);
    });
  };

  get inWork(): string[] {
    return [...this.#inWork.keys()].sort();
  }

  /** The keys of all runs so far. */
  get keys(): string[] {
    return this.runs.map((run) => run.key);
  }

  of(key: string): Run[] {
    return this.runs.filter((run) => run.key === key);
  }

  /** Waits until so many runs of the key have begun, and returns the last of them. */
  async begun(key: string, times = 1): Promise<Run> {
    await until(() => this.of(key).length >= times, `run ${times} of ${key}`);
    const run = this.of(key)[times - 1];
    assert.ok(run !== undefined);
    return run;
  }

  end(key: string, outcome: Outcome): void {
    this.#take(key).end(outcome);
  }

  /** The work throws, which it must not. */
  fail(key: string, error: Error): void {
    this.#take(key).fail(error);
  }

  #take(key: string) {
    const work = this.#inWork.get(key);
    assert.ok(work !== undefined, `${key} is not in work`);
    this.#inWork.delete(key);
    return work;
  }
}
