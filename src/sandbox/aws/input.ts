import { z } from 'zod';
import { ApiError, invalid } from './api-error.js';
import { LANGUAGES } from './service-catalogue.js';
import { parseWireTime } from './wire-time.js';

/**
 * Reads the input of a call strictly: what the model does not know is refused, although the real service may let it
 * pass, because an unknown member is always a mistake of the client.
 */
export function readInput<S extends z.ZodType>(shape: S, input: unknown): z.output<S> {
  const result = shape.safeParse(withoutNulls(input));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw issue === undefined ? invalid('invalid input') : refusal(issue, input);
}

export const LANGUAGES_SHAPE = z.enum(LANGUAGES);

/** Constraints of the API model (facts 2.2). */
export const member = {
  text: z.string(),
  flag: z.boolean().optional(),
  body: z.string().min(1).max(8000),
  cc: z
    .array(z.string().regex(/^[^\s@<>,]+@[^\s@<>,]+\.[^\s@<>,]+$/))
    .max(10)
    .optional(),
  uploadIds: z.array(z.string()).max(10).default([]),
  maxResults: z.number().int().min(10).max(100).optional(),
  time: z
    .string()
    .refine((text) => parseWireTime(text) !== undefined, 'A time must be ISO 8601.')
    .transform((text) => parseWireTime(text) ?? 0)
    .optional(),
  language: LANGUAGES_SHAPE.optional(),
} as const;

/** A JSON null is an absent member in AWS JSON. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, withoutNulls(inner)]),
  );
}

function refusal(issue: z.core.$ZodIssue, input: unknown): ApiError {
  const path = issue.path.join('.');
  if (issue.code === 'invalid_type') {
    const present = issue.path.reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, step as PropertyKey) : undefined,
      input,
    );
    return present === undefined || present === null
      ? violation(path, 'Member must not be null')
      : new ApiError('SerializationException', `${path || 'The input'} is not of type ${issue.expected}.`);
  }
  if (issue.code === 'unrecognized_keys') {
    return invalid(`Unknown member${path === '' ? '' : ` of ${path}`}: ${issue.keys.join(', ')}.`);
  }
  return violation(path, issue.message);
}

function violation(path: string, message: string): ApiError {
  return invalid(`1 validation error detected: Value at '${path}' failed to satisfy constraint: ${message}`);
}
