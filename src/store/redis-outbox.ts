import { caseKeyText, parseCaseKey } from '../case/case-key.js';
import { fenced } from '../redis/fence.js';
import type { Script } from '../redis/script.js';
import { auditJson } from './audit-json.js';
import { lineOfChange, lineOfNew, type StepAbout } from './audit-step.js';
import type { OutboxMessage } from './outbox-message.js';
import type { RedisAccess } from './redis-access.js';
import { APPEND_AUDIT, AUDIT_LUA } from './redis-audit.js';
import { KEYS_LUA, storeKey } from './redis-keys.js';
import { type Flat, pairsOf } from './redis-records.js';
import type { Store } from './store.js';

/** Field and JSON of each property, so that a script can change some and leave the rest; the case as a text. */
function fieldsOf(message: Partial<OutboxMessage>): string[] {
  const { key: _, ...rest } = message;
  return Object.entries(rest)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => [name, JSON.stringify(value)]);
}

/** Null where there is no hash. */
function messageOf(flat: Flat): OutboxMessage | null {
  if (flat.length === 0) return null;
  const properties = pairsOf(flat).map(([name, value]) => [
    name,
    name === 'key' ? parseCaseKey(value) : JSON.parse(value),
  ]);
  return Object.fromEntries(properties) as OutboxMessage;
}

export function messagesOf(found: readonly Flat[]): OutboxMessage[] {
  return found.map(messageOf).filter((message) => message !== null);
}

/** `track(reference)`: after a message came or changed. The same words as in SQLite's index of unfinished ones. */
const TRACK_LUA = `
local function track(reference)
  local found = redis.call('HMGET', at('message', reference), 'state', 'told')
  local state = found[1]
  local underway = state == '"queued"' or state == '"sending"' or state == '"in-doubt"'
  if underway or found[2] ~= 'true' then
    redis.call('SADD', at('unfinished'), reference)
  else
    redis.call('SREM', at('unfinished'), reference)
  end
  if state == '"asking"' or state == '"choosing"' or state == '"failed"' then
    redis.call('SADD', at('waiting'), reference)
  else
    redis.call('SREM', at('waiting'), reference)
  end
end
`;

/** ARGV: reference, case, JSON of the request, JSON of a line of the audit trail, fields and values. */
const ADD_TO_OUTBOX = fenced({
  name: 'storeAddToOutbox',
  lua: `${KEYS_LUA}${TRACK_LUA}${AUDIT_LUA}
local reference, request = ARGV[2], ARGV[4]
local key = redis.call('HGET', at('aliases'), ARGV[3]) or ARGV[3]
if redis.call('HEXISTS', at('requests'), request) == 1 then return 0 end
local message = at('message', reference)
if redis.call('EXISTS', message) == 1 then
  return redis.error_reply('TAKEN the reference stands for another message')
end
redis.call('HSET', message, 'key', key, unpack(ARGV, 6))
redis.call('HSET', at('requests'), request, reference)
redis.call('SADD', at('outbox', key), reference)
track(reference)
audit(ARGV[5], key)
return 1`,
});

function addToOutboxArgs(message: OutboxMessage): string[] {
  const { reference, key, request } = message;
  return [
    reference,
    caseKeyText(key),
    JSON.stringify(request),
    auditJson(lineOfNew(message)),
    ...fieldsOf(message),
  ];
}

/**
 * ARGV: reference, JSON of the state in which it was read, JSON of a line of the audit trail or `''`, fields and values; of
 * another case, its key as a text.
 */
const CHANGE_OUTBOX = fenced({
  name: 'storeChangeOutbox',
  lua: `${KEYS_LUA}${TRACK_LUA}${AUDIT_LUA}
local message = at('message', ARGV[2])
if redis.call('HGET', message, 'state') ~= ARGV[3] then return 0 end
local before = redis.call('HGET', message, 'key')
if #ARGV > 4 then redis.call('HSET', message, unpack(ARGV, 5)) end
local key = redis.call('HGET', message, 'key')
if key ~= before then
  key = redis.call('HGET', at('aliases'), key) or key
  redis.call('HSET', message, 'key', key)
  redis.call('SREM', at('outbox', before), ARGV[2])
  redis.call('SADD', at('outbox', key), ARGV[2])
end
track(ARGV[2])
audit(ARGV[4], key)
return 1`,
});

function changeOutboxArgs(
  before: OutboxMessage,
  change: Partial<OutboxMessage>,
  about?: StepAbout,
): string[] {
  const { reference, state } = before;
  const line = lineOfChange(before, change, about);
  const key = change.key === undefined ? [] : ['key', caseKeyText(change.key)];
  return [
    reference,
    JSON.stringify(state),
    line === null ? '' : auditJson(line),
    ...key,
    ...fieldsOf(change),
  ];
}

/** ARGV: case. */
const UNFINISHED: Script = {
  name: 'storeUnfinished',
  lua: `${KEYS_LUA}
local messages = {}
for i, reference in ipairs(redis.call('SINTER', at('outbox', ARGV[1]), at('unfinished'))) do
  messages[i] = redis.call('HGETALL', at('message', reference))
end
return messages`,
};

const CASES_WITH_UNFINISHED: Script = {
  name: 'storeCasesWithUnfinished',
  lua: `${KEYS_LUA}
local keys, seen = {}, {}
for _, reference in ipairs(redis.call('SMEMBERS', at('unfinished'))) do
  local key = redis.call('HGET', at('message', reference), 'key')
  if key and not seen[key] then
    seen[key] = true
    keys[#keys + 1] = key
  end
end
return keys`,
};

const WAITING_FOR_CLICK: Script = {
  name: 'storeWaitingForClick',
  lua: `${KEYS_LUA}
local messages = {}
for _, reference in ipairs(redis.call('SMEMBERS', at('waiting'))) do
  local message = at('message', reference)
  local createdAt = tonumber(redis.call('HGET', message, 'createdAt'))
  if createdAt and createdAt < tonumber(ARGV[1]) then messages[#messages + 1] = redis.call('HGETALL', message) end
end
return messages`,
};

/** For all that is kept of messages, as it is sorted everywhere. */
function inOrderOfSending(a: OutboxMessage, b: OutboxMessage): number {
  return a.createdAt - b.createdAt || (a.reference < b.reference ? -1 : 1);
}

export function redisOutbox(access: RedisAccess) {
  const { read, write } = access;

  const getFromOutbox: Store['getFromOutbox'] = async (reference) =>
    messageOf(Object.entries(await access.redis.hgetall(storeKey('message', reference))).flat());

  return {
    getFromOutbox,

    addToOutbox: async (message) => (await write(ADD_TO_OUTBOX, ...addToOutboxArgs(message))) === 1,

    async getRequested(request) {
      const reference = await access.redis.hget(storeKey('requests'), JSON.stringify(request));
      return reference === null ? null : getFromOutbox(reference);
    },

    async changeOutbox(reference, from, change, about) {
      // What is written into the audit trail depends on the state before, so it is changed out of the one in which it was
      // read; where it has moved on meanwhile, out of that.
      for (;;) {
        const before = await getFromOutbox(reference);
        if (before === null || !from.includes(before.state)) {
          // Whoever has lost the case must not take this for an answer.
          await write(APPEND_AUDIT);
          return false;
        }
        if ((await write(CHANGE_OUTBOX, ...changeOutboxArgs(before, change, about))) === 1) return true;
      }
    },

    unfinished: async (key) =>
      messagesOf((await read(UNFINISHED, caseKeyText(key))) as Flat[]).sort(inOrderOfSending),

    casesWithUnfinished: async () => ((await read(CASES_WITH_UNFINISHED)) as string[]).map(parseCaseKey),

    waitingForClick: async (before) =>
      messagesOf((await read(WAITING_FOR_CLICK, before)) as Flat[]).sort(inOrderOfSending),
  } satisfies Partial<Store>;
}
