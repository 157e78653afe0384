import assert from 'node:assert/strict';
import { again, done, doneFor, park } from '../../../src/inbox/outcome.js';
import { until } from '../../until.js';
import { type InboxBench, NEVER_MS } from '../inbox.contract.js';

export function outcomesContract(bench: InboxBench): void {
  it('tries again after the delay, counts the tries, and begins anew once the key is done', async () => {
    bench.work();
    await bench.inbox.mark('a');
    assert.equal((await bench.desk.begun('a')).attempt, 0);
    const before = performance.now();
    bench.desk.end('a', again('not yet', 100));
    assert.equal((await bench.desk.begun('a', 2)).attempt, 1);
    assert.ok(performance.now() - before >= 95);
    bench.desk.end('a', again('not yet', 0));
    assert.equal((await bench.desk.begun('a', 3)).attempt, 2);
    bench.desk.end('a', done);
    await bench.empty();
    await bench.inbox.mark('a');
    assert.equal((await bench.desk.begun('a', 4)).attempt, 0);
  });

  it('counts anew for what was marked while the work that is done went on', async () => {
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    bench.desk.end('a', again('not yet', 0));
    await bench.desk.begun('a', 2);
    await bench.inbox.mark('a');
    bench.desk.end('a', done);
    assert.equal((await bench.desk.begun('a', 3)).attempt, 0);
  });

  it('does again after its time what is done for so long only, as if it were new, and at once when it is marked', async () => {
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    bench.desk.end('a', again('not yet', 0));
    await bench.desk.begun('a', 2);
    const before = performance.now();
    bench.desk.end('a', doneFor(100));
    assert.equal((await bench.desk.begun('a', 3)).attempt, 0);
    assert.ok(performance.now() - before >= 95);
    bench.desk.end('a', doneFor(NEVER_MS));
    await until(async () => (await bench.inbox.stats()).waiting === 1, 'the key waiting again');
    await bench.inbox.mark('a');
    await bench.desk.begun('a', 4);
    await bench.inbox.mark('a');
    bench.desk.end('a', doneFor(NEVER_MS));
    await bench.desk.begun('a', 5);
    bench.desk.end('a', doneFor(null));
    await bench.empty();
  });

  it('does not wait for the delay of another try when the key is marked meanwhile', async () => {
    bench.work();
    await bench.inbox.mark('during');
    await bench.inbox.mark('between');
    await bench.desk.begun('during');
    await bench.desk.begun('between');
    bench.desk.end('between', again('much later', NEVER_MS));
    await until(async () => (await bench.inbox.stats()).waiting === 1, 'the key waiting again');
    await bench.inbox.mark('between');
    await bench.inbox.mark('during');
    bench.desk.end('during', again('much later', NEVER_MS));
    assert.equal((await bench.desk.begun('between', 2)).attempt, 1);
    assert.equal((await bench.desk.begun('during', 2)).attempt, 1);
  });

  it('does not hold up other keys while one waits for another try', async () => {
    bench.work(1);
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    await bench.inbox.mark('b');
    bench.desk.end('a', again('much later', NEVER_MS));
    await bench.desk.begun('b');
  });

  it('parks a key with its reason, and leaves it alone while it rests', async () => {
    bench.work();
    await bench.inbox.mark('a');
    const { since } = await bench.desk.begun('a');
    bench.desk.end('a', park('Invite the bot.'));
    await until(async () => (await bench.inbox.stats()).parked === 1, 'the key parked');
    assert.deepEqual(await bench.inbox.parked(), [{ key: 'a', reason: 'Invite the bot.', since }]);
    await bench.inbox.mark('b');
    await bench.desk.begun('b');
    bench.desk.end('b', done);
    await until(async () => (await bench.inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual(await bench.inbox.stats(), { waiting: 0, working: 0, parked: 1 });
    assert.equal(bench.desk.of('a').length, 1);
  });

  it('tries a parked key again after its rest, and forgets the reason when it is done', async () => {
    await bench.restFor(100);
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    const before = performance.now();
    bench.desk.end('a', park('Invite the bot.'));
    assert.equal((await bench.desk.begun('a', 2)).attempt, 1);
    assert.ok(performance.now() - before >= 95);
    bench.desk.end('a', done);
    await bench.empty();
    assert.deepEqual(await bench.inbox.parked(), []);
  });

  it('brings a parked key forward, and lists it as parked no more, when it is marked', async () => {
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    bench.desk.end('a', park('Invite the bot.'));
    await until(async () => (await bench.inbox.stats()).parked === 1, 'the key parked');
    await bench.inbox.mark('a');
    assert.deepEqual(await bench.inbox.parked(), []);
    await bench.desk.begun('a', 2);
  });

  it('does not park a key that was marked while it was in work before it has looked once more', async () => {
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    await bench.inbox.mark('a');
    bench.desk.end('a', park('Invite the bot.'));
    await bench.desk.begun('a', 2);
    assert.deepEqual(await bench.inbox.parked(), []);
  });

  it('counts what waits rightly while a parked key is tried again', async () => {
    await bench.restFor(20);
    bench.work(1);
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    bench.desk.end('a', park('Invite the bot.'));
    await bench.desk.begun('a', 2);
    await bench.inbox.mark('b');
    await bench.inbox.mark('c');
    const { waiting, working } = await bench.inbox.stats();
    assert.deepEqual({ waiting, working }, { waiting: 2, working: 1 });
  });

  it('lists all parked keys, each with its own reason', async () => {
    bench.work();
    for (const key of ['a', 'b', 'c']) {
      await bench.inbox.mark(key);
      await bench.desk.begun(key);
      bench.desk.end(key, key === 'c' ? again('later', NEVER_MS) : park(`the reason of ${key}`));
    }
    await until(async () => (await bench.inbox.stats()).parked === 2, 'two keys parked');
    await until(async () => (await bench.inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual((await bench.inbox.parked()).map(({ key, reason }) => [key, reason]).sort(), [
      ['a', 'the reason of a'],
      ['b', 'the reason of b'],
    ]);
    assert.equal((await bench.inbox.stats()).waiting, 1);
  });

  it('tells which of some keys are marked: those that wait, are in work, or are parked', async () => {
    bench.work();
    for (const key of ['parked', 'working', 'done']) {
      await bench.inbox.mark(key);
      await bench.desk.begun(key);
    }
    await bench.inbox.mark('waiting', NEVER_MS);
    bench.desk.end('parked', park('Invite the bot.'));
    bench.desk.end('done', done);
    await until(async () => (await bench.inbox.stats()).working === 1, 'one in work');
    const asked = ['done', 'never', 'parked', 'waiting', 'working'];
    assert.deepEqual([...(await bench.inbox.marked(asked))].sort(), ['parked', 'waiting', 'working']);
    assert.deepEqual([...(await bench.inbox.marked([]))], []);
    bench.desk.end('working', done);
  });

  it('outlives work that throws: other keys go on, and the key is not lost', async () => {
    bench.work(1);
    await bench.inbox.mark('bad');
    await bench.desk.begun('bad');
    await bench.inbox.mark('good');
    bench.desk.fail('bad', new Error('a bug'));
    await bench.desk.begun('good');
    bench.desk.end('good', done);
    await until(async () => (await bench.inbox.stats()).working === 0, 'nothing in work');
    assert.deepEqual(await bench.inbox.stats(), { waiting: 1, working: 0, parked: 0 });
    await bench.inbox.mark('bad');
    assert.equal((await bench.desk.begun('bad', 2)).attempt, 1);
  });
}
