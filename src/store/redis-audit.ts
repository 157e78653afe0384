import type { Redis } from 'ioredis';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { fenced } from '../redis/fence.js';
import type { AuditEntry, AuditLine, AuditQuery } from './audit-entry.js';
import { auditJson, auditLine } from './audit-json.js';
import { KEYS_LUA, storeKey } from './redis-keys.js';

/**
 * `audit(json, key)`: a line at the end of the trail; `''` for none, and for no case. Redis gives the place and the time, so
 * that the lines of all replicas are in one order. That of the case has the same place in a trail of its own.
 */
export const AUDIT_LUA = `
local function audit(json, key)
  if json == '' then return end
  if key == '' then
    redis.call('XADD', at('audit'), '*', 'e', json)
  else
    local id = redis.call('XADD', at('audit'), '*', 'e', json, 'k', key)
    redis.call('XADD', at('audit', key), id, 'c', '')
  end
end
`;

/** ARGV: JSON and case of each line. */
export const APPEND_AUDIT = fenced({
  name: 'storeAppendAudit',
  lua: `${KEYS_LUA}${AUDIT_LUA}
for i = 2, #ARGV, 2 do audit(ARGV[i], ARGV[i + 1]) end
return 1`,
});

export function appendAuditArgs(entries: readonly AuditEntry[]): string[] {
  return entries.flatMap((entry) => [auditJson(entry), entry.key === null ? '' : caseKeyText(entry.key)]);
}

/** Redis does nothing else meanwhile. */
export const FORGOTTEN_LINES_AT_ONCE = 1_000;

/** ARGV: the first moment that is kept. Gives back how many lines went. */
export const FORGET_AUDIT = fenced({
  name: 'storeForgetAudit',
  lua: `${KEYS_LUA}
local old = redis.call('XRANGE', at('audit'), '-', '(' .. ARGV[2] .. '-0', 'COUNT', ${FORGOTTEN_LINES_AT_ONCE})
for _, line in ipairs(old) do
  local key = line[2][4]
  redis.call('XDEL', at('audit'), line[1])
  if key then
    redis.call('XDEL', at('audit', key), line[1])
    if redis.call('XLEN', at('audit', key)) == 0 then redis.call('DEL', at('audit', key)) end
  end
end
return #old`,
});

type Found = [id: string, fields: string[]];

export async function readRedisAudit(redis: Redis, query: AuditQuery): Promise<AuditLine[]> {
  const trail = storeKey('audit');
  const found =
    query.key === undefined ? await range(redis, trail, query) : await ofCase(redis, trail, query.key, query);
  return found.map(([id, [, json = '{}', , key = null]]) =>
    auditLine(id, Number(id.split('-')[0]), key, json),
  );
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

/** What was written before the case had its own key stays under the key that it had then. */
async function ofCase(redis: Redis, trail: string, key: CaseKey, query: AuditQuery): Promise<Found[]> {
  const text = caseKeyText(key);
  const keys = [text, ...(await redis.smembers(storeKey('aliased', text)))];
  const places = await Promise.all(keys.map((each) => range(redis, storeKey('audit', each), query)));
  const ids = places
    .flat()
    .map(([id]) => id)
    .sort(query.order === 'oldest-first' ? inOrder : (a, b) => inOrder(b, a))
    .slice(0, query.limit);
  const lines = await Promise.all(ids.map((id) => redis.xrange(trail, id, id)));
  return lines.flat() as Found[];
}

function inOrder(a: string, b: string): number {
  const [aMs = 0, aNumber = 0] = a.split('-').map(Number);
  const [bMs = 0, bNumber = 0] = b.split('-').map(Number);
  return aMs - bMs || aNumber - bNumber;
}
