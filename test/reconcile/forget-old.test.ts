import assert from 'node:assert/strict';
import { forgetOld } from '../../src/reconcile/forget-old.js';

const DAY = 86_400_000;

describe('forgetting what is old', () => {
  /** A store with so many old lines, of which a thousand go at a time. */
  const world = (lines: number, auditDays: number) => {
    let left = lines;
    let note: string | null = null;
    const asked: number[] = [];
    let at = 1_000 * DAY;
    const store = {
      note: async () => note,
      saveNote: async (_: string, value: string | null) => {
        note = value;
      },
      forget: async () => 3,
      forgetCalls: async () => undefined,
      forgetAudit: async (before: number) => {
        asked.push(before);
        const gone = Math.min(left, 1_000);
        left -= gone;
        return gone;
      },
    };
    return {
      forget: () => forgetOld({ store, auditDays, now: () => at }),
      left: () => left,
      asked,
      later(ms: number) {
        at += ms;
      },
    };
  };

  it('removes lines of the audit trail that are older than they are kept, once a day', async () => {
    const { forget, left, asked, later } = world(2_500, 30);
    assert.equal(await forget(), 3);
    assert.equal(left(), 0);
    assert.deepEqual([...new Set(asked)], [970 * DAY]);
    const { length } = asked;
    later(DAY - 1);
    assert.equal(await forget(), 0);
    assert.equal(asked.length, length);
    later(1);
    await forget();
    assert.ok(asked.length > length);
  });

  it('takes ten thousand at most in one go, and goes on at the next sweep', async () => {
    const { forget, left } = world(12_000, 30);
    await forget();
    assert.equal(left(), 2_000);
    await forget();
    assert.equal(left(), 0);
    assert.equal(await forget(), 0);
  });

  it('removes none where they are kept for ever', async () => {
    const { forget, left } = world(5, 0);
    await forget();
    assert.equal(left(), 5);
  });
});
