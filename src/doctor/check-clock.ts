import type { Finding } from './finding.js';
import { found } from './found.js';

/** Whose clock this machine's is compared with, and how it is asked. */
export interface Clock {
  readonly whose: string;
  /** The time there, in milliseconds since 1970, as the answer to any request tells it; null where none was had. */
  readonly ask: () => Promise<number | null>;
}

const WARN_MS = 60_000;
/** Slack's signatures are refused when they are five minutes old, and AWS refuses ours after fifteen. */
const FAIL_MS = 240_000;
/** The header tells whole seconds. */
const HALF_SECOND = 500;

/** By the answers of Slack and AWS: their signatures hold for minutes only. */
export async function checkClock(clocks: readonly Clock[], now: () => number): Promise<Finding[]> {
  const { ok, warn, fail } = found('bot', 'clock');
  const measured = await Promise.all(clocks.map((clock) => skewOf(clock, now)));
  const known = measured.filter((skew) => skew !== null);
  const [worst] = [...known].sort((a, b) => Math.abs(b.ms) - Math.abs(a.ms));
  if (worst === undefined) {
    return [
      warn('It could not be compared: neither Slack nor AWS told the time.', 'See what is said of them.'),
    ];
  }
  const off = Math.abs(worst.ms);
  if (off <= WARN_MS) return [ok(`It agrees with that of ${known.map(({ whose }) => whose).join(' and ')}.`)];
  const says = `This machine's clock is ${inWords(off)} ${worst.ms > 0 ? 'fast' : 'slow'}, by that of ${worst.whose}.`;
  const remedy = 'Set it by NTP (timedatectl set-ntp true).';
  if (off <= FAIL_MS) return [warn(says, remedy)];
  return [fail(`${says} Slack's requests and AWS's answers are refused for that.`, remedy)];
}

function inWords(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const;
  const [unit, length] =
    units.find(([, each]) => ms >= (each === 60_000 ? 10 : 2) * each) ?? (['second', 1_000] as const);
  return `${Math.round(ms / length)} ${unit}s`;
}

async function skewOf(
  { whose, ask }: Clock,
  now: () => number,
): Promise<{ whose: string; ms: number } | null> {
  const before = now();
  const there = await ask().catch(() => null);
  if (there === null) return null;
  return { whose, ms: (before + now()) / 2 - (there + HALF_SECOND) };
}

const ASK_MS = 8_000;

/** The time that a server tells with any answer, one that refuses included. */
export async function timeAt(url: string): Promise<number | null> {
  const answer = await fetch(url, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(ASK_MS),
  });
  const date = Date.parse(answer.headers.get('date') ?? '');
  return Number.isNaN(date) ? null : date;
}
