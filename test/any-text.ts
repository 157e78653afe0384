import fc from 'fast-check';

/** Where a lone half of a character would be. */
const HALVES = { first: 0xd800, count: 0x800 };

/** Nothing, and what JavaScript knows by itself: a careless lookup finds more under it than was put in. */
const KNOWN_NAMES = [
  '',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'valueOf',
  'then',
  'length',
];

/**
 * Texts of any characters at all. `fc.string({ unit: 'binary' })` gives the same, and first makes a table of a million
 * characters: a second of work, and a hundred megabytes for the rest of the process.
 */
export function anyText(lengths: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
  const character = fc
    .nat({ max: 0x10ffff - HALVES.count })
    .map((point) => String.fromCodePoint(point < HALVES.first ? point : point + HALVES.count));
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = lengths;
  const names = KNOWN_NAMES.filter(({ length }) => length >= minLength && length <= maxLength);
  return fc.oneof(
    { weight: 19, arbitrary: fc.array(character, lengths).map((characters) => characters.join('')) },
    { weight: 1, arbitrary: fc.constantFrom(...names) },
  );
}
