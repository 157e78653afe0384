import type { Crash } from './replica.js';

/** What is counted in a run, by name, in the order in which it first happened. */
export class Figures {
  readonly crashes: Crash[] = [];
  readonly #counts = new Map<string, number>();

  count(name: string, times = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + times);
  }

  set(name: string, value: number): void {
    this.#counts.set(name, value);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  crashed(crash: Crash): void {
    this.crashes.push(crash);
    this.count('crashes');
  }

  table(): string {
    const width = Math.max(0, ...[...this.#counts.keys()].map((name) => name.length));
    return [...this.#counts].map(([name, count]) => `  ${name.padEnd(width)}  ${count}`).join('\n');
  }
}
