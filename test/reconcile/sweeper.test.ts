import assert from 'node:assert/strict';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { type Duty, STANDING_DUTY } from '../../src/lease/duty.js';
import type { Swept } from '../../src/reconcile/sweep.js';
import { Sweeper, type SweeperDeps } from '../../src/reconcile/sweeper.js';
import { SupportError } from '../../src/support/support-error.js';
import { SILENT } from '../inbox/replicas.js';

const EVERY_MS = 300_000;
const SECOND = 1_000;
const WELL: Swept = { marked: 0, accounts: 1, failed: [] };

describe('Sweeper', () => {
  let clock: SinonFakeTimers;
  let notes: Map<string, string>;
  /** Who has the duty, and when it ends unless they ask again. */
  let holder: { name: string; until: number } | null;
  let running: Sweeper[];
  /** Who began to sweep, and when, in seconds since the start. */
  let sweeps: string[];
  beforeEach(() => {
    clock = useFakeTimers({
      now: 1_700_000_000_000,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    notes = new Map();
    holder = null;
    running = [];
    sweeps = [];
  });
  afterEach(async () => {
    for (const sweeper of running) await sweeper.stop();
    clock.restore();
  });

  const duty = (name: string): Duty => ({
    async isOurs() {
      if (holder !== null && holder.name !== name && holder.until > Date.now()) return false;
      holder = { name, until: Date.now() + 6 * SECOND };
      return true;
    },
    async leave() {
      if (holder?.name === name) holder = null;
    },
  });
  const shared = {
    note: async (name: string) => notes.get(name) ?? null,
    saveNote: async (name: string, value: string | null) => {
      notes.set(name, value ?? '');
    },
  };
  const start = (name: string, options: Partial<SweeperDeps> = {}) => {
    const begunAt = Date.now();
    const sweeper = new Sweeper({
      everyMs: EVERY_MS,
      duty: duty(name),
      shared,
      log: SILENT,
      now: Date.now,
      ...options,
      async sweep() {
        sweeps.push(`${name} ${Math.round((Date.now() - begunAt) / SECOND)}`);
        return (await options.sweep?.()) ?? WELL;
      },
    });
    running.push(sweeper);
    sweeper.start();
    return sweeper;
  };
  /** As a kill: it asks and sweeps no more, and leaves nothing. */
  const silence = (name: string): Partial<SweeperDeps> & { die(): void } => {
    let isDead = false;
    const own = duty(name);
    return {
      die() {
        isDead = true;
      },
      duty: { isOurs: async () => !isDead && own.isOurs(), leave: async () => undefined },
    };
  };
  const swept = async (ms: number) => {
    await clock.tickAsync(ms);
    return sweeps.splice(0);
  };

  it('sweeps at the start and then at every interval', async () => {
    start('A', { duty: STANDING_DUTY });
    assert.deepEqual(await swept(0), ['A 0']);
    assert.deepEqual(await swept(280 * SECOND), []);
    assert.equal((await swept(22 * SECOND)).length, 1);
    assert.equal((await swept(3_000 * SECOND)).length, 10);
  });

  it('sweeps at the start also when the last sweep before it was just now', async () => {
    await start('A', { duty: STANDING_DUTY }).status();
    await swept(10 * SECOND);
    await running[0]?.stop();
    start('A', { duty: STANDING_DUTY });
    assert.deepEqual(await swept(0), ['A 0']);
  });

  it('never sweeps when it is turned off', async () => {
    const sweeper = start('A', { everyMs: 0 });
    assert.deepEqual(await swept(3_600 * SECOND), []);
    assert.deepEqual(await sweeper.status(), { state: 'off', lastAt: null, problem: null, failing: 0 });
    assert.equal(holder, null);
  });

  it('is done by one replica for all, whose status all of them say', async () => {
    const [a, b] = [start('A'), start('B')];
    assert.deepEqual(await b.status(), { state: 'pending', lastAt: null, problem: null, failing: 0 });
    const all = await swept(3_100 * SECOND);
    assert.ok(all.length === 11 && all.every((sweep) => sweep.startsWith('A')), all.join());
    assert.deepEqual(await b.status(), await a.status());
    assert.equal((await b.status()).state, 'ok');
  });

  it('is done by another within seconds of its being due when the one who did it dies', async () => {
    const dying = silence('A');
    start('A', dying);
    start('B');
    assert.deepEqual(await swept(100 * SECOND), ['A 0']);
    dying.die();
    assert.deepEqual(await swept(180 * SECOND), []);
    assert.equal((await swept(22 * SECOND)).length, 1);
    assert.equal(holder?.name, 'B');
  });

  it('is done by another within seconds when the one who did it dies in the middle', async () => {
    const dying = silence('A');
    start('A', { ...dying, sweep: () => new Promise(() => undefined) });
    start('B');
    assert.deepEqual(await swept(SECOND), ['A 0']);
    dying.die();
    const [sweep] = await swept(8 * SECOND);
    assert.match(sweep ?? '', /^B [6-8]$/);
  });

  it('goes on with the duty while a sweep takes long', async () => {
    let end: () => void = () => undefined;
    start('A', {
      sweep: () =>
        new Promise((resolve) => {
          end = () => resolve(WELL);
        }),
    });
    const b = start('B');
    assert.deepEqual(await swept(1_000 * SECOND), ['A 0']);
    assert.equal(holder?.name, 'A');
    end();
    await swept(SECOND);
    assert.equal((await b.status()).state, 'ok');
  });

  it('leaves the duty to another at once when it stops, who sweeps when it is due', async () => {
    const a = start('A');
    start('B');
    await swept(100 * SECOND);
    await a.stop();
    assert.deepEqual(await swept(10 * SECOND), []);
    assert.equal(holder?.name, 'B');
    const [sweep] = await swept(200 * SECOND);
    assert.match(sweep ?? '', /^B (28|29|30)\d$/);
  });

  it('keeps nothing of a sweep that was cut short because it stopped', async () => {
    let fail: (error: Error) => void = () => undefined;
    const a = start('A', {
      sweep: () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    });
    await swept(SECOND);
    await a.stop();
    fail(new Error('the store is closed'));
    await swept(SECOND);
    assert.deepEqual([...notes], []);
    assert.equal(holder, null);
  });

  it('says what is wrong on every replica, once in the log, and since when it is', async () => {
    const warnings: string[] = [];
    const log = { ...SILENT, warn: (event: string) => warnings.push(event) };
    let problem: Error | null = null;
    const sweep = async () => {
      if (problem === null) return WELL;
      return { ...WELL, failed: [{ account: 'own', error: problem }] };
    };
    start('A', { sweep, log });
    const b = start('B', { sweep, log });
    await swept(SECOND);
    const { lastAt } = await b.status();
    problem = new SupportError('no-permission', 'AccessDenied', 'Attach the policy.', 'no');
    await swept(900 * SECOND);
    assert.deepEqual(await b.status(), {
      state: 'failed',
      lastAt,
      problem: 'Attach the policy.',
      failing: 1,
    });
    assert.deepEqual(warnings, ['sweep failed']);
    problem = new TypeError('a bug');
    await swept(301 * SECOND);
    assert.match((await b.status()).problem ?? '', /see the log/);
    assert.equal(warnings.length, 2);
  });

  it('says of each account once that it fails, and that it is well again, and then lets parked work go on', async () => {
    const said: unknown[] = [];
    const keep = (event: string, fields: Record<string, unknown> = {}) => said.push([event, fields.account]);
    const log = { ...SILENT, warn: keep, info: keep };
    let recoveries = 0;
    let failing = ['1', '2'];
    const refusal = new SupportError(
      'no-permission',
      'AccessDenied',
      'Attach the policy in account 1.',
      'no',
    );
    const a = start('A', {
      log,
      onRecovered: () => {
        recoveries += 1;
      },
      sweep: async () => ({
        marked: 0,
        accounts: 3,
        failed: failing.map((account) => ({ account, error: refusal })),
      }),
    });
    await swept(900 * SECOND);
    const { state, problem, failing: count } = await a.status();
    assert.deepEqual([state, count], ['partly', 2]);
    assert.match(problem ?? '', /^2 of 3 accounts cannot be asked\. The log/);
    assert.deepEqual(said, [
      ['sweep failed', '1'],
      ['sweep failed', '2'],
    ]);
    failing = ['1'];
    await swept(600 * SECOND);
    assert.deepEqual(said.splice(2), [['sweep no longer fails', '2']]);
    assert.equal(recoveries, 1);
    failing = ['1', '2', '3'];
    await swept(301 * SECOND);
    assert.equal((await a.status()).state, 'failed');
    failing = [];
    await swept(301 * SECOND);
    assert.equal((await a.status()).state, 'ok');
    assert.equal(recoveries, 2);
  });

  it('tells of a sweep that goes through after one that failed, whoever made that', async () => {
    let recoveries = 0;
    let isBroken = true;
    const options: Partial<SweeperDeps> = {
      onRecovered: () => {
        recoveries += 1;
      },
      sweep: async () => {
        if (isBroken) throw new Error('broken');
        return WELL;
      },
    };
    const a = start('A', options);
    await swept(SECOND);
    await a.stop();
    start('B', options);
    await swept(301 * SECOND);
    assert.equal(recoveries, 0);
    isBroken = false;
    await swept(301 * SECOND);
    assert.equal(recoveries, 1);
    await swept(900 * SECOND);
    assert.equal(recoveries, 1);
  });

  it('outlives a store that cannot be read or written, and notes that make no sense', async () => {
    const away = () => Promise.reject(new Error('Redis is away'));
    const a = start('A', { shared: { note: away, saveNote: away } });
    assert.equal((await swept(1_000 * SECOND)).length, 4);
    assert.equal((await a.status()).state, 'ok');
    await a.stop();
    const b = start('B', { shared: { ...shared, note: async () => 'not JSON' } });
    assert.equal((await swept(SECOND)).length, 1);
    assert.equal((await b.status()).state, 'ok');
  });

  it('sweeps although the last sweep was written down by a clock that has been set back since', async () => {
    holder = { name: 'another', until: Date.now() + SECOND };
    const endedAt = Date.now() + 24 * 3_600_000;
    notes.set('last-sweep', JSON.stringify({ state: 'ok', lastAt: endedAt, problem: null, endedAt }));
    start('A');
    assert.equal((await swept(3 * SECOND)).length, 1);
    assert.equal((await swept(250 * SECOND)).length, 0);
  });
});
