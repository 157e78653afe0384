/**
 * A small language for saying what Slack accepts. A check looks at a value and adds a problem, worded as Slack
 * words it, with a JSON pointer to the place.
 */
import { isObject, type JsonObject } from '../json-object.js';

export type Check = (value: unknown, at: string, problems: string[]) => void;

function report(problems: string[], problem: string, at: string): void {
  problems.push(`${problem} [json-pointer:${at}]`);
}

/** Lengths are counted in UTF-16 units: never fewer than Slack counts. */
export function text(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== 'string') report(problems, 'must provide a string', at);
    else if (value.length < min) report(problems, `must be more than ${min - 1} characters`, at);
    else if (value.length > max) report(problems, `must be less than ${max + 1} characters`, at);
  };
}

export function pattern(expression: RegExp, problem: string, max = 3_000): Check {
  const length = text(1, max);
  return (value, at, problems) => {
    length(value, at, problems);
    if (typeof value === 'string' && !expression.test(value)) report(problems, problem, at);
  };
}

export const flag: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') report(problems, 'must provide a boolean', at);
};

export function integer(min: number, max: number): Check {
  return (value, at, problems) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      report(problems, 'must provide an integer', at);
    else if (value < min || value > max) report(problems, `must be between ${min} and ${max}`, at);
  };
}

export function oneOf(...allowed: readonly (string | number)[]): Check {
  return (value, at, problems) => {
    if (!allowed.some((each) => each === value)) {
      report(problems, `must be one of: ${allowed.join(', ')}`, at);
    }
  };
}

export function list(item: Check, limits: { min?: number; max?: number } = {}): Check {
  const { min = 0, max = Number.POSITIVE_INFINITY } = limits;
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      report(problems, 'must provide an array', at);
      return;
    }
    if (value.length < min) report(problems, `must have at least ${min} items`, at);
    if (value.length > max) report(problems, `no more than ${max} items allowed`, at);
    for (const [index, each] of value.entries()) item(each, `${at}/${index}`, problems);
  };
}

type Fields = { [key: string]: Check };

/** An object with exactly these fields; an unknown one is a problem, so that no typing error goes unseen. */
export function object(fields: { must?: Fields; may?: Fields }): Check {
  const { must = {}, may = {} } = fields;
  return (value, at, problems) => {
    if (!isObject(value)) {
      report(problems, 'must provide an object', at);
      return;
    }
    for (const [key, check] of Object.entries(must)) {
      if (key in value) check(value[key], `${at}/${key}`, problems);
      else report(problems, `missing required field: ${key}`, at);
    }
    for (const key of Object.keys(value)) {
      if (key in must) continue;
      const check = may[key];
      if (check === undefined) report(problems, `invalid additional property: ${key}`, at);
      else check(value[key], `${at}/${key}`, problems);
    }
  };
}

/** An object whose `type` says which of the kinds it must be. */
export function byType(kinds: { [type: string]: Check }): Check {
  return (value, at, problems) => {
    if (!isObject(value)) {
      report(problems, 'must provide an object', at);
      return;
    }
    const kind =
      typeof value.type === 'string' && Object.hasOwn(kinds, value.type) ? kinds[value.type] : undefined;
    if (kind === undefined) report(problems, `unsupported type: ${String(value.type)}`, `${at}/type`);
    else {
      const { type: _, ...rest } = value;
      kind(rest, at, problems);
    }
  };
}

/** The check, and then a rule between fields: it returns a problem or nothing. */
export function also(check: Check, rule: (object: JsonObject) => string | undefined): Check {
  return (value, at, problems) => {
    check(value, at, problems);
    if (!isObject(value)) return;
    const problem = rule(value);
    if (problem !== undefined) report(problems, problem, at);
  };
}
