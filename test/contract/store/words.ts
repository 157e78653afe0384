import assert from 'node:assert/strict';
import type { CaseKey } from '../../../src/case/case-key.js';
import { MOST_WORDS } from '../../../src/case/words-of-text.js';
import type { StoreBench } from '../store.contract.js';
import { key, record } from './samples.js';

export function wordsContract(bench: StoreBench): void {
  const [one, two, three] = [key('one'), key('two'), key('three')];
  const keep = async (
    of: CaseKey,
    words: readonly string[],
    change: { activityAt?: number; resolved?: boolean } = {},
  ) => {
    await bench.store.saveCase(record({ key: of, threadTs: `1.${of.caseId}`, ...change }));
    await bench.store.addWords(of, words);
  };
  const found = async (...beginnings: string[]) => {
    const places = await bench.store.placesByWords(beginnings);
    return places.map((each) => each.key.caseId);
  };

  it('finds cases by the beginnings of words, all of which must be there', async () => {
    await keep(one, ['instance', 'fails', 'i3en', 'größe', '障害']);
    await keep(two, ['instances', 'start']);
    assert.deepEqual((await found('inst')).sort(), ['one', 'two']);
    assert.deepEqual(await found('instances'), ['two']);
    assert.deepEqual(await found('inst', 'fail'), ['one']);
    assert.deepEqual(await found('fail', 'inst', 'start'), []);
    assert.deepEqual(await found('größ'), ['one']);
    assert.deepEqual(await found('障害'), ['one']);
    // Not the middle of a word, nor the end of one and the beginning of the next.
    for (const none of ['nstance', 'fails1', 'instancef', 'e', '%', '_', '.', '*', "'", 'instance fails'])
      assert.deepEqual(await found(none), [], none);
    await bench.reopen();
    assert.deepEqual(await found('inst', 'fail'), ['one']);
  });

  it('puts the newest activity first', async () => {
    await keep(one, ['word'], { activityAt: 1 });
    await keep(two, ['word'], { activityAt: 3, resolved: true });
    await keep(three, ['word'], { activityAt: 2 });
    assert.deepEqual(await found('word'), ['two', 'three', 'one']);
  });

  it('adds to what it knows, each word once, and nothing past the most', async () => {
    await keep(one, ['first', 'second', 'second']);
    await bench.store.addWords(one, ['second', 'third']);
    await bench.store.addWords(one, []);
    assert.deepEqual(await found('first', 'second', 'third'), ['one']);
    await bench.store.addWords(
      one,
      Array.from({ length: MOST_WORDS }, (_, index) => `many${index}`),
    );
    assert.deepEqual(await found(`many${MOST_WORDS - 4}`), ['one']);
    assert.deepEqual(await found(`many${MOST_WORDS - 3}`), []);
    await bench.store.addWords(one, ['toomuch']);
    assert.deepEqual(await found('toomuch'), []);
  });

  it('finds no case of which it knows words alone', async () => {
    await bench.store.addWords(one, ['word']);
    assert.deepEqual(await found('word'), []);
    await bench.store.saveCase(record({ key: one }));
    assert.deepEqual(await found('word'), ['one']);
  });

  it('takes the words of an alias to the case that it means', async () => {
    await keep(one, ['old']);
    await bench.store.saveAlias(one, two);
    assert.deepEqual(await found('old'), ['two']);
    await keep(three, ['other']);
    await bench.store.saveAlias(three, two);
    assert.deepEqual(await found('old', 'other'), ['two']);
    assert.deepEqual(await found('other'), ['two']);
  });

  it('forgets the words with the case', async () => {
    await keep(one, ['word'], { resolved: true, activityAt: 1 });
    await keep(two, ['word'], { resolved: true, activityAt: 1_000 });
    assert.equal(await bench.store.forget(100), 1);
    assert.deepEqual(await found('word'), ['two']);
    await bench.store.saveCase(record({ key: one }));
    assert.deepEqual(await found('word'), ['two']);
  });

  it('finds many, also when others write meanwhile', async () => {
    const many = Array.from({ length: 700 }, (_, index) => key(`case-${index}`));
    await Promise.all(
      many.map((each, index) => keep(each, ['common', `own${index}x`], { activityAt: index })),
    );
    const [all, own] = await Promise.all([
      bench.store.placesByWords(['common']),
      bench.store.placesByWords(['common', 'own3x']),
      bench.store.addWords(key('case-3'), ['more']),
    ]);
    assert.equal(all.length, 700);
    assert.deepEqual(
      own.map((each) => each.key.caseId),
      ['case-3'],
    );
  });
}
