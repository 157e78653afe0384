import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { chaos } from './chaos.js';
import type { Settings } from './plan.js';

export const SHORT = { seconds: 6, latestShowMs: 1_000, hurried: true };

/** A short run of `npm run chaos`; on failure, the message says what to run, and the logs are kept. */
export async function keepsEveryPromise(settings: Settings): Promise<void> {
  const { differences, figures, folder, picture } = await chaos({ settings, quietMs: 75_000 });
  const { seed, replicas } = settings;
  const more = `\nplan of seed ${seed}, ${replicas} replicas; logs: ${folder}\n${figures.table()}\n${picture}`;
  assert.deepEqual(differences, [], differences.join('\n') + more);
  assert.ok(figures.get('cases') >= 2 && figures.get('messages by the bot') >= 4, more);
  rmSync(folder, { recursive: true, force: true });
}
