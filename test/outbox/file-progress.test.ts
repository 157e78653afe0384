import assert from 'node:assert/strict';
import { type FileProgress, Progress } from '../../src/outbox/file-progress.js';

describe('the progress of files', () => {
  let now: number;
  let told: { readonly at: number; readonly done: number }[];
  beforeEach(() => {
    now = 0;
    told = [];
  });
  const progress = (tell: (at: FileProgress) => Promise<void>) =>
    new Progress({ total: 600_000, afterMs: 3_000, everyMs: 10_000, now: () => now, tell });

  it('is not told of what is done in a moment, and at most six times of what takes long', async () => {
    const about = progress(async ({ done }) => {
      told.push({ at: now, done });
    });
    for (; now < 600_000; now += 500) {
      about.at('db.gz', now);
      await about.settled();
    }
    assert.deepEqual(
      told.map(({ at }) => at / 1_000),
      [3, 13, 23, 43, 83, 163],
    );
    assert.equal(told[1]?.done, 13_000);
  });

  it('does not wait for whoever cannot be told, and does not tell in the meantime', async () => {
    let fail: (error: Error) => void = () => undefined;
    const about = progress(() => {
      told.push({ at: now, done: 0 });
      return new Promise((_, reject) => {
        fail = reject;
      });
    });
    now = 5_000;
    about.at('db.gz', 1);
    now = 50_000;
    about.at('db.gz', 2);
    assert.equal(told.length, 1);
    fail(new Error('Slack is away'));
    await about.settled();
    about.at('db.gz', 3);
    assert.equal(told.length, 2);
  });
});
