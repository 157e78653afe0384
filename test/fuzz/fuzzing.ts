/** What all fuzzing has in common: how much of it, what counts as a crash, and memory that stays flat. */
import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many random examples. FUZZ_RUNS asks for more: some thousands take minutes. */
export const RUNS = Number(process.env.FUZZ_RUNS ?? 20);
/** Somebody has time. */
export const LONG = process.env.FUZZ_RUNS !== undefined;

/** Counts what would have ended the process. */
export interface CrashWatch {
  readonly crashes: readonly unknown[];
  stop(): void;
}

export function watchForCrashes(): CrashWatch {
  const crashes: unknown[] = [];
  const note = (error: unknown): void => void crashes.push(error);
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
  return {
    crashes,
    stop() {
      process.off('uncaughtException', note);
      process.off('unhandledRejection', note);
    },
  };
}

/** Does it for each, so many at a time, and rejects with the first failure. */
export async function forAll<T>(
  all: readonly T[],
  atOnce: number,
  work: (each: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < all.length; index = next++) await work(all[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const MIB = 1_048_576;

/**
 * Runs a round of requests several times, and fails when memory has grown in nearly each of them: what is made once
 * grows in one round only, a leak in all.
 */
export async function staysFlat(round: () => Promise<void>, rounds = 4): Promise<void> {
  const growth: number[] = [];
  await round();
  let before = heapUsed();
  for (let turn = 0; turn < rounds; turn++) {
    await round();
    const after = heapUsed();
    growth.push(after - before);
    if (LONG) console.log(`      heap growth of a round: ${((after - before) / MIB).toFixed(2)} MiB`);
    // Twice: what was let go of late may hide the growth of one round.
    if (growth.filter((bytes) => bytes < MIB / 4).length === 2) return;
    before = after;
  }
  assert.fail(
    `the heap grew in round after round: ${growth.map((bytes) => `${(bytes / MIB).toFixed(2)} MiB`)}`,
  );
}

let collect: (() => void) | null = null;

export function heapUsed(): number {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // What the first finds to be unreachable may hold on to more.
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
