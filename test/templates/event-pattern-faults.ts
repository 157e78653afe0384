/** Event patterns that templates write, whichever language they are written in. */

type Values = Readonly<Record<string, unknown>>;

/** EventBridge's quota. */
const LONGEST = 2_048;
const OF_EVENT = [
  'source',
  'detail-type',
  'detail',
  'account',
  'region',
  'resources',
  'id',
  'time',
  'version',
];

/** Why EventBridge would refuse an event pattern, in sentences; none: it would take it, as far as these checks know. */
export function eventPatternFaults(at: string, pattern: unknown): string[] {
  const text = JSON.stringify(pattern) ?? '';
  if (text.length > LONGEST) return [`${at} has more than ${LONGEST} characters`];
  if (!isValues(pattern)) return [`${at} is no map`];
  return [
    ...Object.keys(pattern)
      .filter((field) => !OF_EVENT.includes(field))
      .map((field) => `${at}: no event has ${field}`),
    ...mapFaults(at, pattern),
  ];
}

function mapFaults(at: string, pattern: Values): string[] {
  const fields = Object.entries(pattern);
  // `"detail": {}` is refused, and so is an empty list.
  if (fields.length === 0) return [`${at} is empty`];
  return fields.flatMap(([field, value]) => {
    const here = `${at}.${field}`;
    if (field === '$or') return alternativeFaults(here, value);
    if (isValues(value)) return mapFaults(here, value);
    if (!Array.isArray(value)) return [`${here} is no list`];
    if (value.length === 0) return [`${here} is empty`];
    return value.flatMap((each) => (isValues(each) ? filterFaults(here, each) : scalarFaults(here, each)));
  });
}

/** EventBridge takes one that is not of this shape for a field like any other, which no event has. */
function alternativeFaults(at: string, value: unknown): string[] {
  if (!Array.isArray(value) || value.length < 2) return [`${at} is no list of two or more`];
  return value.flatMap((each, index) => {
    const here = `${at}[${index}]`;
    if (!isValues(each)) return [`${here} is no map`];
    const filters = Object.keys(each).filter((name) => FILTERS.includes(name));
    return [
      ...filters.map((name) => `${here} has the filter ${name} in place of a field`),
      ...mapFaults(here, each),
    ];
  });
}

/** Those that the templates use. */
const FILTERS = ['anything-but', 'exists'];

function filterFaults(at: string, filter: Values): string[] {
  const [[name, value] = ['', null], ...others] = Object.entries(filter);
  if (others.length > 0) return [`${at} has two filters in one`];
  if (!FILTERS.includes(name)) return [`${at} has the filter ${name}, which these checks do not know`];
  if (name === 'exists') return typeof value === 'boolean' ? [] : [`${at}.${name} is neither true nor false`];
  const values = [value].flat();
  if (values.length === 0) return [`${at}.${name} is empty`];
  const twice = values.filter((each, index) => values.indexOf(each) < index);
  return [
    ...values.flatMap((each) => scalarFaults(`${at}.${name}`, each)),
    ...twice.map((each) => `${at}.${name} has ${String(each)} twice`),
  ];
}

function scalarFaults(at: string, value: unknown): string[] {
  return typeof value === 'string' ? [] : [`${at} is no text: ${JSON.stringify(value)}`];
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
