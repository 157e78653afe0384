import type { CallsTaken } from '../event-path/names.js';

/** What puts right what differs of the way of the events. */
export const CONNECT =
  'npm run connect puts it right, and says with --dry-run how. What a template has made, deploy anew.';

/** The same of what is for calls. Which are wanted is said, as connect may not have the bot's settings where it is run. */
export const connectCalls = (calls: CallsTaken) =>
  `npm run connect -- --calls ${calls} puts it right, and says with --dry-run how. What a template has made, deploy anew with Calls=${calls}.`;

/** The same of the rule in another Region, which has a stack of its own. */
export const connectPlans = (calls: CallsTaken) =>
  `npm run connect -- --calls ${calls} puts it right. Beside a stack of one-account.yaml with Calls=${calls}, run the command in its output SupportPlans.`;

/** In the words of connect, which says what it will change; here it is what should be. */
export function sentence(because: readonly string[]): string {
  const text = because.map((each) => each.replace(/([,;]) will\b/g, '$1 should')).join('. ');
  return `${text.replace(/(^|\. )\p{Ll}/gu, (start) => start.toUpperCase()).replace(/\.$/, '')}.`;
}
