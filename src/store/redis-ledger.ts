import { caseKeyText } from '../case/case-key.js';
import { CARD, type LedgerEntry } from '../case/ledger-entry.js';
import { fenced } from '../redis/fence.js';
import type { RedisAccess } from './redis-access.js';
import { INDEX_LUA } from './redis-index.js';
import { KEYS_LUA } from './redis-keys.js';
import type { Store } from './store.js';

function ledgerField(entry: string, part: number): string {
  return `${part} ${entry}`;
}

export function ledgerEntryOf(field: string, value: string): LedgerEntry {
  const space = field.indexOf(' ');
  const [parts, at, intendedAt, ts, shownBy] = value.split(' ');
  return {
    entry: field.slice(space + 1),
    part: Number(field.slice(0, space)),
    parts: Number(parts),
    at: Number(at),
    intendedAt: Number(intendedAt),
    ts: ts === undefined || ts === '' ? null : ts,
    ...(shownBy === undefined ? {} : { shownBy }),
  };
}

/** ARGV: case, field, value. */
const INTEND = fenced({
  name: 'storeIntend',
  lua: `${KEYS_LUA}
return redis.call('HSETNX', at('ledger', ARGV[2]), ARGV[3], ARGV[4])`,
});

/** ARGV: case, field. */
const RETRACT = fenced({
  name: 'storeRetract',
  lua: `${KEYS_LUA}
local ledger = at('ledger', ARGV[2])
local value = redis.call('HGET', ledger, ARGV[3])
if value and string.sub(value, -1) == ' ' then return redis.call('HDEL', ledger, ARGV[3]) end
return 0`,
});

/** ARGV: case, field, ts, with what is shown behind it. */
const CONFIRM = fenced({
  name: 'storeConfirm',
  lua: `${KEYS_LUA}
local ledger = at('ledger', ARGV[2])
local value = redis.call('HGET', ledger, ARGV[3])
if not value then return 0 end
redis.call('HSET', ledger, ARGV[3], string.match(value, '^%S+ %S+ %S+ ') .. ARGV[4])
return 1`,
});

/** `fieldsOf(ledger, entry)`: those of all parts of an entry. */
const FIELDS_LUA = `
local function fieldsOf(ledger, entry)
  local fields = {}
  for _, field in ipairs(redis.call('HKEYS', ledger)) do
    if string.sub(field, string.find(field, ' ', 1, true) + 1) == entry then fields[#fields + 1] = field end
  end
  return fields
end
`;

/** ARGV: case, entry, at; then what is shown, if anything. */
const AMEND = fenced({
  name: 'storeAmend',
  lua: `${KEYS_LUA}${FIELDS_LUA}
local ledger = at('ledger', ARGV[2])
for _, field in ipairs(fieldsOf(ledger, ARGV[3])) do
  local parts, intended, ts = string.match(redis.call('HGET', ledger, field), '^(%S+) %S+ (%S+) (%S*)')
  -- Behind an intent stands nothing: it shows nothing yet.
  local shown = ARGV[5] and ts ~= '' and ' ' .. ARGV[5] or ''
  redis.call('HSET', ledger, field, parts .. ' ' .. ARGV[4] .. ' ' .. intended .. ' ' .. ts .. shown)
end
return 1`,
});

/** ARGV: case. */
const LEAVE_THREAD = fenced({
  name: 'storeLeaveThread',
  lua: `${KEYS_LUA}${INDEX_LUA}${FIELDS_LUA}
local case, ledger = at('case', ARGV[2]), at('ledger', ARGV[2])
for _, field in ipairs(fieldsOf(ledger, '${CARD}')) do redis.call('HDEL', ledger, field) end
local left = redis.call('HGET', case, 'threadTs')
if not left then return 0 end
unindex(ARGV[2])
redis.call('HSET', case, 'formerTs', left)
redis.call('HDEL', case, 'threadTs', 'shown')
index(ARGV[2])
return 1`,
});

export function redisLedger({ write }: RedisAccess) {
  return {
    async intend(key, { entry, part, parts, at, intendedAt }) {
      await write(INTEND, caseKeyText(key), ledgerField(entry, part), `${parts} ${at} ${intendedAt} `);
    },

    async retract(key, entry, part) {
      await write(RETRACT, caseKeyText(key), ledgerField(entry, part));
    },

    async confirm(key, entry, part, ts, shownBy) {
      const shown = shownBy === undefined ? ts : `${ts} ${shownBy}`;
      await write(CONFIRM, caseKeyText(key), ledgerField(entry, part), shown);
    },

    async amend(key, entry, at, shownBy) {
      await write(AMEND, caseKeyText(key), entry, at, ...(shownBy === undefined ? [] : [shownBy]));
    },

    async leaveThread(key) {
      await write(LEAVE_THREAD, caseKeyText(key));
    },
  } satisfies Partial<Store>;
}
