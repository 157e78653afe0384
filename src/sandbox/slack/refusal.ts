import type { JsonObject } from './json-object.js';

/** Slack's "no": becomes `{ ok: false, error, … }` on the wire. */
export class Refusal extends Error {
  readonly error: string;
  readonly details: JsonObject;

  constructor(error: string, details: JsonObject = {}) {
    super(error);
    this.error = error;
    this.details = details;
  }
}

/** A refusal that says where, as Slack does for blocks, views and arguments. */
export function refusalWhere(error: string, problems: readonly string[]): Refusal {
  return new Refusal(error, {
    errors: [...problems],
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}
