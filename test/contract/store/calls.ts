import assert from 'node:assert/strict';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { caseKeyText } from '../../../src/case/case-key.js';
import type { StoreBench } from '../store.contract.js';
import { ACCOUNT, call, fact, key, OTHER_ACCOUNT, record, sorted } from './samples.js';

const DAY = 86_400_000;

export function callsContract(bench: StoreBench): void {
  const ofCase = async (of = key()) => (await bench.store.caseFile(of)).calls;
  const all = async (place = 0, limit = 100) => bench.store.callsSince(place, limit);
  const ids = async (place = 0, limit = 100) => (await all(place, limit)).map((kept) => kept.call.id);

  it('keeps a call with its case, once, and marks the case', async () => {
    assert.deepEqual(await bench.store.takeCalls([call()]), ['new']);
    assert.deepEqual(await bench.marked(), [caseKeyText(key())]);
    await bench.reopen();
    assert.deepEqual(await ofCase(), [call()]);
    assert.deepEqual(await bench.store.takeCalls([call({ receivedAt: 5 })]), ['duplicate']);
    assert.deepEqual(await bench.marked(), []);
    assert.deepEqual(await ofCase(), [call()]);
  });

  it("marks no case for the bot's own calls, of which the outbox tells", async () => {
    assert.deepEqual(await bench.store.takeCalls([call({ isOwn: true })]), ['new']);
    assert.deepEqual(await bench.marked(), []);
    assert.equal((await ofCase()).length, 1);
  });

  it('gives of a case with very many calls the newest', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => call({ id: `call ${index}` }));
    for (const from of [0, 400, 800, 1_000]) await bench.store.takeCalls(many.slice(from, from + 500));
    const found = new Set((await ofCase()).map(({ id }) => id));
    assert.ok(found.size >= 500 && found.size <= 600, `${found.size} are read`);
    for (const { id } of many.slice(-500)) assert.ok(found.has(id), id);
    assert.deepEqual(await bench.store.takeCalls(many.slice(0, 2)), ['duplicate', 'duplicate']);
    assert.equal((await all(0, 2_000)).length, 1_500);
  });

  it('knows copies in one delivery, and in deliveries at the same time', async () => {
    assert.deepEqual(await bench.store.takeCalls([call({ id: 'a' }), call({ id: 'b' }), call({ id: 'a' })]), [
      'new',
      'new',
      'duplicate',
    ]);
    const taken = await Promise.all(
      Array.from({ length: 10 }, () => bench.store.takeCalls([call({ id: 'c' })])),
    );
    assert.equal(taken.flat().filter((each) => each === 'new').length, 1);
    assert.deepEqual(await bench.store.takeCalls([]), []);
  });

  it('keeps what did nothing to a case without marking any', async () => {
    const others = [
      call({ id: 'failed', error: 'AccessDenied' }),
      call({ id: 'read', name: 'DescribeCases' }),
      call({ id: 'plan', source: 'supportplans.amazonaws.com', name: 'StartSupportPlanUpdate', caseId: '' }),
      call({ id: 'nameless', caseId: '' }),
    ];
    assert.deepEqual(await bench.store.takeCalls(others), ['new', 'new', 'new', 'new']);
    assert.deepEqual(await bench.store.takeCalls(others), Array(4).fill('duplicate'));
    assert.deepEqual(await bench.marked(), []);
    assert.deepEqual(await ofCase(), []);
    assert.deepEqual(
      (await all()).map((kept) => kept.call),
      others,
    );
  });

  it('marks by old records only cases that are followed', async () => {
    const old = (id: string, caseId: string): ApiCall =>
      call({ id, caseId, at: call().receivedAt - 2 * DAY });
    await bench.store.saveCase(record({ key: key('followed') }));
    await bench.store.takeFacts([fact({ key: key('told') })]);
    await bench.marked();
    await bench.store.takeCalls([old('1', 'followed'), old('2', 'told'), old('3', 'unknown')]);
    assert.deepEqual(sorted(await bench.marked()), sorted([key('followed'), key('told')].map(caseKeyText)));
    assert.equal((await ofCase(key('unknown'))).length, 1);
  });

  it('keeps calls of an alias under the case that it means, also those that came before', async () => {
    const [before, after] = [call({ id: 'before', caseId: 'alias' }), call({ id: 'after', caseId: 'alias' })];
    await bench.store.takeCalls([before]);
    await bench.store.saveAlias(key('alias'), key());
    await bench.marked();
    await bench.store.takeCalls([after]);
    assert.deepEqual(await bench.marked(), [caseKeyText(key())]);
    assert.deepEqual(sorted(await ofCase()), sorted([before, after]));
    assert.deepEqual(await ofCase(key('alias')), []);
    assert.deepEqual(await bench.store.takeCalls([before, after]), ['duplicate', 'duplicate']);
  });

  it('gives calls in the order in which they came, from a place on', async () => {
    await bench.store.takeCalls([call({ id: 'b', at: 9 }), call({ id: 'a', at: 5 })]);
    await bench.store.takeCalls([call({ id: 'c', at: 1 })]);
    assert.deepEqual(await ids(), ['b', 'a', 'c']);
    const [first, second] = await all(0, 2);
    assert.ok(first !== undefined && second !== undefined && first.place > 0);
    assert.deepEqual(await ids(first.place), ['a', 'c']);
    assert.deepEqual(await ids(second.place, 1), ['c']);
    const last = (await all()).at(-1)?.place ?? 0;
    assert.deepEqual(await ids(last), []);
    await bench.store.forgetCalls(call().receivedAt + 1);
    await bench.reopen();
    await bench.store.takeCalls([call({ id: 'd' })]);
    assert.ok(((await all()).at(-1)?.place ?? 0) > last, 'no place is given twice');
  });

  it('says whether calls of AWS Support in an account were made not long before a time', async () => {
    const seen = (times: number[], account = ACCOUNT) => bench.store.callsSeen(account, times, 100);
    assert.deepEqual(await seen([1_000]), [false]);
    await bench.store.takeCalls([
      call({ at: 1_000, name: 'DescribeCases' }),
      call({ id: 'plan', at: 5_000, source: 'supportplans.amazonaws.com' }),
    ]);
    assert.deepEqual(await seen([999, 1_000, 1_100, 1_101, 5_000]), [false, true, true, false, false]);
    assert.deepEqual(await seen([1_000], OTHER_ACCOUNT), [false]);
    assert.deepEqual(await seen([]), []);
  });

  it('forgets what came long ago, but not what belongs to a case', async () => {
    await bench.store.saveCase(record());
    const plan = { source: 'supportplans.amazonaws.com', caseId: '' };
    await bench.store.takeCalls([
      call({ id: 'kept with its case', receivedAt: 1 }),
      call({ id: 'of no followed case', receivedAt: 2, caseId: 'unknown', at: 3 }),
      ...Array.from({ length: 250 }, (_, index) => call({ ...plan, id: `old ${index}`, receivedAt: 5 })),
      call({ ...plan, id: 'new', receivedAt: 10 }),
    ]);
    await bench.store.forgetCalls(10);
    assert.deepEqual(
      (await ofCase()).map(({ id }) => id),
      ['kept with its case'],
    );
    assert.deepEqual(await ofCase(key('unknown')), []);
    assert.deepEqual(
      (await ids()).filter((id) => id !== 'kept with its case'),
      ['new'],
    );
    assert.deepEqual(await bench.store.callsSeen(ACCOUNT, [3], 0), [false]);
    assert.deepEqual(await bench.store.takeCalls([call({ id: 'kept with its case' })]), ['duplicate']);
  });

  it('forgets the calls of a case with the case', async () => {
    await bench.store.takeCalls([call()]);
    await bench.store.saveCase(record({ resolved: true, activityAt: 1 }));
    assert.equal(await bench.store.forget(1_000), 1);
    assert.deepEqual(await ofCase(), []);
  });

  it('keeps whatever records say', async () => {
    const strange = call({ id: "'; DROP TABLE calls; -- é😀", caseId: 'case\'"%_ 😀', address: '{"a":1}' });
    assert.deepEqual(await bench.store.takeCalls([strange]), ['new']);
    await bench.reopen();
    assert.deepEqual(await ofCase(key(strange.caseId)), [strange]);
    assert.deepEqual(
      (await all()).map((kept) => kept.call),
      [strange],
    );
  });
}
