import assert from 'node:assert/strict';
import type { Redis } from 'ioredis';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { type BotSettings, type OtherBots, watchForOtherBots } from '../../src/redis/other-bots.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

const OURS: BotSettings = { channel: 'C0000000001', accounts: ['111122223333', '444455556666'] };

describeWithRedis('another bot in the same Redis database', () => {
  let server: RedisServer;
  let redis: Redis;
  let lines: string[];
  const open: OtherBots[] = [];
  before(async () => {
    server = await startRedisServer();
    redis = await connectRedis({ url: server.url, log: createLog('error', () => undefined) });
  });
  beforeEach(async () => {
    lines = [];
    await redis.flushall();
  });
  afterEach(async () => {
    for (const bots of open.splice(0)) await bots.stop();
  });
  after(async () => {
    redis.disconnect();
    await server.stop();
  });
  const watch = async (settings: BotSettings, seenMs = 30_000) => {
    const log = createLog('info', (line) => lines.push(line));
    const bots = await watchForOtherBots(redis, settings, log, {
      renewEveryMs: 20,
      seenMs,
      keptMs: 2 * seenMs,
    });
    open.push(bots);
    return bots;
  };

  it('is not seen in replicas, whatever the order of their accounts', async () => {
    await watch(OURS);
    const replica = await watch({ ...OURS, accounts: [...OURS.accounts].reverse() });
    assert.equal(replica.areHere(), false);
    assert.deepEqual(lines, []);
  });

  for (const [what, other] of [
    ['another channel', { ...OURS, channel: 'C0000000002' }],
    ['other accounts', { ...OURS, accounts: [] }],
  ] as const) {
    it(`is seen by both when it has ${what}, and told once by each`, async () => {
      const first = await watch(OURS);
      assert.equal(first.areHere(), false);
      const second = await watch(other);
      assert.equal(second.areHere(), true);
      await until(() => first.areHere(), 'the other one seen');
      const seen = await redis.hgetall('{casethread}:bots');
      await until(async () => {
        const now = await redis.hgetall('{casethread}:bots');
        return Object.keys(seen).every((each) => now[each] !== seen[each]);
      }, 'another look of each');
      assert.equal(lines.length, 2);
      assert.match(
        lines[0] ?? '',
        /"level":"error".*SLACK_CHANNEL or AWS_ACCOUNTS.*database number of its own/,
      );
    });
  }

  it('passes when it stops', async () => {
    const first = await watch(OURS);
    const second = await watch({ ...OURS, channel: 'C0000000002' });
    await until(() => first.areHere(), 'the other one seen');
    await second.stop();
    await until(() => !first.areHere(), 'the other one gone');
  });

  it('passes, and is forgotten, when it gives no sign of life any more', async () => {
    const first = await watch(OURS, 300);
    const [seconds] = await redis.time();
    await redis.hset('{casethread}:bots', 'of-another', Number(seconds) * 1_000 + 999);
    await until(() => first.areHere(), 'the other one seen');
    await until(() => !first.areHere(), 'the other one gone', 3_000);
    await until(async () => (await redis.hlen('{casethread}:bots')) === 1, 'the other one forgotten', 3_000);
  });
});
