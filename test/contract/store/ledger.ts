import assert from 'node:assert/strict';
import type { StoreBench } from '../store.contract.js';
import { card, intent, key, record, sorted } from './samples.js';

export function ledgerContract(bench: StoreBench): void {
  const ledger = async (of = key()) => sorted((await bench.store.caseFile(of)).ledger);
  const other = key('case-other');

  it('holds an intent without a message, then the message, also after being opened again', async () => {
    await bench.store.intend(key(), intent());
    await bench.reopen();
    assert.deepEqual(await ledger(), [{ ...intent(), ts: null }]);
    await bench.store.confirm(key(), 'card', 0, '1645458700.000100');
    await bench.reopen();
    assert.deepEqual(await ledger(), [{ ...intent(), ts: '1645458700.000100' }]);
  });

  it('keeps the first intent, and what is confirmed, when the same is intended again', async () => {
    await bench.store.intend(key(), intent({ intendedAt: 1 }));
    await bench.store.intend(key(), intent({ intendedAt: 2 }));
    assert.deepEqual(await ledger(), [{ ...intent({ intendedAt: 1 }), ts: null }]);
    await bench.store.confirm(key(), 'card', 0, '1.000001');
    await bench.store.intend(key(), intent({ intendedAt: 3 }));
    assert.deepEqual(await ledger(), [{ ...intent({ intendedAt: 1 }), ts: '1.000001' }]);
  });

  it('tells entries, parts and cases apart', async () => {
    const parts = [0, 1, 2].map((part) => intent({ entry: 'text', part, parts: 3 }));
    for (const part of parts) await bench.store.intend(key(), part);
    await bench.store.intend(key(), intent({ entry: 'text 1' }));
    await bench.store.intend(other, intent({ entry: 'text', part: 1, parts: 3 }));
    await bench.store.confirm(key(), 'text', 1, '1.000001');
    assert.deepEqual(
      await ledger(),
      sorted([
        ...parts.map((part) => ({ ...part, ts: part.part === 1 ? '1.000001' : null })),
        { ...intent({ entry: 'text 1' }), ts: null },
      ]),
    );
    assert.deepEqual(await ledger(other), [{ ...intent({ entry: 'text', part: 1, parts: 3 }), ts: null }]);
  });

  it('takes back an intent, only that one', async () => {
    for (const part of [0, 1]) await bench.store.intend(key(), intent({ entry: 'text', part, parts: 2 }));
    await bench.store.intend(other, intent({ entry: 'text', part: 1, parts: 2 }));
    await bench.store.retract(key(), 'text', 1);
    await bench.reopen();
    assert.deepEqual(await ledger(), [{ ...intent({ entry: 'text', part: 0, parts: 2 }), ts: null }]);
    assert.equal((await ledger(other)).length, 1);
  });

  it('never takes back what is known to be in the thread', async () => {
    await bench.store.intend(key(), intent());
    await bench.store.confirm(key(), 'card', 0, '1.000001');
    await bench.store.retract(key(), 'card', 0);
    assert.deepEqual(await ledger(), [{ ...intent(), ts: '1.000001' }]);
  });

  it('amends the time of all parts of an entry, and nothing else', async () => {
    for (const part of [0, 1]) await bench.store.intend(key(), intent({ entry: 'text', part, parts: 2 }));
    await bench.store.intend(key(), intent());
    await bench.store.intend(other, intent({ entry: 'text' }));
    await bench.store.confirm(key(), 'text', 0, '1.000001');
    await bench.store.amend(key(), 'text', 42);
    await bench.reopen();
    assert.deepEqual(
      await ledger(),
      sorted([
        { ...intent({ entry: 'text', part: 0, parts: 2, at: 42 }), ts: '1.000001' },
        { ...intent({ entry: 'text', part: 1, parts: 2, at: 42 }), ts: null },
        { ...intent(), ts: null },
      ]),
    );
    assert.deepEqual(await ledger(other), [{ ...intent({ entry: 'text' }), ts: null }]);
  });

  it('keeps what an entry shows that only CloudTrail tells, until it shows something else of it', async () => {
    const row = { ...intent({ entry: 'text' }), ts: '1.000001' };
    await bench.store.intend(key(), intent({ entry: 'text' }));
    await bench.store.confirm(key(), 'text', 0, '1.000001', 'abc_DEF-1');
    await bench.reopen();
    assert.deepEqual(await ledger(), [{ ...row, shownBy: 'abc_DEF-1' }]);
    await bench.store.retract(key(), 'text', 0);
    await bench.store.amend(key(), 'text', 42, '-');
    assert.deepEqual(await ledger(), [{ ...row, at: 42, shownBy: '-' }]);
    await bench.store.confirm(key(), 'text', 0, '2.000002', 'other');
    assert.deepEqual(await ledger(), [{ ...row, at: 42, ts: '2.000002', shownBy: 'other' }]);
    await bench.store.amend(key(), 'text', 43);
    assert.deepEqual(await ledger(), [{ ...row, at: 43, ts: '2.000002' }]);
  });

  it('says of no message that it shows anything before it is in the thread', async () => {
    await bench.store.intend(key(), intent({ entry: 'text' }));
    await bench.store.amend(key(), 'text', 42);
    await bench.store.retract(key(), 'text', 0);
    assert.deepEqual(await ledger(), []);
  });

  it('confirms and amends nothing that was not intended', async () => {
    await bench.store.confirm(key(), 'card', 0, '1.000001');
    await bench.store.amend(key(), 'card', 42);
    await bench.store.retract(key(), 'card', 0);
    assert.deepEqual(await ledger(), []);
  });

  it('leaves a thread whose card is gone: a new card is due, and what was posted stays posted', async () => {
    const { threadTs } = record();
    assert.ok(threadTs !== null);
    await bench.store.saveCase(record());
    await bench.store.saveShown(key(), card());
    await bench.store.intend(key(), intent());
    await bench.store.intend(key(), intent({ entry: 'text' }));
    await bench.store.intend(other, intent());
    await bench.store.confirm(key(), 'card', 0, threadTs);
    await bench.store.confirm(key(), 'text', 0, '1.000002');
    await bench.store.leaveThread(key());
    await bench.reopen();

    const left = { ...record(), shown: null, threadTs: null, formerTs: threadTs };
    assert.deepEqual(await bench.store.getCase(key()), left);
    assert.deepEqual(await ledger(), [{ ...intent({ entry: 'text' }), ts: '1.000002' }]);
    assert.equal((await ledger(other)).length, 1);
    assert.equal(await bench.store.caseByThread('C0CASES0001', threadTs), null);
    assert.deepEqual(
      (await bench.store.casesByDisplayId(record().displayId)).map((found) => found.key),
      [key()],
    );

    // Told twice, it still knows the thread that there was.
    await bench.store.leaveThread(key());
    assert.deepEqual(await bench.store.getCase(key()), left);
    await bench.store.saveCase({ ...left, threadTs: '9.000001' });
    assert.deepEqual((await bench.store.caseByThread('C0CASES0001', '9.000001'))?.formerTs, threadTs);
  });

  it('leaves no thread of a case that is not there, or has none', async () => {
    await bench.store.leaveThread(other);
    assert.equal(await bench.store.getCase(other), null);
    await bench.store.saveCase(record({ threadTs: null }));
    await bench.store.intend(key(), intent());
    await bench.store.leaveThread(key());
    assert.deepEqual(await bench.store.getCase(key()), { ...record({ threadTs: null }), shown: null });
    assert.deepEqual(await ledger(), []);
  });
}
