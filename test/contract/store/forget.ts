import assert from 'node:assert/strict';
import type { CaseKey } from '../../../src/case/case-key.js';
import { NOBODY } from '../../../src/case/people.js';
import type { StoreBench } from '../store.contract.js';
import { card, fact, intent, key, message, record } from './samples.js';

export function forgetContract(bench: StoreBench): void {
  /** A case with something of everything that may belong to one. */
  async function keep(of: CaseKey, state: { resolved: boolean; activityAt: number }) {
    const sent = message({ key: of, request: `request of ${of.caseId}`, state: 'sent', told: true });
    const threadTs = `1.${of.caseId}`;
    await bench.store.saveAlias(key(`alias of ${of.caseId}`), of);
    await bench.store.takeFacts([fact({ key: of })]);
    await bench.store.saveCase(record({ key: of, displayId: `display ${of.caseId}`, threadTs, ...state }));
    await bench.store.saveShown(of, card({ key: of }));
    await bench.store.intend(of, intent());
    await bench.store.addToOutbox(sent);
    await bench.store.addToOutbox(message({ key: of, state: 'queued' }));
    return sent;
  }

  it('removes an old resolved case with all that belongs to it', async () => {
    const old = key('old');
    const sent = await keep(old, { resolved: true, activityAt: 99 });
    assert.equal(await bench.store.forget(100), 1);
    await bench.reopen();

    assert.deepEqual(await bench.store.caseFile(old), {
      record: null,
      facts: [],
      ledger: [],
      outbox: [],
      people: NOBODY,
      calls: [],
    });
    assert.equal(await bench.store.getCase(old), null);
    assert.deepEqual(await bench.store.listCases('all', { offset: 0, limit: 9 }), { cases: [], total: 0 });
    assert.deepEqual(await bench.store.casesToSweep(0), []);
    assert.deepEqual(await bench.store.casesByDisplayId('display old'), []);
    for (const id of ['old', 'alias of old']) assert.deepEqual(await bench.store.casesByCaseId(id), []);
    assert.equal(await bench.store.caseByThread('C0CASES0001', '1.old'), null);
    assert.equal(await bench.store.getFromOutbox(sent.reference), null);
    assert.deepEqual(await bench.store.unfinished(old), []);
    assert.deepEqual(await bench.store.casesWithUnfinished(), []);
    assert.deepEqual(await bench.store.canonical(key('alias of old')), key('alias of old'));
    // Should AWS speak of it again, it begins anew.
    assert.deepEqual(await bench.store.takeFacts([fact({ key: old })]), ['new']);
    assert.equal(await bench.store.addToOutbox(sent), true);
  });

  it('leaves alone what is open, and what something has happened on since', async () => {
    const stay: [CaseKey, { resolved: boolean; activityAt: number }][] = [
      [key('open'), { resolved: false, activityAt: 1 }],
      [key('at that moment'), { resolved: true, activityAt: 100 }],
      [key('lately'), { resolved: true, activityAt: 101 }],
    ];
    for (const [of, state] of stay) await keep(of, state);
    await keep(key('old'), { resolved: true, activityAt: 1 });
    const before = await Promise.all(stay.map(([of]) => bench.store.caseFile(of)));
    assert.equal(await bench.store.forget(100), 1);
    assert.equal(await bench.store.forget(100), 0);
    assert.deepEqual(await Promise.all(stay.map(([of]) => bench.store.caseFile(of))), before);
    assert.equal((await bench.store.listCases('all', { offset: 0, limit: 9 })).total, 3);
    for (const [of] of stay) assert.deepEqual(await bench.store.canonical(key(`alias of ${of.caseId}`)), of);
  });

  it('removes any number', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      record({ key: key(`case-${index}`), resolved: true, activityAt: index }),
    );
    await Promise.all(many.map((each) => bench.store.saveCase(each)));
    assert.equal(await bench.store.forget(115), 115);
    assert.equal((await bench.store.listCases('resolved', { offset: 0, limit: 9 })).total, 5);
  });
}
