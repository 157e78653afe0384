/** What puts right what differs of the way of the events. */
export const CONNECT =
  'npm run connect puts it right, and says with --dry-run how. What a template has made, deploy anew.';

/** The same of the rule in another Region, which has a stack of its own. */
export const CONNECT_PLANS =
  'npm run connect puts it right. Beside a stack of one-account.yaml, run the command in its output SupportPlans.';

/** In the words of connect, which says what it will change; here it is what should be. */
export function sentence(because: readonly string[]): string {
  const text = because.map((each) => each.replace(/([,;]) will\b/g, '$1 should')).join('. ');
  return `${text.replace(/(^|\. )\p{Ll}/gu, (start) => start.toUpperCase()).replace(/\.$/, '')}.`;
}
