import { PREFIX } from '../redis/keys.js';

/**
 * What the store keeps in Redis, each under this and a name. `<case>` is a case key as one text.
 *
 * - `case:<case>`, a hash: the record, but for its key; what is null has no field;
 * - `facts:<case>`, a hash: JSON of each fact, but for its key, by its id;
 * - `ledger:<case>`, a hash: `<part> <entry>` → `<parts> <at> <intendedAt> <ts>`, the last empty while it is an intent, and behind a
 *   blank what it shows that only CloudTrail tells, if anything;
 * - `outbox:<case>`, a set of references; `message:<reference>`, a hash: JSON of each property of a message, but for
 *   `key`, which is a text;
 * - `people:<case>`, a hash: `owner` → JSON of the person, `user <id>` → `follows` or `muted`;
 * - `requests`, a hash: JSON of the request of a message → its reference;
 * - `unfinished`, a set of the references of messages that are not at their end, or not told;
 * - `waiting`, a set of the references of messages that wait for a click;
 * - `all`, `open`, `resolved`, sorted sets of cases, newest activity first;
 * - `words:<case>`, a text: see words-text;
 * - `display:<display id>`, `caseid:<case id>`, sorted sets of cases, the latter of aliases also;
 * - `threads`, a hash: `<channel> <ts>` → case;
 * - `aliases`, a hash: alias → case; `aliased:<case>`, a set of the aliases of a case;
 * - `call`, a hash: JSON of each call by its id; `calls`, a sorted set of these ids by their place; `places`, a hash: `calls` →
 *   the last place; `called:<account>`, a sorted set of those of AWS Support, by the time of the call;
 * - `calls:<case>`, a hash: JSON of each call that did something to it, by its id;
 * - `begun:<request>`, what is done once; `notes`, a hash; `check`, for trying whether Redis takes writes;
 * - `audit`, a stream: JSON of each line of the audit trail, and its case; `audit:<case>`, a stream with the places of the
 *   lines of a case, `audit-by:<user>`, the same of a person; `audited:<number or case id>`, a set of the cases that lines name
 *   so, and `audit-names:<case>`, a set of these names;
 * - `life`, a hash, and `doubts`, a list: see redis-doubts.
 */
const BASE = `${PREFIX}store:`;

export function storeKey(name: string, of?: string): string {
  return BASE + (of === undefined ? name : `${name}:${of}`);
}

/** The same for scripts: `at(name)`, `at(name, of)`. */
export const KEYS_LUA = `
local function at(name, of)
  if of then return '${BASE}' .. name .. ':' .. of end
  return '${BASE}' .. name
end
`;
