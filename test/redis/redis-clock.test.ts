import assert from 'node:assert/strict';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { type RedisClock, startRedisClock } from '../../src/redis/redis-clock.js';
import { SILENT } from '../inbox/replicas.js';
import { until } from '../until.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

const HOUR_MS = 3_600_000;
/** Much less than what the tests set a clock by, much more than a busy machine takes for an answer. */
const NEAR_MS = 250;

describeWithRedis('startRedisClock', () => {
  let server: RedisServer;
  let redis: Redis;
  let clocks: RedisClock[];
  before(async () => {
    server = await startRedisServer();
  });
  beforeEach(async () => {
    clocks = [];
    redis = await connectRedis({ url: server.url, log: SILENT });
  });
  afterEach(() => {
    for (const clock of clocks) clock.stop();
    redis.disconnect();
  });
  after(() => server.stop());

  /** A machine whose clocks are off by so much; both can be set. */
  const machine = async (wallOff: number, monotonicOff = 0) => {
    const off = { wall: wallOff, monotonic: monotonicOff };
    const clock = await startRedisClock(redis, {
      wall: () => Date.now() + off.wall,
      monotonic: () => performance.now() + off.monotonic,
    });
    clocks.push(clock);
    return { clock, off };
  };
  // Redis runs on this machine, so it has this clock.
  const isRight = (clock: RedisClock) => Math.abs(clock.now() - Date.now()) < NEAR_MS;

  it('agrees on every machine, however wrong its own clock is', async () => {
    for (const wrong of [0, 5 * HOUR_MS, -5 * HOUR_MS]) {
      const { clock } = await machine(wrong);
      assert.ok(isRight(clock), `off by ${wrong}: ${clock.now() - Date.now()}`);
      assert.ok(Number.isInteger(clock.now()));
    }
  });

  it('goes on evenly when the clock of its machine is set, forward or back', async () => {
    const { clock, off } = await machine(0);
    for (const set of [HOUR_MS, -HOUR_MS]) {
      off.wall = set;
      const before = clock.now();
      assert.ok(isRight(clock));
      for (let times = 0; times < 100; times++) {
        assert.ok(clock.now() >= before - NEAR_MS && isRight(clock));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  });

  it('is right again at once when its machine was suspended', async () => {
    const { clock, off } = await machine(0);
    // The monotonic clock stood still meanwhile.
    off.monotonic = -HOUR_MS;
    assert.ok(!isRight(clock));
    await until(() => isRight(clock), 'the right time');
  });

  it('goes on while Redis is away, and is right again when it is back', async () => {
    const { clock, off } = await machine(HOUR_MS);
    await server.kill();
    await until(() => redis.status !== 'ready', 'Redis away');
    assert.ok(isRight(clock));
    off.monotonic = -HOUR_MS;
    assert.ok(!isRight(clock));
    await server.restart();
    await until(() => isRight(clock), 'the right time');
  });

  it('cannot start without Redis', async () => {
    redis.disconnect();
    await assert.rejects(startRedisClock(redis));
  });
});
