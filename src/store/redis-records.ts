import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';
import { fenced } from '../redis/fence.js';
import type { Script } from '../redis/script.js';
import { INDEX_LUA } from './redis-index.js';
import { KEYS_LUA } from './redis-keys.js';
import type { CaseRecord } from './store.js';

/** A hash as scripts give it back: field, value, field, value … */
export type Flat = readonly string[];

export function pairsOf(flat: Flat): [field: string, value: string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [
    flat[index * 2] ?? '',
    flat[index * 2 + 1] ?? '',
  ]);
}

/** Null where there is no hash. */
export function caseRecordOf(key: CaseKey, flat: Flat): CaseRecord | null {
  if (flat.length === 0) return null;
  const fields = new Map(pairsOf(flat));
  const text = (name: keyof CaseRecord) => fields.get(name) ?? null;
  const number = (name: keyof CaseRecord) => (fields.has(name) ? Number(fields.get(name)) : null);
  const card = (name: keyof CaseRecord) => JSON.parse(fields.get(name) ?? 'null') as Card | null;
  return {
    key,
    displayId: text('displayId') ?? '',
    channel: text('channel'),
    threadTs: text('threadTs'),
    card: card('card'),
    shown: card('shown'),
    digest: text('digest'),
    resolved: text('resolved') === '1',
    activityAt: number('activityAt') ?? 0,
    walkedAt: number('walkedAt'),
    recoveredAt: number('recoveredAt'),
    formerTs: text('formerTs'),
  };
}

/** What {@link CASES_LUA} gives back. */
export type FoundCase = readonly [key: string, record: Flat];

export function foundCases(found: readonly FoundCase[]): CaseRecord[] {
  return found
    .map(([text, flat]) => caseRecordOf(parseCaseKey(text), flat))
    .filter((record) => record !== null);
}

/** The arguments of {@link SAVE_CASE}: case, then field and value of all that is not null. */
export function saveCaseArgs({ key, card, resolved, ...rest }: Omit<CaseRecord, 'shown'>): string[] {
  const { displayId, channel, threadTs, digest, activityAt, walkedAt, recoveredAt, formerTs } = rest;
  const fields = {
    displayId,
    channel,
    threadTs,
    card: card === null ? null : JSON.stringify(card),
    digest,
    resolved: resolved ? 1 : 0,
    activityAt,
    walkedAt,
    recoveredAt,
    formerTs,
  };
  const kept = Object.entries(fields).filter(([, value]) => value !== null);
  return [caseKeyText(key), ...kept.flat().map(String)];
}

export const SAVE_CASE = fenced({
  name: 'storeSaveCase',
  lua: `${KEYS_LUA}${INDEX_LUA}
local case = at('case', ARGV[2])
unindex(ARGV[2])
redis.call('HDEL', case, 'channel', 'threadTs', 'card', 'digest', 'walkedAt', 'recoveredAt', 'formerTs')
redis.call('HSET', case, unpack(ARGV, 3))
index(ARGV[2])
return 1`,
});

/** ARGV: case, JSON of the card. */
export const SAVE_SHOWN = fenced({
  name: 'storeSaveShown',
  lua: `${KEYS_LUA}
local case = at('case', ARGV[2])
if redis.call('EXISTS', case) == 1 then redis.call('HSET', case, 'shown', ARGV[3]) end
return 1`,
});

/** `cases(keys)`: each key with its record. */
const CASES_LUA = `
local function cases(keys)
  local found = {}
  for i, key in ipairs(keys) do found[i] = { key, redis.call('HGETALL', at('case', key)) } end
  return found
end
`;

/** ARGV: display id. */
export const BY_DISPLAY_ID: Script = {
  name: 'storeByDisplayId',
  lua: `${KEYS_LUA}${CASES_LUA}
return cases(redis.call('ZRANGE', at('display', ARGV[1]), 0, -1))`,
};

/** ARGV: case id, of a case or of an alias. In no order: how Lua sorts texts depends on the machine. */
export const BY_CASE_ID: Script = {
  name: 'storeByCaseId',
  lua: `${KEYS_LUA}${CASES_LUA}
local keys, seen = {}, {}
local function add(key)
  if key and not seen[key] then keys[#keys + 1] = key end
  if key then seen[key] = true end
end
for _, named in ipairs(redis.call('ZRANGE', at('caseid', ARGV[1]), 0, -1)) do
  add(named)
  add(redis.call('HGET', at('aliases'), named))
end
return cases(keys)`,
};

/** ARGV: channel and ts. */
export const BY_THREAD: Script = {
  name: 'storeByThread',
  lua: `${KEYS_LUA}${CASES_LUA}
local key = redis.call('HGET', at('threads'), ARGV[1])
return cases({ key or nil })`,
};

/** ARGV: state, offset, limit. */
export const LIST: Script = {
  name: 'storeList',
  lua: `${KEYS_LUA}${CASES_LUA}
local keys = redis.call('ZRANGE', at(ARGV[1]), '-inf', '+inf', 'BYSCORE', 'LIMIT', ARGV[2], ARGV[3])
return { redis.call('ZCARD', at(ARGV[1])), cases(keys) }`,
};

/** ARGV: the score of the oldest activity that counts for resolved cases. */
export const TO_SWEEP: Script = {
  name: 'storeToSweep',
  lua: `${KEYS_LUA}
local found = {}
local function add(keys, resolved)
  for _, key in ipairs(keys) do
    local fields = redis.call('HMGET', at('case', key), 'digest', 'walkedAt')
    found[#found + 1] = { key, resolved, fields[1], fields[2] }
  end
end
add(redis.call('ZRANGE', at('open'), 0, -1), 0)
add(redis.call('ZRANGE', at('resolved'), '-inf', ARGV[1], 'BYSCORE'), 1)
return found`,
};

/** ARGV: case. All that is kept of it, as it is at one moment. */
export const CASE_FILE: Script = {
  name: 'storeCaseFile',
  lua: `${KEYS_LUA}
local messages = {}
for i, reference in ipairs(redis.call('SMEMBERS', at('outbox', ARGV[1]))) do
  messages[i] = redis.call('HGETALL', at('message', reference))
end
return {
  redis.call('HGETALL', at('case', ARGV[1])),
  redis.call('HVALS', at('facts', ARGV[1])),
  redis.call('HGETALL', at('ledger', ARGV[1])),
  messages,
  redis.call('HGETALL', at('people', ARGV[1])),
  redis.call('HVALS', at('calls', ARGV[1])),
}`,
};
