import assert from 'node:assert/strict';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { durabilityRisks } from '../../src/redis/durability.js';
import { createLog } from '../../src/telemetry/log.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

const log = createLog('error', () => undefined);

describeWithRedis('durability of Redis', () => {
  let server: RedisServer;
  afterEach(() => server.stop());

  const risks = async (settings: readonly string[]): Promise<string[]> => {
    server = await startRedisServer(['--appendfsync', 'everysec', ...settings]);
    const redis = await connectRedis({ url: server.url, log });
    try {
      return await durabilityRisks(redis);
    } finally {
      redis.disconnect();
    }
  };

  it('is well with an append-only file and no eviction', async () => {
    assert.deepEqual(await risks([]), []);
  });

  it('is well where only keys that expire anyway may be dropped', async () => {
    assert.deepEqual(await risks(['--maxmemory-policy', 'volatile-lru']), []);
  });

  it('is said to be missing where nothing is kept on disk', async () => {
    const [risk, ...more] = await risks(['--appendonly', 'no']);
    assert.match(risk ?? '', /keeps nothing on disk.*Set appendonly yes\.$/);
    assert.deepEqual(more, []);
  });

  it('is said to have gaps where there are only snapshots', async () => {
    const [risk, ...more] = await risks(['--appendonly', 'no', '--save', '3600 1']);
    assert.match(risk ?? '', /snapshots.*Set appendonly yes\.$/);
    assert.deepEqual(more, []);
  });

  it('is said to be at risk where the operating system decides when it is written', async () => {
    const [risk, ...more] = await risks(['--appendfsync', 'no']);
    assert.match(risk ?? '', /appendfsync no.*Set appendfsync everysec\.$/);
    assert.deepEqual(more, []);
  });

  for (const policy of ['allkeys-lru', 'allkeys-random']) {
    it(`is said to be missing where our keys may be dropped (${policy})`, async () => {
      const [risk, ...more] = await risks(['--maxmemory-policy', policy]);
      assert.ok(risk?.includes(`(maxmemory-policy ${policy}). Set maxmemory-policy noeviction.`), risk);
      assert.deepEqual(more, []);
    });
  }

  it('says nothing of what the server hides', async () => {
    assert.deepEqual(await risks(['--appendonly', 'no', '--rename-command', 'CONFIG', '']), []);
  });
});
