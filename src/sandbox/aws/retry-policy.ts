import { type Delivery, DeliveryTimeout } from './deliver.js';

/** Facts 4: "Default retry", "Retried statuses", "Not retried", "Not retried at all", "Retry-After". */
export interface RetryPolicy {
  /** Retries after the first attempt; the service allows 0 to 185. */
  attempts: number;
  maxAgeMs: number;
  baseMs: number;
  maxDelayMs: number;
  /** How long a second of a Retry-After header lasts; shorter in tests. */
  retryAfterSecondMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  attempts: 185,
  maxAgeMs: 24 * 3_600_000,
  baseMs: 1000,
  maxDelayMs: 60_000,
  retryAfterSecondMs: 1000,
};

/** What came of one attempt: an answer, or the error instead of one. */
export type Outcome = Delivery | Error;

/** The code in the dead-letter message. */
export type DeadLetterCode =
  | 'ERROR_FROM_TARGET'
  | 'THROTTLING'
  | 'TIMEOUT'
  | 'CONNECTION_FAILURE'
  | 'SDK_CLIENT_ERROR';

export function codeOf(outcome: Outcome): DeadLetterCode {
  if (outcome instanceof DeliveryTimeout) return 'TIMEOUT';
  if (outcome instanceof Error) return isAddressError(outcome) ? 'SDK_CLIENT_ERROR' : 'CONNECTION_FAILURE';
  return outcome.status === 429 ? 'THROTTLING' : 'ERROR_FROM_TARGET';
}

/** How long to wait before the next attempt; undefined: give up. `retried` counts the retries made so far. */
export function nextDelay(
  policy: RetryPolicy,
  outcome: Outcome,
  { retried, ageMs, random }: { retried: number; ageMs: number; random: () => number },
): number | undefined {
  if (retried >= policy.attempts || !isRetryable(outcome)) return undefined;
  const exponential = Math.min(policy.maxDelayMs, policy.baseMs * 2 ** Math.min(retried, 30));
  const backOff = exponential * (0.5 + random() / 2);
  const asked = outcome instanceof Error ? undefined : retryAfter(outcome, policy);
  // A negative value stops retries; otherwise the more conservative of header and policy holds.
  if (asked !== undefined && asked < 0) return undefined;
  const delay = Math.max(backOff, asked ?? 0);
  return ageMs + delay > policy.maxAgeMs ? undefined : delay;
}

function isRetryable(outcome: Outcome): boolean {
  // That a refused or broken connection is retried is our inference: only address errors are said not to be.
  if (outcome instanceof Error) return !isAddressError(outcome);
  return [401, 407, 409, 429].includes(outcome.status) || outcome.status >= 500;
}

function isAddressError(error: Error): boolean {
  const code = 'code' in error ? error.code : undefined;
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ERR_INVALID_URL';
}

function retryAfter({ headers }: Delivery, policy: RetryPolicy): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^-?\d+$/.test(value)) return Number(value) * policy.retryAfterSecondMs;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
