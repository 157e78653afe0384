import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { TEST_DETAIL_TYPE, TEST_SOURCE } from '../../src/event-path/names.js';
import { RedisWorld } from '../store/redis-world.js';
import { describeWithRedis } from '../world/redis-server.js';
import { ACCOUNT, type EventDoor, openEventDoor, wireEvent } from './event-door.js';

const NONE = { accepted: 0, duplicates: 0, ignored: 0 };

/** As it comes by the way of the events, or from who asks. */
function testEvent(detail: unknown, more: Record<string, unknown> = {}) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': TEST_DETAIL_TYPE,
    source: TEST_SOURCE,
    account: ACCOUNT,
    time: '2026-02-21T15:51:31Z',
    region: 'us-east-1',
    resources: [],
    detail,
    ...more,
  };
}

describe('a test event at /aws/events', () => {
  let door: EventDoor;
  afterEach(() => door.close());

  it('is kept as seen, and nothing but it', async () => {
    door = await openEventDoor();
    const test = randomUUID();
    const seen = testEvent({ seen: test });
    assert.deepEqual((await door.post(seen)).body, { ...NONE, seen: false });
    const came = await door.post(testEvent({ test }));
    assert.deepEqual([came.status, came.body], [202, NONE]);
    const asked = await door.post(seen);
    assert.deepEqual([asked.status, asked.body], [202, { ...NONE, seen: true }]);
    assert.deepEqual((await door.post(testEvent({ seen: randomUUID() }))).body, { ...NONE, seen: false });
    assert.deepEqual((await door.post(testEvent({ seen: test.toUpperCase() }))).body.seen, true);
  });

  it('is no event of a case', async () => {
    let taken = 0;
    door = await openEventDoor({
      takeFacts: async (facts) => {
        taken += 1;
        return facts.map(() => 'new' as const);
      },
    });
    const test = randomUUID();
    await door.post([testEvent({ test }), testEvent({ seen: test })]);
    assert.equal(taken, 0);
    assert.deepEqual(door.marked(), []);
    assert.deepEqual(door.counted, { test: 2 });
    await door.post([testEvent({ test }), wireEvent()]);
    assert.equal(taken, 1);
    assert.deepEqual(door.counted, { test: 3, new: 1 });
  });

  it('is taken by its key alone, whatever AWS_ACCOUNTS says', async () => {
    door = await openEventDoor({ accounts: ['444455556666'] });
    assert.equal((await door.post(testEvent({ test: randomUUID() }))).status, 202);
    assert.equal((await door.post(wireEvent())).status, 403);
    const { status } = await door.post(testEvent({ test: randomUUID() }), { 'x-api-key': 'another' });
    assert.equal(status, 401);
  });

  it('can be sent any number of times, and keeps no more than the last few', async () => {
    const places = new Set<string>();
    door = await openEventDoor({
      saveNote: async (name) => {
        places.add(name);
      },
    });
    await door.post(Array.from({ length: 500 }, () => testEvent({ test: randomUUID() })));
    assert.equal(places.size, 16);
  });

  const wrong: [what: string, event: unknown][] = [
    ['an id that is no UUID', testEvent({ test: 'hello' })],
    ['an id with more behind it', testEvent({ seen: `${randomUUID()}\nSEVERE` })],
    ['an id that is a list', testEvent({ test: [randomUUID()] })],
    ['no id', testEvent({})],
    ['both', testEvent({ test: randomUUID(), seen: randomUUID() })],
    ['more than an id', testEvent({ test: randomUUID(), 'case-id': 'case-1' })],
    ['another detail-type', testEvent({ test: randomUUID() }, { 'detail-type': 'Support Case Update' })],
  ];
  for (const [what, event] of wrong) {
    it(`is refused with a sentence: ${what}`, async () => {
      door = await openEventDoor();
      const { status, body } = await door.post(event);
      assert.deepEqual([status, body.error], [400, 'not_an_event']);
      assert.match(String(body.message), /test event/);
      assert.deepEqual(door.counted, { refused: 1 });
      assert.ok(!JSON.stringify(door.log).includes('SEVERE'));
    });
  }

  it('is to come again when it cannot be kept', async () => {
    door = await openEventDoor({ saveNote: () => Promise.reject(new Error('disk full')) });
    const { status, headers } = await door.post(testEvent({ test: randomUUID() }));
    assert.deepEqual([status, headers.get('retry-after')], [503, '5']);
    assert.deepEqual(door.counted, { failed: 1 });
  });

  it('leaves its id in the log and nothing else of it', async () => {
    door = await openEventDoor();
    const test = randomUUID();
    await door.post(testEvent({ test }, { resources: ['secret-of-mine'] }));
    const text = JSON.stringify(door.log);
    assert.ok(text.includes(test));
    assert.ok(!text.includes('secret-of-mine'));
  });
});

describeWithRedis('a test event with several replicas', () => {
  let world: RedisWorld;
  before(async () => {
    world = await RedisWorld.start();
  });
  after(() => world.stop());

  it('is seen by all of them', async () => {
    const [one, other] = [await world.replica(), await world.replica()];
    const doors = [await openEventDoor({ store: one }), await openEventDoor({ store: other })];
    const test = randomUUID();
    await doors[0]?.post(testEvent({ test }));
    assert.equal((await doors[1]?.post(testEvent({ seen: test })))?.body.seen, true);
    for (const door of doors) await door.close();
  });
});
