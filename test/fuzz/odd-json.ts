/** JSON that is legal and means trouble: what stands in it, at every place of what should stand there. */

/** As texts: some of them no JavaScript value could be written as. */
export const ODD: readonly string[] = [
  'null',
  'true',
  'false',
  '0',
  '-0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  `1${'0'.repeat(1_000)}`,
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\u202e\\u200b"',
  '"1e400"',
  '"__proto__"',
  '"constructor"',
  '"hasOwnProperty"',
  '"<!channel>"',
  '"../../etc/passwd"',
  `"${'x'.repeat(20_000)}"`,
  '[]',
  '[null]',
  '[[]]',
  '{}',
  '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
  '{"toString":1,"valueOf":null,"length":-1,"then":1,"id":{}}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
];

/** Keys that JavaScript uses itself, as another member of an object. */
const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'then', 'length'];

export interface Variant {
  /** For the message of a test that fails: which field became what. */
  readonly what: string;
  readonly json: string;
}

type Path = readonly (string | number)[];

/** A value with each of its fields replaced by each odd value, left out, given twice; and with members it never had. */
export function variants(value: unknown): Variant[] {
  return pathsOf(value).flatMap((path) => [
    ...ODD.map((odd) => variant(path, odd, () => withOdd(value, path, odd))),
    variant(path, 'left out', () => without(value, path)),
    // The first, and then the last, is the odd one.
    ...['null', '{}', '[1]'].flatMap((odd) => [
      variant(path, `${odd} and then itself`, () => twice(value, path, odd, 'first')),
      variant(path, `itself and then ${odd}`, () => twice(value, path, odd, 'last')),
    ]),
    ...(isObject(at(value, path))
      ? PROTOTYPE_KEYS.map((key) =>
          variant([...path, key], 'added', () => added(value, path, `${JSON.stringify(key)}:{"polluted":1}`)),
        )
      : []),
  ]);
}

function variant(path: Path, what: string, json: () => string): Variant {
  return { what: `${path.join('.') || 'it'}: ${what.slice(0, 60)}`, json: json() };
}

/** Every place in it, itself first. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))];
}

/** A text that stands in no fixture. */
const HERE = '@@here@@';

function withOdd(value: unknown, path: Path, odd: string): string {
  return JSON.stringify(replaced(value, path, HERE)).replace(`"${HERE}"`, () => odd);
}

function without(value: unknown, path: Path): string {
  return JSON.stringify(replaced(value, path, undefined)) ?? '';
}

function twice(value: unknown, path: Path, odd: string, place: 'first' | 'last'): string {
  const key = path.at(-1);
  if (typeof key !== 'string' || Array.isArray(at(value, path.slice(0, -1))))
    return withOdd(value, path, odd);
  const itself = JSON.stringify(at(value, path));
  const [first, second] = place === 'first' ? [odd, itself] : [itself, odd];
  return withOdd(value, path, `${first},${JSON.stringify(key)}:${second}`);
}

function added(value: unknown, path: Path, member: string): string {
  const object = JSON.stringify(at(value, path));
  return withOdd(value, path, object === '{}' ? `{${member}}` : `{${member},${object.slice(1)}`);
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((within, key) => (within as Record<string | number, unknown>)[key], value);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
