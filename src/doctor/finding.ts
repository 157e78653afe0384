/**
 * What one check of the doctor found.
 *
 * - `ok`: as it should be.
 * - `warn`: works, but may cost something; or could not be looked at, and that may be all right.
 * - `fail`: does not work until somebody mends it.
 */
export interface Finding {
  /** What was looked at, in a few words: `Slack token`, `rule`. */
  readonly check: string;
  /** The part of the installation to which it belongs. */
  readonly about: 'bot' | 'slack' | 'aws' | 'events';
  readonly state: 'ok' | 'warn' | 'fail';
  /** What was found, one sentence for people. No secret. */
  readonly says: string;
  /** What to do, one sentence; null where there is nothing to do. */
  readonly remedy: string | null;
}
