import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { checkRedisStore } from '../../src/doctor/check-store.js';
import { watchForOtherBots } from '../../src/redis/other-bots.js';
import { createLog } from '../../src/telemetry/log.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

const log = createLog('error', () => undefined);
const RIGHTS = '~{casethread}:* &{casethread}:* +@all -@dangerous +info +config|get';

describeWithRedis('the doctor on Redis', () => {
  let server: RedisServer;
  afterEach(() => server.stop());

  const start = async (more: readonly string[] = []) => {
    server = await startRedisServer(['--appendfsync', 'everysec', ...more]);
  };
  const look = (url = server.url) =>
    checkRedisStore({ redisUrl: url, slackChannel: 'C0123456789', awsAccounts: [] }, log);
  const withRedis = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
    const redis = new Redis(server.url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };

  it('finds it well, and writes nothing', async () => {
    await start();
    const [finding, ...more] = await look();
    assert.equal(finding?.state, 'ok', finding?.says);
    assert.match(finding?.says ?? '', /^(Redis|Valkey) \d+\.\d+\S* can be reached and used\.$/);
    assert.deepEqual(more, []);
    await withRedis(async (redis) => {
      assert.equal(await redis.dbsize(), 0);
      assert.match(await redis.info('persistence'), /rdb_changes_since_last_save:0\r/);
    });
  });

  it('warns of what may cost data, with the setting that helps', async () => {
    await start(['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru']);
    const [, ...risks] = await look();
    assert.deepEqual(
      risks.map(({ state, remedy }) => [state, remedy]),
      [
        ['warn', 'Set appendonly yes.'],
        ['warn', 'Set maxmemory-policy noeviction.'],
      ],
    );
  });

  it('lets a bot run beside it, and warns of one with other settings', async () => {
    await start();
    await withRedis(async (redis) => {
      const same = await watchForOtherBots(redis, { channel: 'C0123456789', accounts: [] }, log);
      assert.equal((await look()).length, 1);
      await same.stop();
      const other = await watchForOtherBots(redis, { channel: 'C0OTHER0001', accounts: [] }, log);
      const [, warning] = await look();
      assert.equal(warning?.state, 'warn');
      assert.match(warning?.says ?? '', /Another bot with other settings/);
      assert.deepEqual(await redis.hlen('{casethread}:bots'), 1);
      await other.stop();
    });
  });

  const fails = async (url: string, sentence: RegExp) => {
    const [finding, ...more] = await look(url);
    assert.deepEqual(more, []);
    assert.equal(finding?.state, 'fail');
    assert.match(finding?.says ?? '', sentence);
    assert.ok(finding?.remedy !== null);
    assert.doesNotMatch(JSON.stringify(finding), /sesame/);
  };

  it('says what is wrong with the address, and not the password in it', async () => {
    await start();
    await withRedis((redis) =>
      redis.call('ACL', 'SETUSER', 'casethread', 'reset', 'on', '>open', ...RIGHTS.split(' ')),
    );
    await fails(`redis://casethread:sesame@127.0.0.1:${server.port}`, /does not let Casethread in/);
    await fails(`redis://127.0.0.1:${server.port}/99`, /does not let Casethread in/);
  });

  it('names the command that its user may not run', async () => {
    await start();
    for (const command of ['zadd', 'hincrby', 'pexpire', 'set', 'hset', 'eval']) {
      await withRedis((redis) =>
        redis.call(
          'ACL',
          'SETUSER',
          'casethread',
          'reset',
          'on',
          '>sesame',
          ...RIGHTS.split(' '),
          `-${command}`,
          ...(command === 'eval' ? ['-evalsha'] : []),
        ),
      );
      const named = command === 'eval' ? 'EVAL' : command.toUpperCase();
      await fails(`redis://casethread:sesame@127.0.0.1:${server.port}`, new RegExp(`NOPERM: ${named}`));
    }
    await withRedis((redis) =>
      redis.call('ACL', 'SETUSER', 'casethread', 'reset', 'on', '>sesame', ...RIGHTS.split(' ')),
    );
    const [finding] = await look(`redis://casethread:sesame@127.0.0.1:${server.port}`);
    assert.equal(finding?.state, 'ok', finding?.says);
  });

  it('knows one that takes no writes', async () => {
    await start();
    await withRedis((redis) => redis.call('CONFIG', 'SET', 'min-replicas-to-write', '1'));
    await fails(server.url, /NOREPLICAS/);
    await withRedis(async (redis) => {
      await redis.call('CONFIG', 'SET', 'min-replicas-to-write', '0');
      await redis.call('CONFIG', 'SET', 'maxmemory', '1');
    });
    await fails(server.url, /OOM/);
    await withRedis(async (redis) => {
      await redis.call('CONFIG', 'SET', 'maxmemory', '0');
      await redis.call('REPLICAOF', '127.0.0.1', '1');
    });
    await fails(server.url, /READONLY/);
  });

  it('says that it does not answer', async () => {
    await start();
    await server.kill();
    await fails(server.url, /does not answer/);
  });
});
