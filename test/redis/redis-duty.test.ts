import assert from 'node:assert/strict';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { redisDuty } from '../../src/redis/redis-duty.js';
import { SILENT } from '../inbox/replicas.js';
import { until } from '../until.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

describeWithRedis('redisDuty', () => {
  let server: RedisServer;
  let redis: Redis;
  before(async () => {
    server = await startRedisServer();
    redis = await connectRedis({ url: server.url, log: SILENT });
  });
  afterEach(() => redis.flushall());
  after(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('is the first asker’s for as long as they ask, and another duty is another’s', async () => {
    const [a, b] = [redisDuty(redis, 'sweep', 200), redisDuty(redis, 'sweep', 200)];
    for (let times = 0; times < 10; times++) {
      assert.deepEqual([await a.isOurs(), await b.isOurs()], [true, false]);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    assert.equal(await redisDuty(redis, 'reminders').isOurs(), true);
  });

  it('is another’s when its holder has not asked for a while, and stays theirs', async () => {
    const [a, b] = [redisDuty(redis, 'sweep', 150), redisDuty(redis, 'sweep', 60_000)];
    await a.isOurs();
    assert.equal(await b.isOurs(), false);
    await until(() => b.isOurs(), 'the duty moved');
    assert.equal(await a.isOurs(), false);
  });

  it('is another’s at once when its holder leaves it, and nobody leaves it for another', async () => {
    const [a, b] = [redisDuty(redis, 'sweep'), redisDuty(redis, 'sweep')];
    await a.isOurs();
    await b.leave();
    assert.equal(await b.isOurs(), false);
    await a.leave();
    assert.equal(await b.isOurs(), true);
  });

  it('is gone some seconds after its holder died', async () => {
    await redisDuty(redis, 'sweep').isOurs();
    const [key] = await redis.keys('*');
    const restMs = await redis.pttl(key ?? '');
    assert.ok(restMs > 4_000 && restMs <= 6_000, `${restMs} ms`);
  });

  it('is nobody’s while Redis is away, and can be left all the same', async () => {
    const away = await connectRedis({ url: server.url, log: SILENT });
    const duty = redisDuty(away, 'sweep');
    assert.equal(await duty.isOurs(), true);
    away.disconnect();
    assert.equal(await duty.isOurs(), false);
    await duty.leave();
  });
});
