/** A record comes from outside: whatever has not the shape that it should have is read as not told. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/**
 * A text of one line and at most so many characters; '' for what is none. The store ends a text at a NUL and knows no half
 * characters; and what nobody sees could make one name look like another.
 */
export function word(value: unknown, longest: number): string {
  if (typeof value !== 'string') return '';
  const start = [...value.slice(0, longest * 2)].slice(0, longest).join('');
  return start
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** CloudTrail writes both `true` and `"true"`. */
export function yesOrNo(value: unknown): boolean | null {
  const text = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  if (/^(true|yes)$/i.test(text)) return true;
  return /^(false|no)$/i.test(text) ? false : null;
}
