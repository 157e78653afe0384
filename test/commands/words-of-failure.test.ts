import assert from 'node:assert/strict';
import type { CommandDeps } from '../../src/commands/command-deps.js';
import { wordsOfFailure } from '../../src/commands/words-of-failure.js';

describe('what a person reads whose command failed', () => {
  const words = (check: () => Promise<void>) =>
    wordsOfFailure({ store: { check } as unknown as CommandDeps['store'] });

  it('speaks of the store where that is away', async () => {
    const away =
      'Casethread cannot reach its store at the moment, so nothing was done. Try again in a minute.';
    assert.equal(await words(() => Promise.reject(new Error('ECONNREFUSED'))), away);
    assert.equal(await words(() => new Promise(() => undefined)), away);
  });

  it('speaks of a mistake, and of the log, where the database is well', async () => {
    assert.match(await words(() => Promise.resolve()), /^Something went wrong in Casethread.*its log\.$/);
  });
});
