import assert from 'node:assert/strict';
import { again, done, park } from '../../src/inbox/outcome.js';
import { FINISH } from '../../src/inbox/redis-inbox-scripts.js';
import { LeaseLost } from '../../src/lease/lease.js';
import { inboxBase } from '../../src/redis/keys.js';
import { runScript } from '../../src/redis/script.js';
import { Desk } from '../contract/inbox/desk.js';
import { until } from '../until.js';
import { describeWithRedis } from '../world/redis-server.js';
import { replicasOnOneServer } from './replicas.js';

const SHORT_MS = 300;
const LONG_MS = 60_000;

describeWithRedis('RedisInbox: leases', () => {
  const { replicas } = replicasOnOneServer();

  const start = replicas.start.bind(replicas);

  it('holds a key for as long as the work takes', async () => {
    const leaseMs = 400;
    const a = await start({ leaseMs });
    const b = await start({ leaseMs });
    await a.inbox.mark('a');
    await until(() => a.desk.keys.length + b.desk.keys.length === 1, 'the key in work');
    await new Promise((resolve) => setTimeout(resolve, 2 * leaseMs));
    assert.equal(a.desk.keys.length + b.desk.keys.length, 1);
    for (const run of [...a.desk.runs, ...b.desk.runs]) run.lease.check();
  });

  it('takes a key from a replica that is cut off, which knows it and can change nothing any more', async () => {
    const a = await start({ leaseMs: SHORT_MS });
    await a.inbox.mark('a');
    const run = await a.desk.begun('a');
    run.lease.check();
    a.redis.disconnect();
    const b = await start({ leaseMs: LONG_MS });
    const { since } = await b.desk.begun('a');
    assert.throws(() => run.lease.check(), LeaseLost);

    await a.redis.connect();
    a.desk.end('a', done);
    await until(async () => (await a.inbox.stats()).working === 1, 'Redis back');
    b.desk.end('a', park('Invite the bot.'));
    await until(async () => (await b.inbox.stats()).parked === 1, 'the key parked');
    assert.deepEqual(await b.inbox.parked(), [{ key: 'a', reason: 'Invite the bot.', since }]);
    assert.throws(() => run.lease.check(), LeaseLost);
  });

  it('knows at once that it lost a key while it was away, although its own clocks say that it is early', async () => {
    const a = await start({ leaseMs: LONG_MS });
    await a.inbox.mark('a');
    const run = await a.desk.begun('a');
    a.redis.disconnect();
    const b = await replicas.open();
    // As after a failover to a server that had not heard of the lease yet.
    await b.redis.hset(run.lease.lock, 'token', 'somebody else');
    await a.redis.connect();
    const isLost = () => {
      try {
        run.lease.check();
        return false;
      } catch (error) {
        return error instanceof LeaseLost;
      }
    };
    await until(isLost, 'the loss known');
  });

  it('frees what a dead replica held also where nobody has taken it up yet', async () => {
    const a = await start({ leaseMs: SHORT_MS });
    for (const key of ['a', 'b']) await a.inbox.mark(key);
    const locks = [await a.desk.begun('a'), await a.desk.begun('b')].map(({ lease }) => lease.lock);
    await a.kill();
    const b = await replicas.open({ leaseMs: LONG_MS });
    const ended = async () => {
      const [seconds, micros] = await b.redis.time();
      const now = Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
      return b.redis.zcount(`${inboxBase('cases')}:work`, '-inf', now);
    };
    await until(async () => (await ended()) === 2, 'the end of both leases');
    b.inbox.run(new Desk().handler, { concurrency: 1 });
    const holders = async () =>
      (await Promise.all(locks.map((lock) => b.redis.hget(lock, 'token')))).filter((token) => token !== null);
    await until(async () => (await b.inbox.stats()).waiting === 1, 'one of them waiting');
    assert.equal((await holders()).length, 1);
  });

  it('gives back at once what it is handed while it stops', async () => {
    const { inbox, redis } = await replicas.open({ leaseMs: LONG_MS });
    await inbox.mark('a');
    let stopped: Promise<void> | null = null;
    const send = redis.sendCommand.bind(redis);
    redis.sendCommand = (...args) => {
      stopped ??= inbox.stop(LONG_MS);
      return send(...args);
    };
    const desk = new Desk();
    inbox.run(desk.handler, { concurrency: 1 });
    await until(() => stopped !== null, 'the question sent');
    await stopped;
    assert.deepEqual(await inbox.stats(), { waiting: 1, working: 0, parked: 0 });
    const next = await start({});
    assert.equal((await next.desk.begun('a')).attempt, 0);
    assert.deepEqual(desk.keys, []);
  });

  it('refuses an outcome from whoever does not have the key any more', async () => {
    const a = await start({ leaseMs: LONG_MS });
    await a.inbox.mark('a');
    const { lease } = await a.desk.begun('a');
    for (const token of ['', 'somebody else', `${lease.token}0`])
      for (const outcome of ['done', 'again', 'park', 'untouched']) {
        const args = ['a', token, 1, outcome, 0, 'why'];
        assert.deepEqual(((await runScript(a.redis, FINISH, [inboxBase('cases')], args)) as number[])[0], 0);
      }
    assert.deepEqual(await a.inbox.stats(), { waiting: 0, working: 1, parked: 0 });
    lease.check();
    a.desk.end('a', done);
    await until(async () => (await a.inbox.stats()).working === 0, 'its own outcome taken');
  });

  it('never uses a token twice', async () => {
    const { inbox, desk } = await start({});
    for (const key of ['a', 'b']) {
      await inbox.mark(key);
      for (const times of [1, 2, 3]) {
        await desk.begun(key, times);
        desk.end(key, times < 3 ? again('once more', 0) : done);
      }
    }
    await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
    assert.equal(new Set(desk.runs.map(({ lease }) => lease.token)).size, 6);
  });

  for (const [what, clock] of [
    ['a machine that was suspended', 'wall'],
    ['a clock that was set back meanwhile', 'monotonic'],
  ] as const) {
    it(`does not trust a lease over ${what}, until it is renewed`, async () => {
      let [ahead, back] = [0, 0];
      const clocks = {
        monotonic: () => performance.now() + (clock === 'monotonic' ? ahead : 0),
        wall: () => Date.now() + (clock === 'wall' ? ahead : -back),
      };
      const a = await start({ leaseMs: LONG_MS, clocks });
      await a.inbox.mark('a');
      const { lease } = await a.desk.begun('a');
      lease.check();
      ahead = LONG_MS / 2;
      back = 3_600_000;
      lease.check();
      ahead = LONG_MS * 0.9;
      assert.throws(() => lease.check(), LeaseLost);
      // Whoever wakes up renews what it has before it takes anything.
      await a.inbox.mark('b');
      await a.desk.begun('b');
      lease.check();
      assert.equal(a.desk.of('a').length, 1);
    });
  }

  it('shares work among replicas whose clocks are hours apart', async () => {
    const hour = 3_600_000;
    const clocks = { monotonic: () => performance.now(), wall: () => Date.now() + 5 * hour };
    const a = await start({ clocks });
    const b = await start({});
    await a.inbox.mark('a');
    await b.inbox.mark('late', 100);
    const begun = () => [...a.desk.keys, ...b.desk.keys].sort();
    await until(() => begun().length === 2, 'both in work');
    assert.deepEqual(begun(), ['a', 'late']);
    for (const { since, lease } of [...a.desk.runs, ...b.desk.runs]) {
      assert.ok(Math.abs(since - Date.now()) < 60_000, 'the time of Redis');
      lease.check();
    }
  });
});
