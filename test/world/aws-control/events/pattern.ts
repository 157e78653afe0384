import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';

const Filter = z.union([
  z.strictObject({ 'anything-but': z.union([z.array(z.string()).min(1), z.array(z.number()).min(1)]) }),
  z.strictObject({ exists: z.literal(true) }),
]);
const Values = z.array(z.union([z.string(), z.number(), z.boolean(), z.null(), Filter])).min(1);
type Value = z.infer<typeof Values>[number];

/**
 * Of EventBridge's pattern language, lists of exact values, of `anything-but` with a list and of `exists: true`, objects of
 * them, and `$or` of at least two such objects. Anything else is refused.
 */
export type Pattern = { readonly [field: string]: Pattern | readonly Value[] | readonly Pattern[] };

const Fields: z.ZodType<Pattern> = z.lazy(
  () =>
    z
      .object({ $or: z.array(Branch).min(2).optional() })
      .catchall(z.union([Values, Fields]))
      .refine((fields) => Object.keys(fields).length > 0) as z.ZodType<Pattern>,
);
/** With a field that is called like a filter, `$or` is a field like any other. */
const Branch = Fields.refine(
  (fields) => !Object.keys(fields).some((name) => /^(anything-but|exists)$/.test(name)),
);

export function readPattern(text: string): Pattern {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notValid('Invalid JSON');
  }
  const result = Fields.safeParse(json);
  if (!result.success) throw notValid('a field must be a list of values, or an object of such fields');
  return result.data;
}

export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as readonly Pattern[]).some((branch) => matches(branch, event));
    const actual = typeof event === 'object' && event !== null ? Reflect.get(event, field) : undefined;
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, actual);
    // Of a list in the event, one value is enough.
    return [actual].flat().some((value) => (wanted as readonly Value[]).some((each) => fits(each, value)));
  });
}

function fits(wanted: Value, actual: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === actual;
  // What is not there, or has fields of its own, has no value that could be compared.
  if (actual === undefined || (typeof actual === 'object' && actual !== null)) return false;
  return 'exists' in wanted || !(wanted['anything-but'] as readonly unknown[]).includes(actual);
}

function notValid(reason: string): ApiError {
  return new ApiError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
