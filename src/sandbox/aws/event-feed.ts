import { Newest } from './newest.js';

/** Events of one kind, as EventBridge is given them: the newest are remembered, and all are told at once, as copies. */
export class EventFeed<T> {
  readonly #newest: Newest<T>;
  readonly #listeners = new Set<(event: T) => void>();

  /** @param remember so many; default all. */
  constructor(remember?: number) {
    this.#newest = new Newest(remember);
  }

  /** Oldest first; always the same array. */
  get items(): readonly T[] {
    return this.#newest.items;
  }

  emit(event: T): void {
    this.#newest.add(event);
    for (const listener of [...this.#listeners]) listener(structuredClone(event));
  }

  /** Gives back how to stop listening. */
  listen(listener: (event: T) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
