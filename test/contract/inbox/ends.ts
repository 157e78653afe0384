import assert from 'node:assert/strict';
import { again, done, park } from '../../../src/inbox/outcome.js';
import { until } from '../../until.js';
import { type InboxBench, NEVER_MS } from '../inbox.contract.js';

/** Longer than anything in a test takes. */
const GRACE_MS = 10_000;

export function endsContract(bench: InboxBench): void {
  it('still knows every mark after a crash, and works on none before it is told to', async () => {
    await bench.inbox.mark('a');
    await bench.inbox.mark('late', NEVER_MS);
    await bench.crash();
    assert.deepEqual(await bench.inbox.stats(), { waiting: 2, working: 0, parked: 0 });
    bench.work();
    await bench.desk.begun('a');
    assert.deepEqual(bench.desk.keys, ['a']);
  });

  it('takes up again what was in work when the process died', async () => {
    bench.work(1);
    await bench.inbox.mark('in work');
    await bench.desk.begun('in work');
    await bench.inbox.mark('waiting');
    await bench.crash();
    bench.work();
    await bench.desk.begun('in work');
    await bench.desk.begun('waiting');
    assert.equal(bench.desk.runs.length, 2);
  });

  it('does not work again on what was done before the crash', async () => {
    bench.work();
    for (const key of ['a', 'b']) {
      await bench.inbox.mark(key);
      await bench.desk.begun(key);
    }
    bench.desk.end('a', done);
    await until(async () => (await bench.inbox.stats()).working === 1, 'one key done');
    await bench.crash();
    bench.work();
    await bench.desk.begun('b');
    assert.deepEqual(bench.desk.keys, ['b']);
  });

  it('remembers tries, delays and what is parked over a crash', async () => {
    bench.work();
    for (const key of ['soon', 'later', 'parked']) {
      await bench.inbox.mark(key);
      await bench.desk.begun(key);
    }
    bench.desk.end('soon', again('not yet', 300));
    bench.desk.end('later', again('much later', NEVER_MS));
    bench.desk.end('parked', park('Invite the bot.'));
    await until(async () => (await bench.inbox.stats()).working === 0, 'nothing in work');
    await bench.crash();
    assert.deepEqual(
      (await bench.inbox.parked()).map(({ key, reason }) => [key, reason]),
      [['parked', 'Invite the bot.']],
    );
    bench.work();
    assert.equal((await bench.desk.begun('soon')).attempt, 1);
    assert.deepEqual(bench.desk.keys, ['soon']);
  });

  it('waits, when stopped, for what is in hand, and takes up nothing new', async () => {
    bench.work(1);
    await bench.inbox.mark('in hand');
    await bench.desk.begun('in hand');
    await bench.inbox.mark('waiting');
    const order: string[] = [];
    const stopped = bench.inbox.stop(GRACE_MS).then(() => order.push('stopped'));
    // A mark takes as long as a stop that does not wait would.
    await bench.inbox.mark('marked while stopping');
    order.push('ended');
    bench.desk.end('in hand', done);
    await stopped;
    assert.deepEqual(order, ['ended', 'stopped']);
    assert.deepEqual(bench.desk.keys, ['in hand']);
    await bench.crash();
    bench.work();
    await bench.desk.begun('waiting');
    await bench.desk.begun('marked while stopping');
    assert.deepEqual(bench.desk.inWork, ['marked while stopping', 'waiting']);
  });

  it('takes up nothing when it is stopped right after it began', async () => {
    await bench.inbox.mark('a');
    bench.work();
    await bench.inbox.stop(GRACE_MS);
    // A mark takes longer than taking up a key does.
    await bench.inbox.mark('b');
    assert.deepEqual(bench.desk.runs, []);
  });

  it('stops at once when nothing is in hand', async () => {
    bench.work();
    await bench.inbox.mark('late', NEVER_MS);
    await bench.inbox.stop(GRACE_MS);
    await bench.inbox.stop(GRACE_MS);
    assert.deepEqual(bench.desk.runs, []);
  });

  it('waits no longer than it is told, and what was in hand is taken up by the next', async () => {
    bench.work();
    await bench.inbox.mark('slow');
    await bench.desk.begun('slow');
    await bench.inbox.stop(20);
    assert.deepEqual(bench.desk.inWork, ['slow']);
    await bench.crash();
    bench.work();
    await bench.desk.begun('slow');
  });
}
