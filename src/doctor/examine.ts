/**
 * Everything that the doctor looks at, in the order in which it is told. What is independent is looked at side by side;
 * nothing is changed, anywhere.
 */
import { type Check, inTime } from './check.js';
import type { Finding } from './finding.js';

/** What each check finds, in their order, as soon as it and those before it are done. */
export async function* examine(checks: readonly Check[]): AsyncGenerator<readonly Finding[]> {
  const running = checks.map((check) => inTime(check));
  for (const each of running) yield await each;
}
