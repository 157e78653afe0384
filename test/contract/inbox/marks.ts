import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AHEAD_MS } from '../../../src/inbox/inbox.js';
import { again, done } from '../../../src/inbox/outcome.js';
import { type InboxBench, NEVER_MS } from '../inbox.contract.js';

export function marksContract(bench: InboxBench): void {
  it('works once on what was marked, before or after the work began, however often', async () => {
    for (let times = 0; times < 3; times++) await bench.inbox.mark('before');
    bench.work();
    await bench.desk.begun('before');
    await bench.inbox.mark('after');
    await bench.desk.begun('after');
    bench.desk.end('before', done);
    bench.desk.end('after', done);
    await bench.empty();
    assert.deepEqual(bench.desk.keys, ['before', 'after']);
  });

  it('works on a key again that was marked while it was in work, afterwards and once', async () => {
    bench.work();
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    for (let times = 0; times < 3; times++) await bench.inbox.mark('a');
    // By the time that another key is begun, a second worker on this one would have begun too.
    await bench.inbox.mark('b');
    await bench.desk.begun('b');
    assert.equal(bench.desk.of('a').length, 1);
    bench.desk.end('a', done);
    await bench.desk.begun('a', 2);
    bench.desk.end('a', done);
    bench.desk.end('b', done);
    await bench.empty();
    assert.equal(bench.desk.of('a').length, 2);
  });

  it('works on so many keys at once, and on the next when one has ended', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e'];
    for (const key of keys) await bench.inbox.mark(key);
    bench.work(3);
    await bench.desk.begun('c');
    assert.deepEqual(bench.desk.inWork, ['a', 'b', 'c']);
    bench.desk.end('b', done);
    await bench.desk.begun('d');
    assert.deepEqual(bench.desk.inWork, ['a', 'c', 'd']);
    bench.desk.end('a', done);
    await bench.desk.begun('e');
    for (const key of ['c', 'd', 'e']) bench.desk.end(key, done);
    await bench.empty();
    assert.equal(bench.desk.busiest, 3);
    assert.deepEqual([...bench.desk.keys].sort(), keys);
  });

  it('does not begin before a delay is over', async () => {
    bench.work();
    const before = performance.now();
    await bench.inbox.mark('late', 120);
    await bench.inbox.mark('at once');
    await bench.desk.begun('at once');
    assert.equal(bench.desk.of('late').length, 0);
    await bench.desk.begun('late');
    assert.ok(performance.now() - before >= 115);
  });

  it('brings a delayed key forward when it is marked without delay', async () => {
    bench.work();
    await bench.inbox.mark('a', NEVER_MS);
    assert.equal((await bench.inbox.stats()).waiting, 1);
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
  });

  it('does not put off what is due earlier', async () => {
    await bench.inbox.mark('a');
    await bench.inbox.mark('a', NEVER_MS);
    bench.work();
    await bench.desk.begun('a');
  });

  it('says how many wait and how many are in work', async () => {
    assert.deepEqual(await bench.inbox.stats(), { waiting: 0, working: 0, parked: 0 });
    bench.work(1);
    await bench.inbox.mark('a');
    await bench.desk.begun('a');
    await bench.inbox.mark('b');
    await bench.inbox.mark('c', NEVER_MS);
    assert.deepEqual(await bench.inbox.stats(), { waiting: 2, working: 1, parked: 0 });
  });

  it('says since when a key is marked, from its first mark until it is done', async () => {
    bench.work();
    await bench.inbox.mark('a');
    const { since } = await bench.desk.begun('a');
    bench.desk.end('a', again('not yet', 30));
    assert.equal((await bench.desk.begun('a', 2)).since, since);
    bench.desk.end('a', done);
    await bench.empty();
    await bench.inbox.mark('a');
    assert.ok((await bench.desk.begun('a', 3)).since >= since + 30);
  });

  for (const odd of ['__proto__', '111122223333/case', 'a:b', "'; --", '🧵']) {
    it(`takes ${odd} for a key like any other`, async () => {
      bench.work();
      await bench.inbox.mark(odd);
      await bench.desk.begun(odd);
      bench.desk.end(odd, done);
      await bench.empty();
      assert.deepEqual(bench.desk.keys, [odd]);
    });
  }

  it('never forgets a mark: the last run of every key begins after its last mark', async () => {
    let moment = 0;
    const lastMark = new Map<string, number>();
    const lastRun = new Map<string, number>();
    const inWork = new Set<string>();
    let answers: readonly boolean[] = [];
    let runs = 0;
    bench.inbox.run(
      async ({ key }) => {
        assert.ok(!inWork.has(key), `${key} is worked on by two at once`);
        inWork.add(key);
        lastRun.set(key, ++moment);
        runs += 1;
        if (runs % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
        inWork.delete(key);
        return answers[runs % 7] === true ? again('once more', 1) : done;
      },
      { concurrency: 2 },
    );
    const steps = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), wait: fc.boolean() }), {
      maxLength: 20,
    });
    // One answer is always 'done', so that there is an end.
    const mixed = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(steps, mixed, async (marks, again) => {
        answers = again;
        const marked: Promise<void>[] = [];
        for (const { key, wait } of marks) {
          lastMark.set(key, ++moment);
          marked.push(bench.inbox.mark(key));
          if (wait) await Promise.all(marked);
        }
        await Promise.all(marked);
        await bench.empty();
        for (const [key, at] of lastMark) assert.ok((lastRun.get(key) ?? 0) > at, `${key} was forgotten`);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves room for other groups, and takes up the rest of a full one as its keys end', async () => {
    for (const key of ['one/1', 'one/2', 'one/3', 'one/4', 'two/1', 'three/1']) await bench.inbox.mark(key);
    bench.work({ concurrency: 4, perGroup: 2 });
    await bench.desk.begun('three/1');
    assert.deepEqual(bench.desk.inWork, ['one/1', 'one/2', 'three/1', 'two/1']);
    bench.desk.end('two/1', done);
    bench.desk.end('three/1', done);
    // A key of another group begins, marked after those of the full one.
    await bench.inbox.mark('two/2');
    await bench.desk.begun('two/2');
    assert.deepEqual(bench.desk.inWork, ['one/1', 'one/2', 'two/2']);
    for (const key of ['one/1', 'one/2']) bench.desk.end(key, done);
    await bench.desk.begun('one/4');
    for (const key of ['one/3', 'one/4', 'two/2']) bench.desk.end(key, done);
    await bench.empty();
  });

  it('has a worker left for what goes ahead, and takes it before what was marked earlier', async () => {
    for (const key of ['a', 'b', 'c', 'd']) await bench.inbox.mark(key);
    bench.work({ concurrency: 3, reserved: 1 });
    await bench.desk.begun('b');
    assert.deepEqual(bench.desk.inWork, ['a', 'b']);
    await bench.inbox.mark('ahead 1', AHEAD_MS);
    await bench.desk.begun('ahead 1');
    await bench.inbox.mark('ahead 2', AHEAD_MS);
    bench.desk.end('a', done);
    await bench.desk.begun('ahead 2');
    assert.deepEqual(bench.desk.inWork, ['ahead 1', 'ahead 2', 'b']);
    bench.desk.end('ahead 1', done);
    bench.desk.end('ahead 2', done);
    await bench.desk.begun('c');
    for (const key of ['b', 'c']) bench.desk.end(key, done);
    await bench.desk.begun('d');
    bench.desk.end('d', done);
    await bench.empty();
  });
}
