/**
 * The arguments of one call, JSON and form encoded alike. In a form everything is text and nested values are JSON
 * strings; in a JSON body a value must have its own type, as Slack insists.
 */
import { parse } from 'node:querystring';
import { isObject, type JsonObject, parsedJson } from '../json-object.js';
import { Refusal, refusalWhere } from '../refusal.js';

const NESTED = ['blocks', 'metadata', 'view', 'attachments', 'files', 'unfurls'];

export class CallArguments {
  readonly #values: JsonObject;
  readonly #form: boolean;

  private constructor(values: JsonObject, form: boolean) {
    this.#values = values;
    this.#form = form;
  }

  static read(contentType: string, body: string, query: string): CallArguments {
    const type = contentType.split(';')[0]?.trim().toLowerCase();
    if (type === 'application/json') {
      const values = body === '' ? {} : parsedJson(body);
      if (!isObject(values)) throw new Refusal('invalid_json');
      return new CallArguments(values, false);
    }
    if (body !== '' && type !== 'application/x-www-form-urlencoded') throw new Refusal('invalid_post_type');
    const values: JsonObject = {};
    for (const [key, value] of Object.entries(parse(body === '' ? query : body))) {
      values[key] = Array.isArray(value) ? value.at(-1) : value;
    }
    return new CallArguments(values, true);
  }

  /** For the record: nested values read, the token left out. */
  get shown(): JsonObject {
    const { token: _, ...rest } = this.#values;
    for (const key of NESTED) {
      const value = rest[key];
      if (typeof value === 'string') rest[key] = parsedJson(value) ?? value;
    }
    return rest;
  }

  get names(): string[] {
    return Object.keys(this.#values);
  }

  /** Slack ignores an argument it does not know; here that is a mistake to be found. */
  refuseOthers(known: readonly string[]): void {
    const others = this.names.filter((name) => !known.includes(name));
    if (others.length === 0) return;
    throw refusalWhere(
      'invalid_arguments',
      others.map((name) => `unknown argument: ${name}`),
    );
  }

  string(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw mustBe('a string', name);
    return value;
  }

  needed(name: string): string {
    const value = this.string(name);
    if (value === undefined || value === '') {
      throw refusalWhere('invalid_arguments', [`missing required field: ${name}`]);
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'boolean') return value;
    if (this.#form && (value === 'true' || value === '1')) return true;
    if (this.#form && (value === 'false' || value === '0' || value === '')) return false;
    throw mustBe('a boolean', name);
  }

  integer(name: string): number | undefined {
    const value = this.#values[name];
    if (value === undefined || value === null) return undefined;
    const number = this.#form && typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number)) throw mustBe('an integer', name);
    return number;
  }

  /** A nested value. What cannot be read at all is refused with `unreadable`. */
  nested(name: string, unreadable: string): unknown {
    const value = this.#values[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    const parsed = parsedJson(value);
    if (parsed === undefined) throw new Refusal(unreadable);
    return parsed;
  }
}

function mustBe(what: string, name: string): Refusal {
  return refusalWhere('invalid_arguments', [`must provide ${what} [json-pointer:/${name}]`]);
}
