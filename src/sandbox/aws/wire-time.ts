/**
 * Times on the wire are ISO 8601 in UTC with a milliseconds part that is always zero (facts 2.3: whole-second precision
 * in every published example). Times are therefore cut to the second when they are stored, not when they are shown, so
 * that filters and sorting see the same ties as the client does.
 */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

/** `2020-05-12T23:12:35.000Z` */
export function wireTime(ms: number): string {
  return new Date(wholeSecond(ms)).toISOString();
}

/** `2022-02-21T15:51:31Z`, as EventBridge writes the time of an event. */
export function eventTime(ms: number): string {
  return wireTime(ms).replace('.000Z', 'Z');
}

const ISO_8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

export function parseWireTime(text: string): number | undefined {
  if (!ISO_8601.test(text)) return undefined;
  // A time without a zone is UTC here; Date.parse would take it for local time.
  const zoned = /T/.test(text) && !/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text}Z` : text;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? undefined : ms;
}
