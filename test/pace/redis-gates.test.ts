import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Gate, Gates } from '../../src/pace/gate.js';
import { NoTurn, Pacer } from '../../src/pace/pacer.js';
import { redisGates } from '../../src/pace/redis-gates.js';
import { connectRedis } from '../../src/redis/connect-redis.js';
import { PREFIX } from '../../src/redis/keys.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';
import { describeWithRedis, type RedisServer, startRedisServer } from '../world/redis-server.js';
import { assertNeverMore, byRate, byWindow, noting } from './taken-turns.js';

describeWithRedis('Redis gates', () => {
  let server: RedisServer;
  let connections: Redis[];
  before(async () => {
    server = await startRedisServer();
    const connect = () => connectRedis({ url: server.url, log: createLog('error', () => undefined) });
    connections = await Promise.all([connect(), connect(), connect()]);
  });
  after(async () => {
    for (const connection of connections) connection.disconnect();
    await server.stop();
  });
  let pacers: Pacer[];
  beforeEach(async () => {
    pacers = [];
    await connections[0]?.flushall();
  });
  afterEach(() => {
    for (const pacer of pacers) pacer.stop();
  });

  const now = () => performance.now();
  const first = () => connections[0] as Redis;
  /** One gate for each replica, over a connection of its own. */
  const gatesOf = (make: (gates: Gates) => Gate) => connections.map((each) => make(redisGates(each)));
  const replicas = (make: (gates: Gates) => Gate) => {
    const noted = gatesOf(make).map((gate) => noting(gate, now));
    pacers = noted.map(({ gate }) => new Pacer(gate, now));
    return {
      pacers,
      turns: () => noted.flatMap(({ turns }) => turns),
      asked: () => noted.reduce((sum, each) => sum + each.asked(), 0),
    };
  };
  const keys = async () => (await first().keys('*')).sort();

  const rate = { perSecond: 50, burst: 3 };
  const window = { calls: 5, perMs: 150 };
  const limits = [
    { title: 'rate', make: (gates: Gates) => gates.rate('posts', rate), allowed: byRate(rate) },
    { title: 'window', make: (gates: Gates) => gates.window('calls', window), allowed: byWindow(window) },
  ];

  for (const { title, make, allowed } of limits) {
    describe(title, () => {
      it('lets three replicas together go no more than is allowed, and each of them gets turns', async () => {
        const { pacers, turns, asked } = replicas(make);
        const went = pacers.map(() => 0);
        const startedAt = now();
        const all = pacers.flatMap((pacer, at) =>
          Array.from({ length: 12 }, async () => {
            await pacer.take('C1', 1);
            went[at] = (went[at] ?? 0) + 1;
            if (went.reduce((sum, each) => sum + each, 0) === 27)
              assert.ok(Math.min(...went) >= 2, `turns: ${went}`);
          }),
        );
        await Promise.all(all);
        assertNeverMore(turns(), allowed);
        assert.equal(turns().length, 36);
        assert.ok(36 <= allowed(now() - startedAt));
        assert.ok(asked() <= 36 * 6, `asked ${asked()} times for 36 turns`);
      });

      it('keeps to the limit for whoever asks all the time', async () => {
        const noted = gatesOf(make).map((gate) => noting(gate, now));
        const endsAt = now() + 300;
        await Promise.all(
          noted.map(async ({ gate }) => {
            while (now() < endsAt) await gate.take('C1');
          }),
        );
        const turns = noted.flatMap((each) => each.turns);
        assertNeverMore(turns, allowed);
        assert.ok(turns.length >= 6, `${turns.length} turns`);
      });

      it('asks once for each turn in a free lane, and of each lane by itself', async () => {
        const { pacers, asked } = replicas(make);
        await Promise.all(pacers.flatMap((pacer, n) => [pacer.take(`${n}`, 1), pacer.take(`other ${n}`, 1)]));
        assert.equal(asked(), 6);
      });

      it('pauses for all replicas, for the longest that was said, and only that lane', async () => {
        const [a, b, c] = gatesOf(make);
        const pausedAt = now();
        await a?.pause('C1', 300);
        await b?.pause('C1', 20);
        await b?.pause('C1', 0);
        const wait = Number(await c?.take('C1'));
        assert.ok(wait > 20 && wait <= 300, `${wait} ms`);
        assert.equal(await c?.take('C2'), 0);
        await until(async () => (await b?.take('C1')) === 0, 'a turn after the pause');
        // Redis and this process read the time at different moments.
        assert.ok(now() - pausedAt >= 298, `after ${now() - pausedAt} ms`);
      });

      it('keeps nothing that says nothing any more', async () => {
        const [a] = gatesOf(make);
        await a?.pause('C2', 300);
        for (let n = 0; n < 20; n++) await a?.take('C1');
        const kept = await keys();
        assert.equal(kept.length, 2);
        for (const key of kept) {
          assert.ok(key.startsWith(`${PREFIX}pace:`), key);
          assert.ok((await first().pttl(key)) > 0, key);
        }
        await until(async () => (await keys()).length === 0, 'the end of all keys');
      });

      it('lets nobody wait for ever when the clock of Redis was put back', async () => {
        const [a] = gatesOf(make);
        await a?.take('C1');
        const [key = ''] = await keys();
        const later = Date.now() + 3_600_000;
        await first().del(key);
        if (title === 'rate') await first().set(key, later);
        else await first().rpush(key, ...Array.from({ length: window.calls }, () => later));
        const wait = Number(await a?.take('C1'));
        // None where the machine was so busy that the window has passed meanwhile.
        assert.ok(wait >= 0 && wait <= 200, `${wait} ms`);
      });
    });
  }

  it('gives the urgent of one replica the next turns, while others have much that can wait', async () => {
    const { pacers } = replicas((gates) => gates.rate('posts', { perSecond: 12, burst: 1 }));
    const [a, b, c] = pacers;
    const went: string[] = [];
    const line = (pacer: Pacer | undefined, name: string, priority: number) =>
      pacer?.take('C1', priority).then(
        () => went.push(name),
        () => undefined,
      );
    for (let n = 0; n < 20; n++) for (const each of [a, c]) void line(each, 'backlog', 0);
    await until(() => went.length >= 2, 'two turns');
    const before = went.length;
    await Promise.all(Array.from({ length: 4 }, () => line(b, 'urgent', 1)));
    // One turn may have been on its way, and a machine that stands still may cost another.
    assert.ok(went.length - before <= 6, went.join(' '));
  });

  it('holds to the new limit where another was set before', async () => {
    const [a] = connections.map(redisGates);
    const before = a?.window('calls', { calls: 10, perMs: 1_000 });
    for (let n = 0; n < 10; n++) assert.equal(await before?.take('own'), 0);
    assert.ok(Number(await a?.window('calls', { calls: 5, perMs: 1_000 }).take('own')) > 0);
  });

  it('turns everybody away at once while Redis is away, and goes on when it is back', async () => {
    const { pacers } = replicas((gates) => gates.rate('posts', { perSecond: 20, burst: 1 }));
    const [a] = pacers;
    await a?.take('C1', 1);
    const waiting = Array.from({ length: 5 }, () => a?.take('C1', 1));
    const ends = Promise.allSettled(waiting);
    await server.kill();
    const startedAt = now();
    for (const end of (await ends).slice(-1)) {
      assert.ok(end.status === 'rejected' && end.reason instanceof NoTurn, JSON.stringify(end));
      assert.equal(end.reason.why, 'gate-away');
    }
    await assert.rejects(Promise.resolve(a?.take('C2', 1)), { name: 'NoTurn', why: 'gate-away' });
    a?.pause('C3', 10);
    assert.ok(now() - startedAt < 3_000);
    await server.restart();
    await until(
      () =>
        a?.take('C1', 1).then(
          () => true,
          () => sleep(20, false),
        ) ?? false,
      'a turn after Redis came back',
    );
    await until(() => connections.every(({ status }) => status === 'ready'), 'the return of all');
  });
});
