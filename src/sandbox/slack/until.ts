import type { Workspace } from './workspace.js';

/** What a condition that holds has returned. */
export type Held<T> = Exclude<T, undefined | null | false | 0 | ''>;

/**
 * Waits until the condition holds, and returns what it returned. It is looked at after every change of the workspace,
 * never by the clock. A condition that throws does not hold yet; what it threw last is told when time runs out.
 */
export async function until<T>(
  workspace: Workspace,
  condition: () => T | Promise<T>,
  options: { timeoutMs: number; what: string; picture: () => string },
): Promise<Held<T>> {
  let lastError: unknown;
  let wake: () => void = () => {};
  let changed = false;
  const stopListening = workspace.onChange(() => {
    changed = true;
    wake();
  });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    wake();
  }, options.timeoutMs);
  try {
    while (true) {
      changed = false;
      try {
        const value = await condition();
        if (value) return value as Held<T>;
        lastError = undefined;
      } catch (error) {
        lastError = error;
      }
      if (late) {
        const why = lastError instanceof Error ? `\nlast: ${lastError.message}` : '';
        throw new Error(
          `Slack: ${options.what} did not happen within ${options.timeoutMs} ms${why}\n${options.picture()}`,
          { cause: lastError },
        );
      }
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    clearTimeout(timer);
    stopListening();
  }
}
