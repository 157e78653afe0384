import assert from 'node:assert/strict';
import fc from 'fast-check';
import { caseKeyText } from '../../../src/case/case-key.js';
import { EVENT_NAMES, type Fact, factId } from '../../../src/case/fact.js';
import type { StoreBench } from '../store.contract.js';
import { fact, key, OTHER_ACCOUNT, sorted } from './samples.js';

export function factsContract(bench: StoreBench): void {
  const factsOf = async (of = key()) => (await bench.store.caseFile(of)).facts;

  it('keeps a fact whole, says that it is new, and marks its case', async () => {
    assert.deepEqual(await bench.store.takeFacts([fact()]), ['new']);
    assert.deepEqual(await factsOf(), [fact()]);
    assert.deepEqual(await bench.marked(), [caseKeyText(key())]);
  });

  it('knows a communication again by its id, whenever and under whatever event it comes, and marks nothing', async () => {
    await bench.store.takeFacts([fact()]);
    await bench.marked();
    const again = fact({
      at: fact().at + 3_000,
      receivedAt: fact().receivedAt + 60_000,
      displayId: '',
      origin: '',
    });
    assert.deepEqual(await bench.store.takeFacts([again]), ['duplicate']);
    assert.deepEqual(await factsOf(), [fact()]);
    assert.deepEqual(await bench.marked(), []);
  });

  it('knows an event without communication id again by its kind and its time', async () => {
    const resolved = fact({ event: 'ResolveCase', communicationId: '', origin: '' });
    const later = { ...resolved, at: resolved.at + 1_000 };
    const reopened: Fact = { ...resolved, event: 'ReopenCase' };
    assert.deepEqual(
      await bench.store.takeFacts([resolved, { ...resolved, receivedAt: 1 }, later, reopened, later]),
      ['new', 'duplicate', 'new', 'new', 'duplicate'],
    );
    assert.deepEqual(sorted(await factsOf()), sorted([resolved, later, reopened]));
  });

  it('takes the same ids on another case, or in another account, for other facts', async () => {
    const elsewhere = [fact({ key: key('case-2') }), fact({ key: key(key().caseId, OTHER_ACCOUNT) })];
    assert.deepEqual(await bench.store.takeFacts([fact(), ...elsewhere]), ['new', 'new', 'new']);
    assert.deepEqual(await factsOf(), [fact()]);
    for (const other of elsewhere) assert.deepEqual(await factsOf(other.key), [other]);
    assert.deepEqual(
      sorted(await bench.marked()),
      sorted([fact(), ...elsewhere].map((f) => caseKeyText(f.key))),
    );
  });

  it('keeps one of many that come at the same moment', async () => {
    const taken = await Promise.all(Array.from({ length: 20 }, () => bench.store.takeFacts([fact()])));
    assert.equal(taken.flat().filter((result) => result === 'new').length, 1);
    assert.deepEqual(await factsOf(), [fact()]);
  });

  it('takes nothing from an empty delivery', async () => {
    assert.deepEqual(await bench.store.takeFacts([]), []);
    assert.deepEqual(await bench.marked(), []);
  });

  it('still has facts and marks, and knows duplicates, after being opened again', async () => {
    await bench.store.takeFacts([fact()]);
    await bench.reopen();
    assert.deepEqual(await bench.marked(), [caseKeyText(key())]);
    assert.deepEqual(await factsOf(), [fact()]);
    assert.deepEqual(await bench.store.takeFacts([fact()]), ['duplicate']);
    assert.deepEqual(await bench.marked(), []);
  });

  it('keeps each fact once, in whatever order, groups and number it is delivered', async () => {
    let cases = 0;
    const arbitrary = fc.record({
      event: fc.constantFrom(...EVENT_NAMES),
      communicationId: fc.constantFrom('', 'a', 'b', 'c'),
      at: fc.integer({ min: 1, max: 3 }).map((second) => second * 1_000),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(arbitrary, { maxLength: 6 }), { maxLength: 6 }),
        async (deliveries) => {
          cases += 1;
          const own = key(`case-${cases}`);
          const facts = deliveries.map((delivery) => delivery.map((part) => fact({ ...part, key: own })));
          await bench.marked();
          const taken: string[] = [];
          for (const delivery of facts) taken.push(...(await bench.store.takeFacts(delivery)));
          const ids = facts.flat().map(factId);
          assert.deepEqual(sorted((await factsOf(own)).map(factId)), sorted([...new Set(ids)]));
          // The first of each is the new one.
          assert.deepEqual(
            taken,
            ids.map((id, index) => (ids.indexOf(id) === index ? 'new' : 'duplicate')),
          );
          assert.deepEqual(await bench.marked(), ids.length === 0 ? [] : [caseKeyText(own)]);
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const odd of [
    '__proto__',
    'constructor',
    "case'; --",
    'case/with/slashes',
    'case:*?[a]',
    'Fälle 🧵',
    '%_',
  ]) {
    it(`takes ${odd} for a case id like any other`, async () => {
      const strange = fact({ key: key(odd), communicationId: odd, displayId: odd, origin: odd });
      assert.deepEqual(await bench.store.takeFacts([strange]), ['new']);
      assert.deepEqual(await factsOf(key(odd)), [strange]);
      assert.deepEqual(await factsOf(), []);
      assert.deepEqual(await bench.marked(), [caseKeyText(key(odd))]);
    });
  }
}
