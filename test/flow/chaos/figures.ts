import type { Crash } from './replica.js';

/** What is counted in a run, by name. */
export class Figures {
  readonly #crashes = new Map<string, number>();
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
    const { replica, code, starting } = crash;
    const what = `${replica} ended by itself${starting ? ' while it started' : ''}, exit code ${code}`;
    this.#crashes.set(what, (this.#crashes.get(what) ?? 0) + 1);
    this.count('crashes');
  }

  /** In sentences. */
  crashReport(): string[] {
    return [...this.#crashes].map(([what, often]) => `${what}${often > 1 ? `, ${often} times` : ''}.`);
  }

  table(): string {
    const width = Math.max(0, ...[...this.#counts.keys()].map((name) => name.length));
    return [...this.#counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, count]) => `  ${name.padEnd(width)}  ${count}`)
      .join('\n');
  }
}
