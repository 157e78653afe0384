import type { Redis } from 'ioredis';

/** A Lua script: what it does happens in Redis as a whole or not at all, and nothing else happens meanwhile. */
export interface Script {
  /** Unique among all scripts, and no command of Redis. */
  readonly name: string;
  readonly lua: string;
}

/** Runs a script; Redis is sent its text only when it does not know it yet. Numbers come back as integers. */
export function runScript(
  redis: Redis,
  { name, lua }: Script,
  keys: readonly string[],
  args: readonly (string | number)[] = [],
): Promise<unknown> {
  if (!(name in redis)) redis.defineCommand(name, { lua });
  const commands = redis as unknown as Record<string, (...values: (string | number)[]) => Promise<unknown>>;
  const run = commands[name]?.bind(redis);
  if (run === undefined) throw new Error(`the script ${name} is not there`);
  return run(keys.length, ...keys, ...args);
}
