import assert from 'node:assert/strict';
import { caseKeyText } from '../../../src/case/case-key.js';
import { NOBODY } from '../../../src/case/people.js';
import type { StoreBench } from '../store.contract.js';
import { card, fact, intent, key, message, OTHER_ACCOUNT, record, sorted } from './samples.js';

export function aliasesContract(bench: StoreBench): void {
  const alias = key('case-alias');
  const real = key('case-real');
  const further = key('case-further');
  const empty = { record: null, facts: [], ledger: [], outbox: [], people: NOBODY, calls: [] };

  it('takes a key that is no alias for itself', async () => {
    assert.deepEqual(await bench.store.canonical(real), real);
  });

  it('leads from the alias to the key, also after being opened again', async () => {
    await bench.store.saveAlias(alias, real);
    await bench.reopen();
    assert.deepEqual(await bench.store.canonical(alias), real);
    assert.deepEqual(await bench.store.canonical(real), real);
    assert.deepEqual(
      await bench.store.canonical(key(alias.caseId, OTHER_ACCOUNT)),
      key(alias.caseId, OTHER_ACCOUNT),
    );
  });

  it('keeps facts of an alias under the case that it means, and marks that', async () => {
    await bench.store.saveAlias(alias, real);
    assert.deepEqual(await bench.store.takeFacts([fact({ key: alias })]), ['new']);
    assert.deepEqual((await bench.store.caseFile(real)).facts, [fact({ key: real })]);
    assert.deepEqual(await bench.store.caseFile(alias), empty);
    assert.deepEqual(await bench.marked(), [caseKeyText(real)]);
    assert.deepEqual(await bench.store.takeFacts([fact({ key: real })]), ['duplicate']);
  });

  it('keeps a message to an alias under the case that it means', async () => {
    await bench.store.saveAlias(alias, real);
    const sent = message({ key: alias });
    assert.equal(await bench.store.addToOutbox(sent), true);
    assert.deepEqual(await bench.store.unfinished(real), [{ ...sent, key: real }]);
    assert.deepEqual(await bench.store.casesWithUnfinished(), [real]);
  });

  it('moves everything to a key that has nothing', async () => {
    const sent = message({ key: alias, state: 'sent', told: true });
    await bench.store.takeFacts([fact({ key: alias })]);
    await bench.store.saveCase(record({ key: alias }));
    await bench.store.saveShown(alias, card({ key: alias }));
    await bench.store.intend(alias, intent());
    await bench.store.confirm(alias, 'card', 0, '1645458700.000100');
    await bench.store.addToOutbox(sent);
    await bench.store.saveAlias(alias, real);
    await bench.reopen();

    assert.deepEqual(await bench.store.caseFile(real), {
      record: { ...record({ key: real }), shown: card({ key: alias }) },
      facts: [fact({ key: real })],
      ledger: [{ ...intent(), ts: '1645458700.000100' }],
      outbox: [{ ...sent, key: real }],
      people: NOBODY,
      calls: [],
    });
    assert.deepEqual(await bench.store.caseFile(alias), empty);
    assert.deepEqual((await bench.store.caseByThread('C0CASES0001', '1645458700.000100'))?.key, real);
    assert.deepEqual((await bench.store.getFromOutbox(sent.reference))?.key, real);
    assert.equal((await bench.store.listCases('all', { offset: 0, limit: 10 })).total, 1);
  });

  it('finds the case by either case id', async () => {
    await bench.store.saveCase(record({ key: alias }));
    await bench.store.saveAlias(alias, real);
    for (const id of [alias.caseId, real.caseId]) {
      assert.deepEqual(
        (await bench.store.casesByCaseId(id)).map((found) => found.key),
        [real],
        id,
      );
    }
  });

  it('finds what was kept under an alias although it was one already, and forgets that alone', async () => {
    await bench.store.saveAlias(alias, real);
    await bench.store.saveCase(record({ key: real }));
    await bench.store.saveCase(record({ key: alias, resolved: true, activityAt: 1 }));
    const found = async () => (await bench.store.casesByCaseId(alias.caseId)).map((each) => each.key);
    assert.deepEqual(await found(), [alias, real]);
    assert.equal(await bench.store.forget(2), 1);
    assert.deepEqual(await found(), [real]);
    assert.deepEqual(await bench.store.canonical(alias), real);
  });

  it('goes on with the thread of the key where both have one, and joins facts and outbox', async () => {
    const [shared, only] = [fact({ communicationId: 'shared' }), fact({ communicationId: 'only' })];
    await bench.store.takeFacts([
      { ...shared, key: alias },
      { ...only, key: alias },
      { ...shared, key: real },
    ]);
    await bench.store.saveCase(record({ key: alias, threadTs: '1.000001' }));
    await bench.store.saveCase(record({ key: real, threadTs: '2.000001' }));
    for (const of of [alias, real]) await bench.store.intend(of, intent());
    await bench.store.confirm(alias, 'card', 0, '1.000001');
    await bench.store.confirm(real, 'card', 0, '2.000001');
    const [first, second] = [message({ key: alias }), message({ key: real })];
    for (const each of [first, second]) await bench.store.addToOutbox(each);
    await bench.store.saveAlias(alias, real);

    const file = await bench.store.caseFile(real);
    assert.equal(file.record?.threadTs, '2.000001');
    assert.deepEqual(file.ledger, [{ ...intent(), ts: '2.000001' }]);
    assert.deepEqual(sorted(file.facts), sorted([shared, only].map((each) => ({ ...each, key: real }))));
    assert.deepEqual(
      (await bench.store.unfinished(real)).map((each) => each.reference),
      [first.reference, second.reference],
    );
    assert.deepEqual(await bench.store.casesWithUnfinished(), [real]);
    assert.deepEqual(await bench.store.caseFile(alias), empty);
    assert.equal(await bench.store.caseByThread('C0CASES0001', '1.000001'), null);
  });

  it('moves a thread also where the key has an intent already', async () => {
    await bench.store.saveCase(record({ key: alias, threadTs: '1.000001' }));
    await bench.store.intend(alias, intent());
    await bench.store.intend(alias, intent({ entry: 'text' }));
    await bench.store.intend(real, intent({ intendedAt: 5 }));
    await bench.store.saveAlias(alias, real);
    const file = await bench.store.caseFile(real);
    assert.equal(file.record?.threadTs, '1.000001');
    assert.deepEqual(file.ledger.map((row) => row.entry).sort(), ['card', 'text']);
  });

  it('follows an alias of an alias, in whichever order they became known', async () => {
    await bench.store.takeFacts([fact({ key: alias })]);
    await bench.store.saveAlias(alias, real);
    await bench.store.saveAlias(real, further);
    assert.deepEqual(await bench.store.canonical(alias), further);
    assert.deepEqual(await bench.store.canonical(real), further);
    const late = key('case-late');
    await bench.store.saveAlias(late, alias);
    assert.deepEqual(await bench.store.canonical(late), further);
    assert.deepEqual((await bench.store.caseFile(further)).facts, [fact({ key: further })]);
  });

  it('loses nothing when it is told twice, of itself, or in a circle', async () => {
    await bench.store.takeFacts([fact({ key: alias })]);
    await bench.store.saveAlias(alias, real);
    await bench.store.saveAlias(alias, real);
    await bench.store.saveAlias(real, real);
    await bench.store.saveAlias(real, alias);
    const [a, b] = [await bench.store.canonical(alias), await bench.store.canonical(real)];
    assert.deepEqual(a, b);
    assert.deepEqual((await bench.store.caseFile(a)).facts, [fact({ key: a })]);
  });
}
