/** What puts right what differs of the way of the events. */
export const CONNECT =
  'npm run connect puts it right, and says with --dry-run how. What a template has made, deploy anew.';

/** In the words of connect, which says what it will change; here it is what should be. */
export function sentence(because: readonly string[]): string {
  const text = because.map((each) => each.replace(/([,;]) will\b/g, '$1 should')).join('. ');
  return `${text.replace(/(^|\. )\p{Ll}/gu, (start) => start.toUpperCase()).replace(/\.$/, '')}.`;
}
