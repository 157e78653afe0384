import { runScript, type Script } from '../redis/script.js';
import type { RedisAccess } from './redis-access.js';

/**
 * Runs a script that keeps what has come in and marks its cases, or does nothing; not under the lease, because what comes
 * in is nobody's. Says of each whether it is new.
 *
 * @param onMarked see the options of the store.
 */
export async function keepAndMark(
  access: RedisAccess,
  script: Script,
  args: readonly (string | number)[],
  onMarked: () => void,
): Promise<('new' | 'duplicate')[]> {
  const results = (await runScript(access.redis, script, [], args)) as number[];
  if (results.includes(1)) onMarked();
  return results.map((result) => (result === 1 ? 'new' : 'duplicate'));
}
