/** A record of the newest things only, so that it does not grow for as long as the process lives. */
export class Newest<T> {
  /** Oldest first; always the same array. */
  readonly items: T[] = [];
  readonly #limit: number;

  /** @param limit how many; default all. */
  constructor(limit = Number.POSITIVE_INFINITY) {
    if (!(limit >= 0)) throw new Error(`so many things cannot be remembered: ${limit}`);
    this.#limit = limit;
  }

  add(item: T): void {
    this.items.push(item);
    if (this.items.length > this.#limit) this.items.splice(0, this.items.length - this.#limit);
  }
}
