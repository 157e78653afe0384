/** The most characters that AWS takes in one communication (AddCommunicationToCase, `communicationBody`). */
export const MAX_COMMUNICATION = 8_000;

/** Only the last line counts, however AWS treats the blank line and the dash before the name. */
const STAMP = /(?:^|\n)[^\n]{0,100}, via Slack · ref ([a-z0-9]{10})\s*$/u;

/**
 * The text that AWS gets: the person's words and one line that names the person and carries the reference. AWS has no
 * idempotency token for replies, so the reference is how we recognise our own words on the case.
 */
export function withStamp(text: string, person: string, reference: string): string {
  return `${text.trimEnd()}\n\n— ${nameForStamp(person)}, via Slack · ref ${reference}`;
}

/** Splits a body that ends with a stamp; null where it does not. A stamp quoted further up does not count. */
export function readStamp(body: string): { text: string; reference: string } | null {
  const match = STAMP.exec(body);
  const reference = match?.[1];
  if (match === null || reference === undefined) return null;
  return { text: body.slice(0, match.index).trimEnd(), reference };
}

/**
 * The person whom a stamp names, where its line begins as {@link withStamp} writes it, and not with a mark of quoting.
 * Null elsewhere.
 */
export function stampedBy(body: string): string | null {
  return /(?:^|\n)[—–-] ?(\S[^\n]{0,59}), via Slack · ref [a-z0-9]{10}\s*$/u.exec(body)?.[1] ?? null;
}

/** One line, and short enough that it can never crowd out the text. */
function nameForStamp(person: string): string {
  const line = person.replace(/\s+/gu, ' ').trim();
  return [...line].slice(0, 60).join('') || 'Someone';
}
