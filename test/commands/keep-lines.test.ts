import assert from 'node:assert/strict';
import { keepLines, LINE_PATIENCE } from '../../src/commands/keep-lines.js';
import type { AuditEntry } from '../../src/store/audit-entry.js';
import { createLog } from '../../src/telemetry/log.js';
import { entry } from '../contract/store/audit.js';
import { until } from '../until.js';

const QUICK = { ...LINE_PATIENCE, pauseMs: 1, longestMs: 4 };

describe('lines of the audit trail that the store does not take', () => {
  const taken: AuditEntry[] = [];
  const logged: Record<string, unknown>[] = [];
  const log = createLog('debug', (line) => logged.push(JSON.parse(line) as Record<string, unknown>));
  let isDown = true;
  let tries = 0;
  const store = {
    async appendAudit(entries: readonly AuditEntry[]) {
      tries += 1;
      if (isDown) throw new Error('disk full');
      taken.push(...entries);
    },
  };
  beforeEach(() => {
    taken.length = 0;
    logged.length = 0;
    isDown = true;
    tries = 0;
  });

  it('are written when it takes them again, and nobody has to ask', async () => {
    const lines = keepLines({ store, log }, QUICK);
    const kept = lines.keep(entry({ result: 'refused' }));
    await until(() => tries > 3, 'several tries');
    isDown = false;
    await kept;
    assert.deepEqual(taken, [entry({ result: 'refused' })]);
    assert.deepEqual(logged, []);
  });

  it('are tried once more at the end, and named in the log where that does not help', async () => {
    const lines = keepLines({ store, log }, { ...LINE_PATIENCE, pauseMs: 60_000 });
    const kept = lines.keep(entry({ deed: 'doctor' }));
    const [stopped, ended] = [lines.stop(), kept];
    await Promise.all([stopped, ended]);
    assert.equal(tries, 2);
    assert.deepEqual(
      logged.map(({ event, user, deed }) => [event, user, deed]),
      [['a line is missing in the audit trail', 'U0ALICE0001', 'doctor']],
    );
    // Stopped while the store is well: nothing is missing.
    const again = keepLines({ store, log }, { ...LINE_PATIENCE, pauseMs: 60_000 });
    const late = again.keep(entry());
    await until(() => tries === 3, 'the first try');
    isDown = false;
    await Promise.all([again.stop(), late]);
    assert.equal(taken.length, 1);
  });

  it('are given up after a while, and not more of them wait than there is room for', async () => {
    const lines = keepLines({ store, log }, { ...QUICK, forMs: 20, most: 2 });
    await Promise.all(['1', '2', '3', '4'].map((deed) => lines.keep(entry({ deed }))));
    assert.deepEqual(logged.map(({ deed }) => deed).sort(), ['1', '2', '3', '4']);
    assert.ok(tries > 4);
  });
});
