import type { Redis } from 'ioredis';
import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import { fenced } from '../redis/fence.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { auditJson, auditLine } from './audit-json.js';
import type { RedisAccess } from './redis-access.js';
import { KEYS_LUA, storeKey } from './redis-keys.js';
import type { Store } from './store.js';

/**
 * `audit(json, key)`: a line at the end of the trail; `''` for none, and for no case. Redis gives the place and the time, so
 * that the lines of all replicas are in one order. Those of the case and of the person have the same place in trails of
 * their own.
 */
export const AUDIT_LUA = `
local function audit(json, key)
  if json == '' then return end
  local line = cjson.decode(json)
  local id
  if key == '' then
    id = redis.call('XADD', at('audit'), '*', 'e', json)
  else
    id = redis.call('XADD', at('audit'), '*', 'e', json, 'k', key)
    redis.call('XADD', at('audit', key), id, 'c', '')
    for _, name in pairs({ string.match(key, '/(.*)'), line.displayId }) do
      redis.call('SADD', at('audited', name), key)
      redis.call('SADD', at('audit-names', key), name)
    end
  end
  redis.call('XADD', at('audit-by', line.user), id, 'c', '')
end
`;

/** ARGV: JSON and case of each line. */
export const APPEND_AUDIT = fenced({
  name: 'storeAppendAudit',
  lua: `${KEYS_LUA}${AUDIT_LUA}
for i = 2, #ARGV, 2 do audit(ARGV[i], ARGV[i + 1]) end
return 1`,
});

/** Redis does nothing else meanwhile. */
const FORGOTTEN_LINES_AT_ONCE = 1_000;

/** ARGV: the first moment that is kept. Gives back how many lines went. */
const FORGET_AUDIT = fenced({
  name: 'storeForgetAudit',
  lua: `${KEYS_LUA}
local function take(trail, id)
  redis.call('XDEL', trail, id)
  if redis.call('XLEN', trail) > 0 then return false end
  redis.call('DEL', trail)
  return true
end
local old = redis.call('XRANGE', at('audit'), '-', '(' .. ARGV[2] .. '-0', 'COUNT', ${FORGOTTEN_LINES_AT_ONCE})
for _, line in ipairs(old) do
  local key = line[2][4]
  redis.call('XDEL', at('audit'), line[1])
  take(at('audit-by', cjson.decode(line[2][2]).user), line[1])
  if key and take(at('audit', key), line[1]) then
    for _, name in ipairs(redis.call('SMEMBERS', at('audit-names', key))) do
      redis.call('SREM', at('audited', name), key)
    end
    redis.call('DEL', at('audit-names', key))
  end
end
return #old`,
});

const TRAIL = storeKey('audit');

type Found = [id: string, fields: string[]];

export function redisAudit(access: RedisAccess) {
  return {
    async appendAudit(entries) {
      if (entries.length > 0) await access.write(APPEND_AUDIT, ...entries.flatMap(appendArgs));
    },

    readAudit: async (query) => readRedisAudit(access.redis, query),

    /** As they were written. */
    auditedCases: async (name) =>
      (await access.redis.smembers(storeKey('audited', name))).sort().map(parseCaseKey),

    forgetAudit: async (before) => Number(await access.write(FORGET_AUDIT, before)),
  } satisfies Partial<Store>;
}

function appendArgs(entry: AuditEntry): string[] {
  return [auditJson(entry), entry.key === null ? '' : caseKeyText(entry.key)];
}

async function readRedisAudit(redis: Redis, query: AuditQuery): Promise<AuditLine[]> {
  const { keys, user } = query;
  const read =
    keys === undefined
      ? () =>
          user === undefined ? range(redis, TRAIL, query) : of(redis, [storeKey('audit-by', user)], query)
      : () => ofCases(redis, keys, query);
  return (await read()).map(lineOf);
}

function lineOf([id, [, json = '{}', , key]]: Found): AuditLine {
  return auditLine(id, Number(id.split('-')[0]), key ?? null, json);
}

async function range(
  redis: Redis,
  stream: string,
  { order, limit, since, until, after }: AuditQuery,
): Promise<Found[]> {
  const from = since === undefined ? '-' : `${since}-0`;
  const to = until === undefined ? '+' : `(${until}-0`;
  const found =
    order === 'oldest-first'
      ? await redis.xrange(stream, after === undefined ? from : `(${after}`, to, 'COUNT', limit)
      : await redis.xrevrange(stream, after === undefined ? to : `(${after}`, from, 'COUNT', limit);
  return found as Found[];
}

/** What was written before a case had its own key stays under the key that it had then. */
async function ofCases(redis: Redis, keys: readonly CaseKey[], query: AuditQuery): Promise<Found[]> {
  const texts = keys.map(caseKeyText);
  const aliases = await Promise.all(texts.map((text) => redis.smembers(storeKey('aliased', text))));
  const trails = [...texts, ...aliases.flat()].map((text) => storeKey('audit', text));
  const { user, limit } = query;
  if (user === undefined) return of(redis, trails, query);
  // Those of a case are few: read until there are enough of the person.
  const found: Found[] = [];
  let after = query.after;
  for (;;) {
    const page = await of(redis, trails, { ...query, after });
    found.push(...page.filter((each) => lineOf(each).user === user));
    after = page.at(-1)?.[0];
    if (found.length >= limit || page.length < limit) return found.slice(0, limit);
  }
}

/** Lines whose places stand in trails of their own. */
async function of(redis: Redis, trails: readonly string[], query: AuditQuery): Promise<Found[]> {
  const places = await Promise.all(trails.map((each) => range(redis, each, query)));
  const ids = places
    .flat()
    .map(([id]) => id)
    .sort(query.order === 'oldest-first' ? inOrder : (a, b) => inOrder(b, a))
    .slice(0, query.limit);
  const lines = await Promise.all(ids.map((id) => redis.xrange(TRAIL, id, id)));
  return lines.flat() as Found[];
}

function inOrder(a: string, b: string): number {
  const [aMs = 0, aNumber = 0] = a.split('-').map(Number);
  const [bMs = 0, bNumber = 0] = b.split('-').map(Number);
  return aMs - bMs || aNumber - bNumber;
}
