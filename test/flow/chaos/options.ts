import { parseArgs } from 'node:util';
import type { Settings } from './plan.js';

export const USAGE =
  'npm run chaos -- --minutes N --seed S --replicas R [--store sqlite|redis] [--latest-show-seconds N]';

const LARGEST_SEED = 0xffff_ffff;

/** What was asked for on the command line, or a sentence for each thing that is wrong with it. */
export function readOptions(
  args: readonly string[],
  newSeed: () => number,
): { settings: Settings } | { problems: string[] } | { help: true } {
  const problems: string[] = [];
  let values: Partial<Record<string, string>>;
  let help: boolean | undefined;
  try {
    ({
      values: { help, ...values },
    } = parseArgs({
      args: withNegatives(args),
      options: {
        help: { type: 'boolean', short: 'h' },
        minutes: { type: 'string' },
        seed: { type: 'string' },
        replicas: { type: 'string' },
        store: { type: 'string' },
        'latest-show-seconds': { type: 'string' },
      },
    }));
  } catch (error) {
    return {
      problems: [`${error instanceof Error ? error.message.split('. ')[0] : error}.`],
    };
  }
  if (help) return { help };
  const number = (name: string, usual: number, least: number, most: number, isWhole: boolean): number => {
    const text = values[name];
    if (text === undefined) return usual;
    const value = Number(text);
    const isFine =
      text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
    if (!isFine) {
      problems.push(
        `--${name} has to be a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}, not “${text}”.`,
      );
    }
    return value;
  };
  const minutes = number('minutes', 2, 0.1, 600, false);
  const seed = number('seed', newSeed(), 0, LARGEST_SEED, true);
  const replicas = number('replicas', 1, 1, 9, true);
  const latestShow = number('latest-show-seconds', 15, 0, 600, false);
  const store = values.store ?? (replicas > 1 ? 'redis' : 'sqlite');
  if (store !== 'sqlite' && store !== 'redis') {
    problems.push(`--store has to be sqlite or redis, not “${store}”.`);
  } else if (store === 'sqlite' && replicas > 1) {
    problems.push(
      '--store sqlite goes with one replica only: SQLite belongs to one process. Take --store redis.',
    );
  } else if (problems.length === 0) {
    const seconds = Math.round(minutes * 60);
    return { settings: { seed, seconds, replicas, store, latestShowMs: latestShow * 1000, hurried: false } };
  }
  return { problems };
}

/** `--minutes -1` is one option with a number that is wrong, and not two. */
function withNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1) ?? '';
    if (/^-[\d.]/.test(arg) && /^--[\w-]+$/.test(before)) joined.splice(-1, 1, `${before}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}
