import { caseKeyText } from '../case/case-key.js';
import type { CasePeople, Person } from '../case/people.js';
import { fenced } from '../redis/fence.js';
import type { Script } from '../redis/script.js';
import type { AuditEntry } from './audit-entry.js';
import { auditJson } from './audit-json.js';
import type { RedisAccess } from './redis-access.js';
import { AUDIT_LUA } from './redis-audit.js';
import { KEYS_LUA } from './redis-keys.js';
import { type Flat, pairsOf } from './redis-records.js';
import type { Store } from './store.js';

/** Of the owner; people have `user <id>`. */
const OWNER = 'owner';
const USER = 'user ';

export function peopleOf(flat: Flat): CasePeople {
  const fields = pairsOf(flat);
  const users = (how: string) =>
    fields
      .filter(([field, value]) => field.startsWith(USER) && value === how)
      .map(([field]) => field.slice(USER.length))
      .sort();
  return {
    owner: personOf(new Map(fields).get(OWNER)),
    followers: users('follows'),
    muted: users('muted'),
  };
}

function personOf(json: string | null | undefined): Person | null {
  return JSON.parse(json ?? 'null') as Person | null;
}

/** The case of which is spoken: that which the alias means, where it is one. */
const CASE_LUA = `
local case = redis.call('HGET', at('aliases'), ARGV[2]) or ARGV[2]
local people = at('people', case)
`;

/**
 * ARGV: case, JSON of a line of the audit trail or `''`, and JSON of the person, or nothing for nobody. Gives back who had it
 * before.
 */
const SET_OWNER = fenced({
  name: 'storeSetOwner',
  lua: `${KEYS_LUA}${AUDIT_LUA}${CASE_LUA}
local before = redis.call('HGET', people, '${OWNER}')
if ARGV[4] then redis.call('HSET', people, '${OWNER}', ARGV[4]) else redis.call('HDEL', people, '${OWNER}') end
local function user(json) return json and cjson.decode(json).user end
if user(before) ~= user(ARGV[4]) then audit(ARGV[3], case) end
return before`,
});

/** ARGV: case, user, JSON of a line of the audit trail or `''`. */
const GIVE_BACK = fenced({
  name: 'storeGiveBack',
  lua: `${KEYS_LUA}${AUDIT_LUA}${CASE_LUA}
local owner = redis.call('HGET', people, '${OWNER}')
if not owner or cjson.decode(owner).user ~= ARGV[3] then return 0 end
audit(ARGV[4], case)
return redis.call('HDEL', people, '${OWNER}')`,
});

/** ARGV: case, the person's field, JSON of a line of the audit trail or `''`, and how they follow it, or nothing. */
const FOLLOW = fenced({
  name: 'storeFollow',
  lua: `${KEYS_LUA}${AUDIT_LUA}${CASE_LUA}
if redis.call('HGET', people, ARGV[3]) ~= (ARGV[5] or false) then audit(ARGV[4], case) end
if ARGV[5] then return redis.call('HSET', people, ARGV[3], ARGV[5]) end
return redis.call('HDEL', people, ARGV[3])`,
});

/** ARGV: cases. */
const OWNERS: Script = {
  name: 'storeOwners',
  lua: `${KEYS_LUA}
local owners = {}
for i, case in ipairs(ARGV) do owners[i] = redis.call('HGET', at('people', case), '${OWNER}') end
return owners`,
};

export function redisPeople({ read, write }: RedisAccess) {
  return {
    async setOwner(key, owner, line) {
      const args = [jsonOf(line), ...(owner === null ? [] : [JSON.stringify(owner)])];
      return personOf((await write(SET_OWNER, caseKeyText(key), ...args)) as string | null);
    },

    giveBack: async (key, user, line) => (await write(GIVE_BACK, caseKeyText(key), user, jsonOf(line))) === 1,

    async follow(key, user, how, line) {
      const args = [USER + user, jsonOf(line), ...(how === null ? [] : [how])];
      await write(FOLLOW, caseKeyText(key), ...args);
    },

    async ownersOf(keys) {
      const found = (await read(OWNERS, ...keys.map(caseKeyText))) as (string | null)[];
      return found.map(personOf);
    },
  } satisfies Partial<Store>;
}

function jsonOf(line: AuditEntry | undefined): string {
  return line === undefined ? '' : auditJson(line);
}
