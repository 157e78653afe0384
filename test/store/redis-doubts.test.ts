import assert from 'node:assert/strict';
import { PREFIX } from '../../src/redis/keys.js';
import { RedisHeartbeat } from '../../src/store/redis-heartbeat.js';
import { until } from '../until.js';
import { describeWithRedis } from '../world/redis-server.js';
import { RedisWorld, untilBack } from './redis-world.js';

const LIFE = `${PREFIX}store:life`;

describeWithRedis('the doubts of a store in Redis', () => {
  let world: RedisWorld;
  before(async () => {
    world = await RedisWorld.start();
  });
  after(() => world.stop());
  afterEach(() => world.clear());

  it('are one more after a time in which nobody gave a sign of life', async () => {
    const store = await world.replica();
    await store.doubts();
    const lastSign = Date.now() - 90_000;
    await world.redis.hset(LIFE, 'alive', lastSign);
    const [, gap, ...more] = await store.doubts();
    assert.equal(gap?.from, lastSign - 10_000);
    assert.ok(Math.abs((gap?.until ?? 0) - 5_000 - Date.now()) < 2_000);
    assert.deepEqual(more, []);
    assert.equal((await store.doubts()).length, 2);
  });

  it('are one more after a restart of Redis, which several replicas notice at once', async () => {
    const openedAt = Date.now();
    const [one, two] = [await world.replica(), await world.replica()];
    const [birth] = await one.doubts();
    const killedAt = Date.now();
    await world.server.restart();
    for (const store of [one, two]) await untilBack(() => store.check());

    const [doubts, others] = await Promise.all([one.doubts(), two.doubts()]);
    assert.deepEqual(others, doubts);
    assert.equal(doubts.length, 2);
    assert.deepEqual(doubts[0], birth);
    const { from, until: to } = doubts[1] ?? { from: 0, until: 0 };
    assert.ok(from >= openedAt - 10_000 && from <= killedAt - 10_000, `from ${from}, killed at ${killedAt}`);
    // What had been sent before may still arrive for a moment.
    assert.ok(to >= killedAt + 5_000 && to <= Date.now() + 5_000, `until ${to}, killed at ${killedAt}`);
    assert.deepEqual(await one.doubts(), doubts);
    await untilBack(() => world.redis.ping());
  });

  it('begin anew with a Redis that has lost everything', async () => {
    const store = await world.replica();
    await store.doubts();
    const lostAt = Date.now();
    await world.redis.flushall();
    const doubts = await store.doubts();
    assert.equal(doubts.length, 1);
    assert.equal(doubts[0]?.from, 0);
    assert.ok((doubts[0]?.until ?? 0) >= lostAt);
  });

  it('begin at the last sign of life, which the store gives by itself', async () => {
    await world.replica();
    await until(async () => (await world.redis.hexists(LIFE, 'alive')) === 1, 'a first sign of life');
    const store = await world.replica();
    // An hour ago, as seen from a backup that was put back.
    const alive = Date.now() - 3_600_000;
    await world.redis.hset(LIFE, { run: 'another', alive });
    assert.equal((await store.doubts())[1]?.from, alive - 10_000);
    assert.ok(Number(await world.redis.hget(LIFE, 'alive')) > alive);
  });

  it('begin late, because the signs of life go on', async () => {
    const heartbeat = new RedisHeartbeat(world.redis, 0, 5);
    try {
      for (let beat = 1; beat <= 3; beat += 1) {
        await until(async () => Number(await world.redis.hget(LIFE, 'alive')) > 1, `sign of life ${beat}`);
        await world.redis.hset(LIFE, 'alive', 1);
      }
    } finally {
      heartbeat.stop();
    }
  });

  it('are never more than twenty, and leave no time out for that', async () => {
    const store = await world.replica();
    const seen = [...(await store.doubts())];
    for (let restart = 1; restart <= 25; restart += 1) {
      await world.redis.hset(LIFE, { run: `run ${restart}`, alive: 1_000_000 * restart });
      seen.push(...(await store.doubts()).slice(-1));
    }
    const doubts = await store.doubts();
    assert.equal(seen.length, 26);
    assert.equal(doubts.length, 20);
    // The oldest became one; of the others nothing changed.
    assert.deepEqual(doubts, [{ from: 0, until: seen[6]?.until }, ...seen.slice(7)]);
  });
});
