import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NOBODY } from '../../../src/case/people.js';
import type { CaseRecord, CaseState } from '../../../src/store/store.js';
import { anyText } from '../../any-text.js';
import type { StoreBench } from '../store.contract.js';
import { ACCOUNT, card, key, OTHER_ACCOUNT, record, sorted } from './samples.js';

export function recordsContract(bench: StoreBench): void {
  const ids = (records: readonly { key: { caseId: string } }[]) => records.map((each) => each.key.caseId);

  it('knows nothing of a case that was never kept', async () => {
    assert.equal(await bench.store.getCase(key()), null);
    assert.deepEqual(await bench.store.caseFile(key()), {
      record: null,
      facts: [],
      ledger: [],
      outbox: [],
      people: NOBODY,
      calls: [],
    });
  });

  it('gives a record back whole, with and without a thread, also after being opened again', async () => {
    const bare = record({
      key: key('case-bare'),
      channel: null,
      threadTs: null,
      card: null,
      digest: null,
      resolved: true,
    });
    await bench.store.saveCase(record());
    await bench.store.saveCase(bare);
    await bench.reopen();
    assert.deepEqual(await bench.store.getCase(key()), { ...record(), shown: null });
    assert.deepEqual(await bench.store.getCase(bare.key), { ...bare, shown: null });
    assert.deepEqual((await bench.store.caseFile(key())).record, { ...record(), shown: null });
  });

  it('remembers when the thread was searched, and which one there was before, until it is told otherwise', async () => {
    const recovered = record({ recoveredAt: 1_645_458_700_123, formerTs: '1645458600.000100' });
    await bench.store.saveCase(recovered);
    await bench.reopen();
    assert.deepEqual(await bench.store.getCase(key()), { ...recovered, shown: null });
    await bench.store.saveCase(record());
    assert.deepEqual(await bench.store.getCase(key()), { ...record(), shown: null });
  });

  it('replaces all of a record but the card that was shown', async () => {
    await bench.store.saveCase(record());
    await bench.store.saveShown(key(), card({ displayId: 'shown' }));
    const changed = record({
      displayId: '99',
      channel: 'C0OTHER0001',
      threadTs: '2.000001',
      card: card({ resolved: true }),
      digest: 'digest-2',
      resolved: true,
      activityAt: 7,
      walkedAt: 8,
    });
    await bench.store.saveCase(changed);
    assert.deepEqual(await bench.store.getCase(key()), { ...changed, shown: card({ displayId: 'shown' }) });
  });

  it('changes nothing but the shown card when a card was shown', async () => {
    await bench.store.saveCase(record());
    await bench.store.saveShown(key(), card({ displayId: 'first' }));
    await bench.store.saveShown(key(), card({ displayId: 'second' }));
    await bench.reopen();
    assert.deepEqual(await bench.store.getCase(key()), { ...record(), shown: card({ displayId: 'second' }) });
  });

  it('keeps a subject to the letter, whatever it holds', async () => {
    const details = card().details;
    assert.ok(details !== null);
    await fc.assert(
      fc.asyncProperty(anyText(), async (subject) => {
        await bench.store.saveCase(record({ card: card({ details: { ...details, subject } }) }));
        assert.equal((await bench.store.getCase(key()))?.card?.details?.subject, subject);
      }),
      { numRuns: 50, examples: [['a\0b'], ["'; DROP"], ['🧵'.repeat(500)]] },
    );
  });

  it('finds all cases of a display id, which accounts may share, and of a case id', async () => {
    await bench.store.saveCase(record({ key: key('a'), displayId: '1' }));
    await bench.store.saveCase(record({ key: key('a', OTHER_ACCOUNT), displayId: '1' }));
    await bench.store.saveCase(record({ key: key('b'), displayId: '12' }));
    const both = sorted([key('a'), key('a', OTHER_ACCOUNT)]);
    assert.deepEqual(sorted((await bench.store.casesByDisplayId('1')).map((each) => each.key)), both);
    assert.deepEqual(sorted((await bench.store.casesByCaseId('a')).map((each) => each.key)), both);
    assert.deepEqual(ids(await bench.store.casesByDisplayId('12')), ['b']);
    for (const unknown of ['', '2', '__proto__', '%', '1*']) {
      assert.deepEqual(await bench.store.casesByDisplayId(unknown), []);
      assert.deepEqual(await bench.store.casesByCaseId(unknown), []);
    }
  });

  it('finds a case by its thread, and no other', async () => {
    await bench.store.saveCase(record({ key: key('a'), channel: 'C1', threadTs: '1.000001' }));
    await bench.store.saveCase(record({ key: key('b'), channel: 'C2', threadTs: '1.000001' }));
    await bench.store.saveCase(record({ key: key('c'), channel: 'C1', threadTs: null }));
    assert.deepEqual((await bench.store.caseByThread('C2', '1.000001'))?.key, key('b'));
    assert.equal(await bench.store.caseByThread('C1', '1.000002'), null);
    assert.equal(await bench.store.caseByThread('C3', '1.000001'), null);
    // A thread that moved is found where it is now.
    await bench.store.saveCase(record({ key: key('b'), channel: 'C2', threadTs: '3.000001' }));
    assert.equal(await bench.store.caseByThread('C2', '1.000001'), null);
    assert.deepEqual((await bench.store.caseByThread('C2', '3.000001'))?.key, key('b'));
  });

  it('lists the newest first, by state, with how many there are', async () => {
    const cases: [string, boolean, number][] = [
      ['old', false, 1],
      ['new', false, 9],
      ['ended', true, 5],
      ['long ended', true, 2],
    ];
    for (const [id, resolved, activityAt] of cases) {
      await bench.store.saveCase(record({ key: key(id), resolved, activityAt }));
    }
    const expected: [CaseState, string[]][] = [
      ['all', ['new', 'ended', 'long ended', 'old']],
      ['open', ['new', 'old']],
      ['resolved', ['ended', 'long ended']],
    ];
    for (const [state, order] of expected) {
      const { cases: listed, total } = await bench.store.listCases(state, { offset: 0, limit: 10 });
      assert.deepEqual([ids(listed), total], [order, order.length], state);
    }
    const page = await bench.store.listCases('all', { offset: 1, limit: 2 });
    assert.deepEqual([ids(page.cases), page.total], [['ended', 'long ended'], 4]);
    const behind = await bench.store.listCases('all', { offset: 4, limit: 2 });
    assert.deepEqual([behind.cases, behind.total], [[], 4]);
    // A case moves with its news.
    await bench.store.saveCase(record({ key: key('old'), resolved: true, activityAt: 10 }));
    assert.deepEqual(ids((await bench.store.listCases('resolved', { offset: 0, limit: 1 })).cases), ['old']);
  });

  it('lists those of one account, in pages', async () => {
    const of = (account: string, id: string) => ({ account, caseId: id });
    const cases: [string, string, boolean, number][] = [
      ['111122223333', 'a', false, 1],
      ['111122223333', 'b', true, 2],
      ['111122223333', 'c', false, 3],
      ['111122223334', 'a', false, 4],
      ['11112222333', 'a', false, 5],
    ];
    for (const [account, id, resolved, activityAt] of cases)
      await bench.store.saveCase(record({ key: of(account, id), resolved, activityAt }));
    const listed = async (state: CaseState, offset: number, limit: number, account: string) => {
      const page = await bench.store.listCases(state, { offset, limit, account });
      return [ids(page.cases), page.total];
    };
    assert.deepEqual(await listed('open', 0, 9, '111122223333'), [['c', 'a'], 2]);
    assert.deepEqual(await listed('all', 1, 1, '111122223333'), [['b'], 3]);
    assert.deepEqual(await listed('resolved', 0, 9, '111122223334'), [[], 0]);
    assert.deepEqual(await listed('all', 0, 9, '999999999999'), [[], 0]);
  });

  it('tells where all of them are, and how severe, in the order of lists', async () => {
    const { details } = card();
    assert.ok(details !== null);
    const of = (id: string, account: string, change: Partial<CaseRecord>) =>
      bench.store.saveCase(record({ key: key(id, account), threadTs: `1.${id}`, ...change }));
    await of('a', ACCOUNT, {
      channel: 'C1',
      activityAt: 1,
      card: card({ details: { ...details, severity: 'low' } }),
    });
    await of('b', ACCOUNT, { channel: null, threadTs: null, activityAt: 3, card: null });
    await of('c', OTHER_ACCOUNT, {
      channel: 'C2',
      activityAt: 2,
      resolved: true,
      card: card({ details: null }),
    });
    const a = { key: key('a'), channel: 'C1', severity: 'low' };
    const b = { key: key('b'), channel: null, severity: null };
    const c = { key: key('c', OTHER_ACCOUNT), channel: 'C2', severity: null };
    assert.deepEqual(await bench.store.casePlaces('all'), [b, c, a]);
    assert.deepEqual(await bench.store.casePlaces('open'), [b, a]);
    assert.deepEqual(await bench.store.casePlaces('resolved', ACCOUNT), []);
    assert.deepEqual(await bench.store.casePlaces('all', OTHER_ACCOUNT), [c]);
    await bench.store.addWords(a.key, ['word']);
    assert.deepEqual(await bench.store.placesByWords(['word']), [a]);
    assert.deepEqual(ids(await bench.store.getCases([c.key, key('none'), b.key])), ['c', 'b']);
    // Whatever a subject holds.
    await of('a', ACCOUNT, {
      channel: 'C1',
      card: card({ details: { ...details, subject: '\ud83d "severity":"low"' } }),
    });
    assert.equal(
      (await bench.store.casePlaces('open')).find(({ channel }) => channel === 'C1')?.key.caseId,
      'a',
    );
  });

  it('shows every case on exactly one page, also when many are equally old', async () => {
    let size = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        async (activity, limit) => {
          for (const activityAt of activity) {
            size += 1;
            await bench.store.saveCase(record({ key: key(`case-${size}`), activityAt }));
          }
          const seen: { id: string; at: number }[] = [];
          for (let offset = 0; offset < size; offset += limit) {
            const { cases, total } = await bench.store.listCases('open', { offset, limit });
            assert.equal(total, size);
            seen.push(...cases.map((each) => ({ id: each.key.caseId, at: each.activityAt })));
          }
          assert.equal(new Set(seen.map(({ id }) => id)).size, size);
          assert.equal(seen.length, size);
          assert.ok(seen.every(({ at }, index) => at <= (seen[index - 1]?.at ?? at)));
        },
      ),
      { numRuns: 8 },
    );
  });

  it('lists what is equally old in the order of the keys', async () => {
    for (const id of ['b', 'ä', 'Z', 'a', '🧵']) await bench.store.saveCase(record({ key: key(id) }));
    for (const state of ['all', 'open'] as const) {
      const { cases } = await bench.store.listCases(state, { offset: 0, limit: 10 });
      assert.deepEqual(ids(cases), ['Z', 'a', 'b', 'ä', '🧵']);
    }
    assert.deepEqual(await bench.store.listCases('open', { offset: 0, limit: 0 }), { cases: [], total: 5 });
  });

  it('shows no card on a case that it does not have', async () => {
    await bench.store.saveShown(key(), card());
    assert.equal(await bench.store.getCase(key()), null);
    await bench.store.saveCase(record());
    assert.equal((await bench.store.getCase(key()))?.shown, null);
  });

  it('sweeps what is open, and what was resolved since', async () => {
    await bench.store.saveCase(record({ key: key('open, old'), activityAt: 1, digest: null }));
    await bench.store.saveCase(
      record({ key: key('ended, just'), activityAt: 100, resolved: true, digest: 'd', walkedAt: 5 }),
    );
    await bench.store.saveCase(record({ key: key('ended, old'), activityAt: 99, resolved: true }));
    assert.deepEqual(
      sorted(await bench.store.casesToSweep(100)),
      sorted([
        { key: key('open, old'), digest: null, resolved: false, walkedAt: null },
        { key: key('ended, just'), digest: 'd', resolved: true, walkedAt: 5 },
      ]),
    );
  });
}
