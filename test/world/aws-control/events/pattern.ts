import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';

/** Of EventBridge's pattern language, lists of exact values and objects of them. Anything else is refused. */
export type Pattern = { readonly [field: string]: Pattern | readonly (string | number | boolean | null)[] };

const Values = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1);
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
    return [actual].flat().some((value) => wanted.includes(value));
  });
}

function notValid(reason: string): ApiError {
  return new ApiError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}
