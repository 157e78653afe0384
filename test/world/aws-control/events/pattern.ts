import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';

type Plain = string | number | boolean | null;
type Value = Plain | { readonly 'anything-but': readonly (string | number)[] };

/**
 * Of EventBridge's pattern language, lists of exact values and of `anything-but` with a list, and objects of them. Anything
 * else is refused.
 */
export type Pattern = { readonly [field: string]: Pattern | readonly Value[] };

const AnythingBut = z.strictObject({
  'anything-but': z.union([z.array(z.string()).min(1), z.array(z.number()).min(1)]),
});
const Values = z.array(z.union([z.string(), z.number(), z.boolean(), z.null(), AnythingBut])).min(1);
const Fields: z.ZodType<Pattern> = z.record(z.string(), z.union([Values, z.lazy(() => Fields)]));

export function readPattern(text: string): Pattern {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notValid('Invalid JSON');
  }
  const result = Fields.safeParse(json);
  if (!result.success) throw notValid('a field must be a list of values, or an object of such fields');
  if (Object.keys(result.data).length === 0) throw notValid('Empty Object is not allowed');
  return result.data;
}

export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    const actual = typeof event === 'object' && event !== null ? Reflect.get(event, field) : undefined;
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, actual);
    // Of a list in the event, one value is enough.
    return [actual].flat().some((value) => wanted.some((each) => fits(each, value)));
  });
}

function fits(wanted: Value, actual: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === actual;
  // What is not there is no value that could be another one.
  return actual !== undefined && !(wanted['anything-but'] as readonly unknown[]).includes(actual);
}

function notValid(reason: string): ApiError {
  return new ApiError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
