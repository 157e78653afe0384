import assert from 'node:assert/strict';
import { caseKeyText } from '../../src/case/case-key.js';
import { NOBODY } from '../../src/case/people.js';
import { type Lease, LeaseLost } from '../../src/lease/lease.js';
import { markKey, PREFIX } from '../../src/redis/keys.js';
import type { Store } from '../../src/store/store.js';
import { call, card, fact, intent, key, message, record, sorted } from '../contract/store/samples.js';
import { type StoreHarness, storeContract } from '../contract/store.contract.js';
import { describeWithRedis } from '../world/redis-server.js';
import { BASE, RedisWorld, untilBack } from './redis-world.js';

/** What is written under the lease of a turn, each for something that {@link fill} has kept. */
const WRITES: readonly [name: string, write: (store: Store) => Promise<unknown>][] = [
  ['saveAlias', (store) => store.saveAlias(key('alias'), key())],
  ['saveCase', (store) => store.saveCase(record({ displayId: 'changed', threadTs: '5.000001' }))],
  ['saveShown', (store) => store.saveShown(key(), card({ displayId: 'shown' }))],
  ['intend', (store) => store.intend(key(), intent({ entry: 'new' }))],
  ['retract', (store) => store.retract(key(), 'intended', 0)],
  ['confirm', (store) => store.confirm(key(), 'intended', 0, '3.000001')],
  ['amend', (store) => store.amend(key(), 'intended', 42)],
  ['leaveThread', (store) => store.leaveThread(key())],
  ['setOwner', (store) => store.setOwner(key(), { user: 'U2', name: 'Bob' })],
  ['giveBack', (store) => store.giveBack(key(), 'U1')],
  ['follow', (store) => store.follow(key(), 'U1', 'follows')],
  ['addToOutbox', (store) => store.addToOutbox(message())],
  ['changeOutbox', (store) => store.changeOutbox('kept', ['queued'], { state: 'sending' })],
  ['saveNote', (store) => store.saveNote('name', 'value')],
  ['forget', (store) => store.forget(1_000)],
  ['forgetCalls', (store) => store.forgetCalls(2_000_000_000_000)],
];

/** What needs no lease. */
const OTHERS: readonly [name: string, ask: (store: Store) => Promise<unknown>][] = [
  ['takeFacts', (store) => store.takeFacts([fact({ communicationId: 'new' })])],
  ['takeCalls', (store) => store.takeCalls([call({ id: 'new' })])],
  ['callsSince', (store) => store.callsSince(0, 1)],
  ['callsSeen', (store) => store.callsSeen('111122223333', [0], 1)],
  ['canonical', (store) => store.canonical(key())],
  ['caseFile', (store) => store.caseFile(key())],
  ['getCase', (store) => store.getCase(key())],
  ['casesByDisplayId', (store) => store.casesByDisplayId('1')],
  ['casesByCaseId', (store) => store.casesByCaseId('1')],
  ['caseByThread', (store) => store.caseByThread('C1', '1.000001')],
  ['listCases', (store) => store.listCases('all', { offset: 0, limit: 1 })],
  ['casePlaces', (store) => store.casePlaces('all')],
  ['getCases', (store) => store.getCases([key()])],
  ['placesByWords', (store) => store.placesByWords(['word'])],
  ['ownersOf', (store) => store.ownersOf([key()])],
  ['casesToSweep', (store) => store.casesToSweep(0)],
  ['getFromOutbox', (store) => store.getFromOutbox('kept')],
  ['unfinished', (store) => store.unfinished(key())],
  ['casesWithUnfinished', (store) => store.casesWithUnfinished()],
  ['beginRequest', (store) => store.beginRequest('Ev1')],
  ['endRequest', (store) => store.endRequest('Ev1', 'done')],
  ['note', (store) => store.note('name')],
  ['doubts', (store) => store.doubts()],
  ['check', (store) => store.check()],
];

/** A case, its alias, and one that may be forgotten. */
async function fill(store: Store): Promise<void> {
  await store.takeFacts([fact(), fact({ key: key('alias') }), fact({ key: key('old') })]);
  await store.takeCalls([call({ caseId: 'old' })]);
  await store.saveCase(record());
  await store.saveCase(record({ key: key('old'), resolved: true, activityAt: 1 }));
  await store.intend(key(), intent());
  await store.confirm(key(), 'card', 0, '1645458700.000100');
  await store.intend(key(), intent({ entry: 'intended' }));
  await store.setOwner(key(), { user: 'U1', name: 'Alice' });
  await store.addToOutbox({ ...message(), reference: 'kept' });
}

describeWithRedis('the store in Redis', () => {
  let world: RedisWorld;
  before(async () => {
    world = await RedisWorld.start();
  });
  after(() => world.stop());
  afterEach(() => world.clear());

  const harness = async (): Promise<StoreHarness> => {
    const store = await world.replica();
    return {
      store,
      marked: () => world.marked(),
      async reopen() {
        await store.close();
        return harness();
      },
      close: () => world.clear(),
    };
  };
  storeContract('Redis', harness);

  describe('a lease that somebody else has taken over', () => {
    const lease: Lease = {
      lock: markKey('cases', caseKeyText(key())),
      token: 'ours',
      check: () => undefined,
    };

    for (const [name, write] of WRITES) {
      it(`refuses ${name}, which changes nothing`, async () => {
        const store = await world.replica();
        await fill(store);
        await world.redis.hset(lease.lock, 'token', 'theirs');
        const before = await world.contents();
        await assert.rejects(write(store.under(lease)), LeaseLost);
        assert.deepEqual(await world.contents(), before);

        // The same once it is ours: so it was the lease that stood in the way.
        await world.redis.hset(lease.lock, 'token', 'ours');
        const ours = await world.contents();
        await write(store.under(lease));
        assert.notDeepEqual(await world.contents(), ours);
      });
    }

    it('is lost also when nobody holds it', async () => {
      const store = await world.replica();
      await assert.rejects(store.under(lease).intend(key(), intent()), LeaseLost);
      assert.deepEqual((await store.caseFile(key())).ledger, []);
    });

    it('stands in the way of nothing that belongs to no turn', async () => {
      const store = (await world.replica()).under(lease);
      await world.redis.hset(lease.lock, 'token', 'theirs');
      for (const [, ask] of OTHERS) await ask(store);
      assert.deepEqual(await store.takeFacts([fact({ communicationId: 'new' })]), ['duplicate']);
    });
  });

  describe('facts and their marks', () => {
    it('wake this process for what is new, and only for that', async () => {
      let marked = 0;
      const store = await world.replica(() => {
        marked += 1;
      });
      await store.takeFacts([fact(), fact({ key: key('other') })]);
      assert.equal(marked, 1);
      await store.takeFacts([fact()]);
      assert.equal(marked, 1);
      await store.under({ lock: 'x', token: 'y', check: () => undefined }).takeFacts([fact({ at: 1 })]);
      assert.equal(marked, 1, 'the same communication');
    });

    it('are kept both or neither', async () => {
      const store = await world.replica();
      // Something else stands where marks are kept.
      await world.redis.set(`${BASE}:due`, 'in the way');
      await assert.rejects(store.takeFacts([fact(), fact({ key: key('other') })]), /WRONGTYPE/);
      assert.deepEqual((await store.caseFile(key())).facts, []);
      await world.redis.del(`${BASE}:due`);
      assert.deepEqual(await store.takeFacts([fact(), fact({ key: key('other') })]), ['new', 'new']);
      assert.deepEqual(sorted(await world.marked()), sorted([key(), key('other')].map(caseKeyText)));
    });

    it('mark a case once for all of a delivery that is new', async () => {
      const store = await world.replica();
      await store.takeFacts([fact(), fact(), fact({ communicationId: 'second' })]);
      assert.equal(await world.redis.hget(`${BASE}:mark:${caseKeyText(key())}`, 'generation'), '1');
    });
  });

  const refusals: [why: string, begin: [string, ...string[]], end: [string, ...string[]], says: RegExp][] = [
    ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0'], /OOM/],
    ['is a copy', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE'], /READONLY/],
    [
      'lacks its copies',
      ['CONFIG', 'SET', 'min-replicas-to-write', '1'],
      ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
      /NOREPLICAS/,
    ],
  ];
  for (const [why, begin, end, says] of refusals) {
    it(`is not well while Redis ${why}, keeps nothing then, and is well again by itself`, async () => {
      const store = await world.replica();
      await store.check();
      await world.redis.call(...begin);
      try {
        await assert.rejects(store.check(), says);
        // A copy's connection is given up, so the next refusal may be that there is none.
        await assert.rejects(store.takeFacts([fact()]));
        await assert.rejects(store.intend(key(), intent()));
      } finally {
        await world.redis.call(...end);
      }
      await untilBack(() => store.check());
      assert.deepEqual(await store.caseFile(key()), {
        record: null,
        facts: [],
        ledger: [],
        outbox: [],
        people: NOBODY,
        calls: [],
      });
      assert.deepEqual(await store.takeFacts([fact()]), ['new']);
    });
  }

  it('rejects quickly while Redis is away, whatever it is asked, and works again by itself', async () => {
    const store = await world.replica();
    await fill(store);
    const file = await store.caseFile(key());
    await world.server.kill();
    try {
      for (const [name, ask] of [...WRITES, ...OTHERS]) {
        const begunAt = performance.now();
        await assert.rejects(ask(store), name);
        assert.ok(performance.now() - begunAt < 5_000, `${name} took ${performance.now() - begunAt} ms`);
      }
    } finally {
      await world.server.restart();
    }
    await untilBack(() => store.check());
    assert.deepEqual(await store.caseFile(key()), file);
    assert.deepEqual(await store.takeFacts([fact()]), ['duplicate']);
    await untilBack(() => world.redis.ping());
  });

  it('rejects whatever it is asked once it is closed, and leaves the connection open', async () => {
    const store = await world.replica();
    const turn = store.under({ lock: '', token: '', check: () => undefined });
    await store.close();
    for (const [, ask] of [...WRITES, ...OTHERS]) {
      for (const closed of [store, turn]) await assert.rejects(ask(closed), /the store is closed/);
    }
  });

  it('lets one of two replicas win who change the same message, or keep the same request, at once', async () => {
    const [one, two] = [await world.replica(), await world.replica()];
    const reply = message({ text: 'a\0b 🧵 [] {}' });
    const twice = message({ request: reply.request });
    const added = await Promise.all([one.addToOutbox(reply), two.addToOutbox(twice)]);
    assert.deepEqual(added.sort(), [false, true]);
    const { reference } = (await one.unfinished(key()))[0] ?? reply;
    const before = await one.getFromOutbox(reference);
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? one : two).changeOutbox(reference, ['queued'], { state: 'sending', looks: index }),
      ),
    );
    assert.equal(won.filter(Boolean).length, 1);
    assert.deepEqual(await two.getFromOutbox(reference), {
      ...before,
      state: 'sending',
      looks: won.indexOf(true),
    });
    // Changes of different things meet in the message, whoever made them.
    await Promise.all([
      one.changeOutbox(reference, ['sending'], { told: true }),
      two.changeOutbox(reference, ['sending'], { reason: 'why' }),
    ]);
    const after = await one.getFromOutbox(reference);
    assert.deepEqual([after?.told, after?.reason], [true, 'why']);
  });

  it('never lets one reference stand for two messages', async () => {
    const store = await world.replica();
    const first = message();
    await store.addToOutbox(first);
    await assert.rejects(store.addToOutbox({ ...message({ text: 'other' }), reference: first.reference }));
    assert.deepEqual(await store.getFromOutbox(first.reference), first);
  });

  it('lets requests and trials expire', async () => {
    const store = await world.replica();
    await store.beginRequest('begun');
    await store.beginRequest('done');
    await store.endRequest('done', 'done');
    await store.check();
    const left = async (name: string) => world.redis.pttl(`${PREFIX}store:${name}`);
    const [begun, done, check] = [await left('begun:begun'), await left('begun:done'), await left('check')];
    assert.ok(begun > 10_000 && begun <= 15_000, `${begun}`);
    assert.ok(done > 3_590_000 && done <= 3_600_000, `${done}`);
    assert.ok(check > 0 && check <= 60_000, `${check}`);
  });

  it('has no key without the prefix, and keeps none of cases that are forgotten', async () => {
    const store = await world.replica();
    await fill(store);
    for (const [, write] of WRITES) await write(store);
    for (const [, ask] of OTHERS) await ask(store);
    await world.marked();
    const keys = await world.redis.keys('*');
    assert.ok(keys.length > 15);
    assert.deepEqual(
      keys.filter((each) => !each.startsWith(PREFIX)),
      [],
    );

    for (const { key: each } of (await store.listCases('all', { offset: 0, limit: 99 })).cases)
      await store.saveCase(record({ key: each, resolved: true }));
    assert.equal(await store.forget(Number.POSITIVE_INFINITY), 1);
    await store.forgetCalls(Number.POSITIVE_INFINITY);
    await store.saveNote('name', null);
    await store.endRequest('Ev1', 'undone');
    const trail = `${PREFIX}store:audit`;
    // No place in the order of calls is ever given twice.
    assert.deepEqual([...(await world.contents()).keys()].sort(), [
      trail,
      `${trail}-by:U0ALICE0001`,
      `${trail}-names:${caseKeyText(key())}`,
      `${trail}:${caseKeyText(key())}`,
      `${trail}ed:1234563851`,
      `${trail}ed:${key().caseId}`,
      `${PREFIX}store:check`,
      `${PREFIX}store:places`,
    ]);
    // With the last line goes all that leads to it.
    await store.forgetAudit(Number.MAX_SAFE_INTEGER);
    assert.deepEqual(
      [...(await world.contents()).keys()].filter((each) => each.startsWith(trail)),
      [trail],
    );
  });
});
