import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

const PASSWORD = 'right-and-secret';

describeWithRedis('a Redis that cannot be used', () => {
  const servers: RedisServer[] = [];
  const open: Redis[] = [];
  let lines: string[] = [];
  afterEach(async () => {
    for (const redis of open.splice(0)) redis.disconnect();
    for (const server of servers.splice(0)) await server.stop();
    lines = [];
  });
  const start = async (settings: readonly string[] = []) => {
    const server = await startRedisServer(settings);
    servers.push(server);
    const control = new Redis(server.url);
    open.push(control);
    return { server, control, port: server.port };
  };
  const connect = async (url: string) => {
    const log = createLog('info', (line) => lines.push(line));
    const redis = await connectRedis({ url, log, waitMs: 500, lookEveryMs: 300 });
    open.push(redis);
    return redis;
  };
  const refuses = (url: string, says: RegExp) =>
    assert.rejects(connect(url), (error: Error) => {
      assert.match(error.message, /^REDIS_URL: /);
      assert.match(error.message, says);
      assert.ok(!`${error.message}${lines.join('')}`.includes('secret'));
      return true;
    });
  const events = () => lines.map((line) => JSON.parse(line) as { event: string; code?: string });

  it('is refused at the start when it is a replica', async () => {
    const { server, control } = await start();
    await control.replicaof('127.0.0.1', 1);
    await refuses(server.url, /is a replica.*\((READONLY|MASTERDOWN)\).*address of the primary/);
  });

  it('is refused at the start when it is a cluster without slots', async () => {
    const { server } = await start(['--cluster-enabled', 'yes']);
    await refuses(server.url, /cluster that does not work \(CLUSTERDOWN\)/);
  });

  it('is refused at the start when its memory is full', async () => {
    const { server, control } = await start();
    await control.config('SET', 'maxmemory', '1');
    await refuses(server.url, /memory of Redis is full \(OOM\)/);
  });

  it('is refused at the start when too few replicas are there', async () => {
    const { server } = await start(['--min-replicas-to-write', '1']);
    await refuses(server.url, /too few replicas.*\(NOREPLICAS\)/);
  });

  it('is refused at the start when it cannot save', async () => {
    const { server, control } = await start(['--save', '3600 1', '--appendonly', 'no']);
    await control.set('a', 'b');
    // Where the file should be, there is a folder.
    const [, folder] = (await control.config('GET', 'dir')) as string[];
    mkdirSync(`${folder}/dump.rdb/full`, { recursive: true });
    await control.bgsave();
    await until(async () => (await control.info()).includes('rdb_last_bgsave_status:err'), 'the failed save');
    await refuses(server.url, /cannot save to its disk.*\(MISCONF\)/);
  });

  const rights: [lacks: string, rights: string, says: RegExp][] = [
    [
      'our keys',
      '~other:* &* +@all',
      /lacks a right in Redis \(NOPERM: to keys that begin with \{casethread\}:/,
    ],
    ['scripts', '~* &* +@all -@scripting', /\(NOPERM: EVAL\)/],
    ['INFO', '~* &* +@all -info', /\(NOPERM: INFO\)/],
    ['TIME', '~* &* +@all -time', /\(NOPERM: TIME\)/],
    ['SELECT', '~* &* +@all -select', /\(NOPERM: SELECT\)/],
    ['a command that only scripts use', '~* &* +@all -zadd', /\(NOPERM: ZADD\).*README/],
    ['all that writes', '~* &* +@all -@write', /\(NOPERM: SET\)/],
  ];
  it('is refused at the start when its user lacks a right, which is named', async () => {
    const { control, port } = await start();
    for (const [lacks, rules, says] of rights) {
      await control.acl('SETUSER', 'casethread', 'reset', 'on', `>${PASSWORD}`, ...rules.split(' '));
      await refuses(`redis://casethread:${PASSWORD}@127.0.0.1:${port}`, says).catch((error: unknown) => {
        throw new Error(`without ${lacks}: ${error instanceof Error ? error.message : error}`);
      });
    }
  });

  it('leaves nothing behind when it can be used', async () => {
    const { server, control } = await start();
    await connect(server.url);
    assert.deepEqual(await control.keys('*'), []);
  });

  it('is told of once when it becomes a replica, and once when it is the primary again', async () => {
    const { server, control } = await start();
    const redis = await connect(server.url);
    let connections = 0;
    redis.on('connect', () => {
      connections += 1;
    });
    await control.replicaof('127.0.0.1', 1);
    let refused = 0;
    await until(async () => {
      await redis.set('a', 'b').catch((error: Error) => {
        if (error.message.startsWith('READONLY')) refused += 1;
      });
      return connections >= 3;
    }, 'some connections');
    // One for each look, not one for each refusal.
    assert.ok(refused > 2 * connections, `${connections} connections for ${refused} refusals`);
    assert.deepEqual(
      events().map(({ event, code }) => [event, code]),
      [['Redis is away', 'READONLY']],
    );
    await control.replicaof('NO', 'ONE');
    await until(() => events().length === 2, 'word that it is back');
    assert.equal(events()[1]?.event, 'Redis is back');
    assert.equal(await redis.set('a', 'b'), 'OK');
  });

  it('is told of with its own word when it lets nobody in any more', async () => {
    const { control, port } = await start();
    await control.acl('SETUSER', 'casethread', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
    await connect(`redis://casethread:${PASSWORD}@127.0.0.1:${port}`);
    await control.acl('DELUSER', 'casethread');
    await until(() => events().some(({ code }) => code === 'WRONGPASS'), 'the word');
    assert.ok(events().every(({ event }) => event === 'Redis is away'));
    assert.ok(!lines.join('').includes('secret'));
    await control.acl('SETUSER', 'casethread', 'on', `>${PASSWORD}`, '~*', '&*', '+@all');
    await until(() => events().at(-1)?.event === 'Redis is back', 'word that it is back');
    assert.ok(events().length <= 3, lines.join('\n'));
  });
});
