import assert from 'node:assert/strict';
import { again, done } from '../../src/inbox/outcome.js';
import type { RedisInbox } from '../../src/inbox/redis-inbox.js';
import { MARK, wakeChannel } from '../../src/inbox/redis-inbox-scripts.js';
import { inboxBase } from '../../src/redis/keys.js';
import { runScript } from '../../src/redis/script.js';
import { Desk } from '../contract/inbox/desk.js';
import { type InboxHarness, inboxContract, NEVER_MS } from '../contract/inbox.contract.js';
import { until } from '../until.js';
import { describeWithRedis } from '../world/redis-server.js';
import { type Replica, replicasOnOneServer } from './replicas.js';

const listeners = async ({ redis }: Replica): Promise<unknown> =>
  (await redis.pubsub('NUMSUB', wakeChannel(inboxBase('cases'))))[1];

/** Short, so that what was in work when a process died is soon worked on again. */
const LEASE_MS = 300;

describeWithRedis('RedisInbox', () => {
  const { replicas } = replicasOnOneServer();

  inboxContract('Redis', async ({ parkedMs }) => {
    const open = async (): Promise<InboxHarness> => {
      const { inbox, kill } = await replicas.open({ parkedMs, leaseMs: LEASE_MS });
      return {
        inbox,
        async crash() {
          await kill();
          return open();
        },
        close: () => replicas.close(),
      };
    };
    return open();
  });

  it('shares a burst among replicas, no key with two of them at once, and forgets no mark', async () => {
    const keys = Array.from({ length: 300 }, (_, n) => `111122223333/case-${n}`);
    const inWork = new Set<string>();
    const worked = new Map<string, number>();
    let overlaps = 0;
    let moment = 0;
    const lastMark = new Map<string, number>();
    const lastRun = new Map<string, number>();
    const inboxes: RedisInbox[] = [];
    for (const name of ['A', 'B', 'C']) {
      const { inbox } = await replicas.open();
      inboxes.push(inbox);
      inbox.run(
        async ({ key, lease }) => {
          if (inWork.has(key)) overlaps += 1;
          inWork.add(key);
          lastRun.set(key, ++moment);
          worked.set(name, (worked.get(name) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, 2));
          lease.check();
          inWork.delete(key);
          return done;
        },
        { concurrency: 16 },
      );
    }
    const [marker] = inboxes;
    assert.ok(marker !== undefined);
    const marks: Promise<void>[] = [];
    for (let n = 0; n < 3_000; n++) {
      // Ten rounds over all keys in ever another order: most come while their key is in work or waits.
      const key = keys[(n * 7 + Math.floor(n / 300)) % 300] ?? '';
      lastMark.set(key, ++moment);
      marks.push((inboxes[n % 3] ?? marker).mark(key));
      if (n % 100 === 99) await Promise.all(marks.splice(0));
    }
    await until(async () => (await marker.stats()).waiting === 0, 'nothing waiting');
    await until(async () => (await marker.stats()).working === 0, 'nothing in work');
    assert.equal(overlaps, 0);
    assert.equal(lastRun.size, 300);
    for (const [key, at] of lastMark) assert.ok((lastRun.get(key) ?? 0) > at, `${key} was forgotten`);
    for (const name of ['A', 'B', 'C']) assert.ok((worked.get(name) ?? 0) > 50, `${name} did its share`);
  });

  it('hands on at once what is marked where nobody is free, and what is left over of a burst', async () => {
    // They look on their own so rarely that whatever happens was told.
    const [a, b] = [
      await replicas.open({ lookEveryMs: NEVER_MS }),
      await replicas.open({ lookEveryMs: NEVER_MS }),
    ];
    const [deskA, deskB] = [new Desk(), new Desk()];
    a.inbox.run(deskA.handler, { concurrency: 1 });
    await a.inbox.mark('first');
    await deskA.begun('first');
    b.inbox.run(deskB.handler, { concurrency: 3 });
    await until(async () => (await listeners(b)) === 2, 'both listening');
    await a.inbox.mark('second');
    await deskB.begun('second');
    await Promise.all(['third', 'fourth'].map((key) => a.inbox.mark(key)));
    await deskB.begun('third');
    await deskB.begun('fourth');
    // B has nobody free either now: whoever is free first takes it.
    await b.inbox.mark('fifth');
    deskA.end('first', done);
    await deskA.begun('fifth');
    assert.deepEqual(
      [deskA.keys, [...deskB.keys].sort()],
      [
        ['first', 'fifth'],
        ['fourth', 'second', 'third'],
      ],
    );
  });

  it('lets the others have what is left over when more was marked at once than it has workers', async () => {
    const [a, b] = [
      await replicas.open({ lookEveryMs: NEVER_MS }),
      await replicas.open({ lookEveryMs: NEVER_MS }),
    ];
    const [deskA, deskB] = [new Desk(), new Desk()];
    a.inbox.run(deskA.handler, { concurrency: 1 });
    b.inbox.run(deskB.handler, { concurrency: 4 });
    await until(async () => (await listeners(b)) === 2, 'both listening');
    // As the store marks, which tells its own replica alone.
    const mark = (key: string) => runScript(a.redis, MARK, [inboxBase('cases')], [key, 0]);
    await Promise.all(['one', 'two', 'three'].map(mark));
    a.inbox.wake();
    await until(() => deskA.keys.length + deskB.keys.length === 3, 'all in work');
    assert.equal(deskA.keys.length, 1);
  });

  it('leaves to the others what is marked on a replica that has been told to stop', async () => {
    const [a, b] = [
      await replicas.open({ lookEveryMs: NEVER_MS }),
      await replicas.open({ lookEveryMs: NEVER_MS }),
    ];
    const desk = new Desk();
    b.inbox.run(desk.handler, { concurrency: 1 });
    await b.inbox.mark('before');
    await desk.begun('before');
    desk.end('before', again('much later', NEVER_MS));
    await a.inbox.stop(1_000);
    await a.inbox.mark('after');
    await desk.begun('after');
  });

  it('looks from time to time without having been told', async () => {
    const { inbox, redis } = await replicas.open({ lookEveryMs: 50 });
    const desk = new Desk();
    inbox.run(desk.handler, { concurrency: 1 });
    await redis.hset('{casethread}:inbox:cases:mark:a', { generation: 1, since: 1 });
    await redis.zadd('{casethread}:inbox:cases:due', 1, 'a');
    await desk.begun('a');
  });

  it('keeps the marks of several inboxes apart', async () => {
    const [cases, cards] = [await replicas.open({ queue: 'cases' }), await replicas.open({ queue: 'cards' })];
    const desk = new Desk();
    await cases.inbox.mark('a');
    await cards.inbox.mark('b');
    cards.inbox.run(desk.handler, { concurrency: 4 });
    await desk.begun('b');
    assert.deepEqual(await cases.inbox.stats(), { waiting: 1, working: 0, parked: 0 });
    assert.deepEqual(desk.keys, ['b']);
  });

  it('costs three commands from the mark to the end of the work', async () => {
    const { inbox, redis } = await replicas.open({ lookEveryMs: NEVER_MS });
    const desk = new Desk();
    inbox.run(desk.handler, { concurrency: 4 });
    const once = async () => {
      await inbox.mark('a');
      await desk.begun('a', desk.keys.length + 1);
      desk.end('a', done);
      await until(async () => (await inbox.stats()).working === 0, 'the work ended');
    };
    // The first time, Redis is told the scripts as well.
    await once();
    const scripts = async () => {
      const calls = [...(await redis.info('commandstats')).matchAll(/cmdstat_eval(?:sha)?:calls=(\d+)/g)];
      return calls.reduce((sum, [, n]) => sum + Number(n), 0);
    };
    await redis.config('RESETSTAT');
    await inbox.mark('a');
    await desk.begun('a', 2);
    desk.end('a', done);
    await until(async () => (await redis.exists('{casethread}:inbox:cases:mark:a')) === 0, 'the work ended');
    assert.equal(await scripts(), 3);
  });

  it('leaves nothing behind in Redis of keys that are done', async () => {
    const { inbox, redis } = await replicas.open();
    inbox.run(async () => done, { concurrency: 4 });
    for (const key of ['a', 'b', 'c']) await inbox.mark(key);
    await until(async () => (await redis.dbsize()) === 0, 'an empty Redis');
  });
});
