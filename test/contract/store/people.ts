import assert from 'node:assert/strict';
import { NOBODY } from '../../../src/case/people.js';
import type { StoreBench } from '../store.contract.js';
import { key, OTHER_ACCOUNT, record } from './samples.js';

const ALICE = { user: 'U0ALICE0001', name: 'Alice "Example" 🧵' };
const BOB = { user: 'U0BOB000001', name: 'Bob Sample' };

export function peopleContract(bench: StoreBench): void {
  const people = async (of = key()) => (await bench.store.caseFile(of)).people;
  const alias = key('case-alias');

  it('knows nobody of a case of which nothing was said', async () => {
    assert.deepEqual(await people(), NOBODY);
    assert.equal(await bench.store.giveBack(key(), ALICE.user), false);
  });

  it('keeps the last who took it, says who had it before, and still knows after being opened again', async () => {
    assert.equal(await bench.store.setOwner(key(), ALICE), null);
    assert.deepEqual(await bench.store.setOwner(key(), BOB), ALICE);
    assert.deepEqual(await bench.store.setOwner(key(), BOB), BOB);
    await bench.reopen();
    assert.deepEqual(await people(), { ...NOBODY, owner: BOB });
    assert.deepEqual(await people(key(key().caseId, OTHER_ACCOUNT)), NOBODY);
    assert.deepEqual(await bench.store.setOwner(key(), null), BOB);
    assert.deepEqual(await people(), NOBODY);
    assert.equal(await bench.store.setOwner(key(), null), null);
  });

  it('takes it back from the owner only', async () => {
    await bench.store.setOwner(key(), ALICE);
    assert.equal(await bench.store.giveBack(key(), BOB.user), false);
    assert.deepEqual((await people()).owner, ALICE);
    assert.equal(await bench.store.giveBack(key(), ALICE.user), true);
    assert.deepEqual(await people(), NOBODY);
  });

  it('has one owner, whoever takes it at the same moment, and each of them hears of another', async () => {
    const takers = Array.from({ length: 10 }, (_, index) => ({ user: `U${index}`, name: `Taker ${index}` }));
    const before = await Promise.all(takers.map((each) => bench.store.setOwner(key(), each)));
    const { owner } = await people();
    const seen = [...before.map((each) => each?.user ?? 'nobody'), owner?.user];
    assert.deepEqual(seen.sort(), ['nobody', ...takers.map((each) => each.user)].sort());
  });

  it('keeps of each person the last that they said, beside who owns it', async () => {
    await bench.store.setOwner(key(), ALICE);
    await bench.store.follow(key(), BOB.user, 'follows');
    await bench.store.follow(key(), ALICE.user, 'muted');
    await bench.store.follow(key(), 'U0CAROL0001', 'muted');
    await bench.store.follow(key(), 'U0CAROL0001', 'follows');
    await bench.store.follow(key(), 'U0DAVE00001', 'follows');
    await bench.store.follow(key(), 'U0DAVE00001', null);
    await bench.reopen();
    assert.deepEqual(await people(), {
      owner: ALICE,
      followers: [BOB.user, 'U0CAROL0001'],
      muted: [ALICE.user],
    });
    await bench.store.setOwner(key(), BOB);
    assert.deepEqual(await people(), {
      owner: BOB,
      followers: [BOB.user, 'U0CAROL0001'],
      muted: [ALICE.user],
    });
  });

  it('says of many cases at once who has them, in their order', async () => {
    const cases = [key('a'), key('b'), key('c'), key('b', OTHER_ACCOUNT)];
    await bench.store.setOwner(key('c'), ALICE);
    await bench.store.setOwner(key('a'), BOB);
    await bench.store.follow(key('b'), ALICE.user, 'follows');
    assert.deepEqual(await bench.store.ownersOf(cases), [BOB, null, ALICE, null]);
    assert.deepEqual(await bench.store.ownersOf([]), []);
  });

  it('keeps what is said of an alias under the case that it means', async () => {
    await bench.store.saveAlias(alias, key());
    await bench.store.setOwner(alias, ALICE);
    await bench.store.follow(alias, BOB.user, 'follows');
    assert.deepEqual(await people(), { owner: ALICE, followers: [BOB.user], muted: [] });
    assert.deepEqual(await people(alias), NOBODY);
    assert.equal(await bench.store.giveBack(alias, ALICE.user), true);
    assert.equal((await people()).owner, null);
  });

  it('moves with the case; what the other knows already counts', async () => {
    await bench.store.setOwner(alias, ALICE);
    await bench.store.follow(alias, ALICE.user, 'muted');
    await bench.store.follow(alias, BOB.user, 'follows');
    await bench.store.setOwner(key(), BOB);
    await bench.store.follow(key(), ALICE.user, 'follows');
    await bench.store.saveAlias(alias, key());
    assert.deepEqual(await people(), { owner: BOB, followers: [ALICE.user, BOB.user], muted: [] });
    assert.deepEqual(await people(alias), NOBODY);
    const further = key('case-further');
    await bench.store.saveAlias(key(), further);
    assert.deepEqual(await people(further), { owner: BOB, followers: [ALICE.user, BOB.user], muted: [] });
  });

  it('is forgotten with the case', async () => {
    await bench.store.saveCase(record({ resolved: true, activityAt: 1 }));
    await bench.store.setOwner(key(), ALICE);
    await bench.store.follow(key(), BOB.user, 'muted');
    await bench.store.setOwner(key('other'), BOB);
    assert.equal(await bench.store.forget(2), 1);
    assert.deepEqual(await people(), NOBODY);
    assert.deepEqual((await people(key('other'))).owner, BOB);
  });
}
