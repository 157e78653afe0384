import assert from 'node:assert/strict';
import { type AddressInfo, createServer } from 'node:net';
import type { Redis } from 'ioredis';
import { type ConnectOptions, connectRedis } from '../../src/redis/connect-redis.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';
import { startRedisFront } from '../world/redis-front.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';

/** Time enough for an answer, also where others keep the machine busy. */
const PATIENCE_MS = 10_000;
/** Where it waits in vain: long enough to hear what is wrong, and short enough for a test. */
const IN_VAIN_MS = 1_000;
/** So long a command may take. */
const COMMAND_MS = 1_000;

describeWithRedis('connection to Redis', () => {
  let server: RedisServer;
  let lines: string[];
  const open: Redis[] = [];
  beforeEach(async () => {
    server = await startRedisServer();
    lines = [];
  });
  afterEach(async () => {
    for (const redis of open.splice(0)) redis.disconnect();
    await server.stop();
  });

  const connect = async (more: Partial<ConnectOptions> = {}): Promise<Redis> => {
    const log = createLog('info', (line) => lines.push(line));
    const redis = await connectRedis({ url: server.url, log, waitMs: PATIENCE_MS, ...more });
    open.push(redis);
    return redis;
  };
  const away = (redis: Redis) =>
    redis.get('a').then(
      () => false,
      () => true,
    );

  it('fails commands at once while the server is away, and goes on by itself when it is back', async () => {
    const redis = await connect();
    await redis.set('a', 'kept');
    await server.kill();
    await until(() => away(redis), 'Redis away');
    const before = performance.now();
    await assert.rejects(redis.get('a'));
    assert.ok(performance.now() - before < 5_000);
    await server.restart();
    await until(async () => !(await away(redis)), 'Redis back');
    assert.equal(await redis.get('a'), 'kept');
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    assert.deepEqual(events, ['Redis is away', 'Redis is back']);
  });

  it('says what is wrong with an address', async () => {
    const other = createServer((socket) => {
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      // Asking for a name may wait for others that this process asks for.
      const nowhere = () =>
        connect({ url: 'redis://nowhere.invalid:6379', waitMs: IN_VAIN_MS }).then(
          () => 'connected',
          (error: Error) => error.message,
        );
      await until(
        async () => /^REDIS_URL: No address is found/.test(await nowhere()),
        'what DNS says',
        12_000,
      );
      await assert.rejects(
        connect({ url: `redis://127.0.0.1:${port}`, waitMs: IN_VAIN_MS }),
        /REDIS_URL: .* is not Redis\. Check/,
      );
      const overTls = server.url.replace('redis:', 'rediss:');
      await assert.rejects(connect({ url: overTls, waitMs: IN_VAIN_MS }), /REDIS_URL: .*TLS.* redis:\/\//);
    } finally {
      other.close();
    }
  });

  it('does not wait for ever for a server that hangs', async () => {
    const redis = await connect({ commandMs: COMMAND_MS });
    process.kill(server.pid, 'SIGSTOP');
    try {
      await assert.rejects(redis.get('a'), /timed out/);
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await until(async () => !(await away(redis)), 'Redis back');
  });

  it('leaves a connection on which nothing comes any more, and finds whoever answers at the address now', async () => {
    const front = await startRedisFront(server.port);
    try {
      const redis = await connect({ url: front.url, commandMs: COMMAND_MS });
      await redis.set('a', 'kept');
      front.silence();
      await assert.rejects(redis.get('a'), /timed out/);
      await until(async () => !(await away(redis)), 'Redis back');
      assert.equal(await redis.get('a'), 'kept');
    } finally {
      await front.stop();
    }
  });

  it('waits at the start for a server that is starting, too', async () => {
    await server.kill();
    const redis = connect();
    await server.restart();
    assert.equal(await (await redis).ping(), 'PONG');
  });

  const refusals: [what: string, url: (server: RedisServer) => string | Promise<string>, says: RegExp][] = [
    // Nobody else is given this port, unlike one that is free now.
    ['nobody listens', () => 'redis://127.0.0.1:1', /does not answer.*running/],
    [
      'a password is wrong',
      ({ port }) => `redis://me:hunter2@127.0.0.1:${port}`,
      /let Casethread in \(WRONGPASS\)/,
    ],
    ['the database does not exist', ({ url }) => `${url}/99`, /database number/],
  ];
  for (const [what, url, says] of refusals) {
    it(`says at the start that ${what}, and no secret`, async () => {
      const address = await url(server);
      await assert.rejects(connect({ url: address, waitMs: IN_VAIN_MS }), (error: Error) => {
        assert.match(error.message, /^REDIS_URL: /);
        assert.match(error.message, says);
        assert.ok(!`${error.message}${lines.join('')}`.includes('hunter2'));
        return true;
      });
    });
  }

  it('says at the start that a server with a password wants it', async () => {
    await server.stop();
    server = await startRedisServer(['--requirepass', 'secret']);
    await assert.rejects(connect(), /^Error: REDIS_URL: Redis does not let Casethread in \(NOAUTH\)/);
    assert.equal(await (await connect({ url: server.url.replace('//', '//:secret@') })).ping(), 'PONG');
  });

  it('refuses a server that is too old', async () => {
    // Enough of Redis to be asked for its version.
    const old = createServer((socket) => {
      socket.on('data', (data) => {
        for (const _ of data.toString().matchAll(/^\*/gm)) {
          const isInfo = /info/i.test(data.toString());
          const info = 'redis_version:6.2.14\r\nloading:0\r\n';
          socket.write(isInfo ? `$${info.length}\r\n${info}\r\n` : '+PONG\r\n');
        }
      });
      socket.on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => old.once('listening', resolve));
    const address = old.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await assert.rejects(
      connect({ url: `redis://127.0.0.1:${port}`, waitMs: IN_VAIN_MS }),
      /this is Redis 6\.2\.14; 7\.0 or newer/,
    );
    old.close();
  });
});
