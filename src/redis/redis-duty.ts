import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { DUTY_ASKED_EVERY_MS, type Duty } from '../lease/duty.js';
import { PREFIX } from './keys.js';
import { runScript, type Script } from './script.js';

/** How long after its holder was heard of last a duty is anybody's: three answers may be lost. */
export const DUTY_MS = 4 * DUTY_ASKED_EVERY_MS;

/** KEYS: the duty. ARGV: who asks, for how long. Returns 1 when it is theirs now, else 0. */
const ASK: Script = {
  name: 'dutyAsk',
  lua: `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`,
};

/** KEYS: the duty. ARGV: who leaves it. Nothing happens when somebody else has it. */
const LEAVE: Script = {
  name: 'dutyLeave',
  lua: `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
`,
};

/**
 * A duty that replicas share, kept as `duty:<name>`: who has it, until so long after they asked last. While Redis is
 * away it is nobody's.
 */
export function redisDuty(redis: Redis, name: string, dutyMs = DUTY_MS): Duty {
  const key = `${PREFIX}duty:${name}`;
  const us = randomUUID();
  return {
    isOurs: () =>
      runScript(redis, ASK, [key], [us, dutyMs]).then(
        (answer) => answer === 1,
        () => false,
      ),
    async leave() {
      // When it cannot be said, it ends by itself.
      await runScript(redis, LEAVE, [key], [us]).catch(() => undefined);
    },
  };
}
