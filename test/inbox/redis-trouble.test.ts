import assert from 'node:assert/strict';
import { again, done, park } from '../../src/inbox/outcome.js';
import { until } from '../until.js';
import { describeWithRedis } from '../world/redis-server.js';
import { replicasOnOneServer } from './replicas.js';

const SHORT_MS = 300;
const LONG_MS = 60_000;

function recordingLog() {
  const lines: string[] = [];
  const line = (event: string) => lines.push(event);
  return { lines, log: { debug: line, info: line, warn: line, error: line } };
}

describeWithRedis('RedisInbox: a Redis in trouble', () => {
  const { replicas, server } = replicasOnOneServer();

  const start = replicas.start.bind(replicas);

  it('goes on by itself when Redis was killed, and loses neither marks nor outcomes', async () => {
    const { inbox, desk } = await start({ leaseMs: LONG_MS });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const key of keys) await inbox.mark(key);
    await desk.begun('d');
    await server().kill();
    await assert.rejects(inbox.mark('while it is away'));
    // What ends meanwhile is kept when Redis is back, and what is in hand stays so.
    desk.end('a', done);
    desk.end('b', park('Invite the bot.'));
    await server().restart();
    await desk.begun('f');
    await until(async () => (await inbox.stats()).parked === 1, 'the key parked');
    for (const key of ['c', 'd', 'e', 'f']) desk.end(key, done);
    await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual(await inbox.stats(), { waiting: 0, working: 0, parked: 1 });
    assert.deepEqual([...desk.keys].sort(), keys);
  });

  it('does again what could not be written down before the lease ended', async () => {
    const { log, lines } = recordingLog();
    const { inbox, desk } = await start({ leaseMs: SHORT_MS, log });
    await inbox.mark('a');
    await desk.begun('a');
    await server().kill();
    desk.end('a', done);
    await until(() => lines.includes('an outcome could not be kept'), 'the outcome given up');
    await server().restart();
    await desk.begun('a', 2);
    desk.end('a', done);
    await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
  });

  it('neither fails nor spins while Redis is away', async () => {
    const { redis, desk, inbox } = await start({ lookEveryMs: 400 });
    await server().kill();
    let commands = 0;
    const send = redis.sendCommand.bind(redis);
    redis.sendCommand = (...args) => {
      commands += 1;
      return send(...args);
    };
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.ok(commands > 0 && commands <= 5, `${commands} commands`);
    await server().restart();
    await until(() => redis.status === 'ready', 'Redis back');
    await inbox.mark('a');
    await desk.begun('a');
  });

  it('says once that Redis refuses, and goes on when it does not any more', async () => {
    const { log, lines } = recordingLog();
    const { redis, inbox, desk } = await start({ log, lookEveryMs: 20 });
    await redis.set('{casethread}:inbox:cases:due', 'of another program');
    await until(() => lines.length > 0, 'the trouble said');
    await assert.rejects(inbox.mark('refused'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await redis.del('{casethread}:inbox:cases:due');
    await inbox.mark('a');
    await desk.begun('a');
    assert.deepEqual(lines, ['Redis refuses to hand out work']);
  });

  it('takes no new marks when Redis is full, but works off and keeps what it has', async () => {
    const { redis, inbox, desk } = await start({ leaseMs: SHORT_MS });
    await inbox.mark('later', 100);
    await inbox.mark('a');
    const { lease } = await desk.begun('a');
    await redis.config('SET', 'maxmemory', 1);
    try {
      await assert.rejects(inbox.mark('refused'), /OOM/);
      await desk.begun('later');
      await new Promise((resolve) => setTimeout(resolve, 2 * SHORT_MS));
      lease.check();
      desk.end('a', again('once more', 0));
      await desk.begun('a', 2);
      for (const key of ['a', 'later']) desk.end(key, done);
      await until(async () => (await inbox.stats()).working === 0, 'nothing in work');
    } finally {
      await redis.config('SET', 'maxmemory', 0);
    }
    assert.deepEqual(await inbox.stats(), { waiting: 0, working: 0, parked: 0 });
    assert.equal(desk.runs.length, 3);
  });
});
