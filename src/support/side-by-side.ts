export interface SideBySideOptions {
  /** So many at once. */
  readonly atOnce: number;
  /** One that takes longer goes on, and the next begins beside it: many that hang must not hold up those behind them. */
  readonly slowMs: number;
}

/** Does something with each, a few at a time. Resolves when all have ended; rejects with the first that fails. */
export async function sideBySide<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
  { atOnce, slowMs }: SideBySideOptions,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const begun: Promise<void>[] = [];
  const inTurn = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) {
      const one = work(next.value);
      begun.push(one);
      let timer: NodeJS.Timeout | undefined;
      const slow = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, slowMs);
      });
      await Promise.race([one, slow]).finally(() => clearTimeout(timer));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  await Promise.all(begun);
}
