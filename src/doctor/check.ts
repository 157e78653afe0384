import type { Finding } from './finding.js';
import { found } from './found.js';

/** One thing that the doctor looks at. It changes nothing, anywhere. */
export interface Check {
  readonly about: Finding['about'];
  /** In a few words, for when it does not end. */
  readonly name: string;
  look(): Promise<readonly Finding[]> | readonly Finding[];
  /** How long it may take; 10 seconds unless given. */
  readonly longestMs?: number;
  /** Where many are alike: its time begins with its turn. */
  readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
}

export const LONGEST_MS = 10_000;

/** What a check finds, within its time. Never rejects: what goes wrong in the check itself is a finding, too. */
export function inTime(check: Check, longestMs = check.longestMs ?? LONGEST_MS): Promise<readonly Finding[]> {
  const look = () => lookInTime(check, longestMs);
  return check.inTurn === undefined ? look() : check.inTurn(look);
}

async function lookInTime(check: Check, longestMs: number): Promise<readonly Finding[]> {
  const { warn } = found(check.about, check.name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(resolve, longestMs, [
      warn(`No answer within ${longestMs / 1_000} seconds, so it could not be looked at.`, 'Try again.'),
    ]);
  });
  // Only the name of what was thrown: its message may quote anything.
  const failed = (error: unknown) => [
    warn(
      `It could not be looked at (${error instanceof Error ? error.name : 'unknown error'}). This is a fault of the doctor.`,
    ),
  ];
  try {
    return await Promise.race([
      Promise.resolve()
        .then(() => check.look())
        .catch(failed),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
