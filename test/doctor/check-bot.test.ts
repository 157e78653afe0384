import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTime } from '../../src/doctor/check.js';
import { type Clock, checkClock } from '../../src/doctor/check-clock.js';
import { checkNode } from '../../src/doctor/check-node.js';
import { checkSecretFiles } from '../../src/doctor/check-secret-files.js';
import { temporaryFolder } from '../temporary-folder.js';

describe('the doctor on Node.js', () => {
  for (const [version, state] of [
    ['18.20.4', 'fail'],
    ['20.18.3', 'fail'],
    ['20.19.0', 'warn'],
    ['22.1.0', 'ok'],
    ['24.0.0', 'ok'],
  ] as const) {
    it(`finds ${version}: ${state}`, () => {
      const [finding] = checkNode(version);
      assert.equal(finding?.state, state);
      assert.equal(finding?.remedy === null, state === 'ok');
    });
  }
});

describe('the doctor on files with secrets', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('warns of one that others may read, and not of others', async () => {
    const open = join(folder.path, 'open');
    const closed = join(folder.path, 'closed');
    for (const file of [open, closed]) writeFileSync(file, 'KEY=x');
    chmodSync(open, 0o640);
    chmodSync(closed, 0o600);
    const findings = await checkSecretFiles([open, closed, join(folder.path, 'none')], 'linux');
    assert.deepEqual(
      findings.map(({ check, state, remedy }) => [check, state, remedy]),
      [
        [open, 'warn', `chmod 600 ${open}`],
        [closed, 'ok', null],
      ],
    );
    assert.deepEqual(await checkSecretFiles([open], 'win32'), []);
  });
});

describe('the doctor on the clock', () => {
  const NOW = Date.parse('2026-11-20T12:00:00Z');
  const clock = (whose: string, aheadMs: number): Clock => ({ whose, ask: async () => NOW + aheadMs - 500 });
  const look = async (...clocks: Clock[]) => {
    const [finding, ...more] = await checkClock(clocks, () => NOW);
    assert.deepEqual(more, []);
    return finding;
  };

  it('is content with less than a minute', async () => {
    const finding = await look(clock('Slack', 40_000), clock('AWS', -10_000));
    assert.equal(finding?.state, 'ok');
    assert.match(finding?.says ?? '', /Slack and AWS/);
  });

  it('warns of more, and says by whose clock and which way', async () => {
    const finding = await look(clock('Slack', -5_000), clock('AWS', -90_000));
    assert.equal(finding?.state, 'warn');
    assert.match(finding?.says ?? '', /90 seconds fast, by that of AWS\./);
    assert.match(finding?.remedy ?? '', /NTP/);
  });

  it('fails where signatures are about to be refused', async () => {
    const finding = await look(clock('Slack', 241_000));
    assert.equal(finding?.state, 'fail');
    assert.match(finding?.says ?? '', /241 seconds slow, by that of Slack\..* are refused/);
  });

  it('says in words by how much', async () => {
    assert.match((await look(clock('Slack', -34_560_000_000)))?.says ?? '', /clock is 400 days fast/);
    assert.match((await look(clock('Slack', 7_200_000)))?.says ?? '', /clock is 2 hours slow/);
    assert.match((await look(clock('Slack', 900_000)))?.says ?? '', /clock is 15 minutes slow/);
  });

  it('passes over who does not answer, and says so when nobody does', async () => {
    const silent: Clock = { whose: 'AWS', ask: () => Promise.reject(new Error('away')) };
    assert.equal((await look(clock('Slack', 0), silent))?.state, 'ok');
    assert.equal((await look(silent))?.state, 'warn');
  });
});

describe('a check', () => {
  it('that does not end is given up, and says so', async () => {
    const [finding] = await inTime({ about: 'slack', name: 'token', look: () => new Promise(() => {}) }, 20);
    assert.deepEqual([finding?.check, finding?.state], ['token', 'warn']);
    assert.match(finding?.says ?? '', /No answer within 0.02 seconds/);
  });

  it('that throws is a finding, without what was thrown', async () => {
    const look = () => {
      throw new TypeError('xoxb-secret');
    };
    const [finding] = await inTime({ about: 'slack', name: 'token', look });
    assert.equal(finding?.state, 'warn');
    assert.match(finding?.says ?? '', /TypeError/);
    assert.doesNotMatch(finding?.says ?? '', /xoxb/);
  });
});
