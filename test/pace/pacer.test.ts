import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { rateGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import { POST_PACE, READ_PACE, UPDATE_PACE } from '../../src/slack/paces.js';

describe('Pacer', () => {
  let clock: SinonFakeTimers;
  let went: string[];
  beforeEach(() => {
    clock = useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    went = [];
  });
  afterEach(() => clock.restore());

  const pacer = (perSecond = 1, burst = 3) =>
    new Pacer(
      rateGate({ perSecond, burst }, () => clock.now),
      () => clock.now,
    );
  const take = (from: Pacer, name: string, lane = 'C1', priority = 1): void => {
    from.take(lane, priority).then(
      () => went.push(`${name} ${clock.now}`),
      (error: Error) => went.push(`${name} ${error.message}`),
    );
  };
  const within = async (ms: number) => {
    await clock.tickAsync(ms);
    return went.splice(0);
  };

  it('lets a burst go at once, and the rest at the pace', async () => {
    const posts = pacer();
    for (const name of ['a', 'b', 'c', 'd', 'e']) take(posts, name);
    assert.deepEqual(await within(0), ['a 0', 'b 0', 'c 0']);
    assert.deepEqual(await within(10_000), ['d 1000', 'e 2000']);
  });

  it('has its burst again after a quiet time, and no more than that', async () => {
    const posts = pacer();
    for (const name of ['a', 'b', 'c']) take(posts, name);
    await within(3_600_000);
    for (const name of ['d', 'e', 'f', 'g']) take(posts, name);
    assert.deepEqual(await within(1_000), ['d 3600000', 'e 3600000', 'f 3600000', 'g 3601000']);
  });

  it('never lets more go in any span than the burst and the pace allow, for any arrivals', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3_000), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (gaps, burst) => {
          const started = clock.now;
          const posts = pacer(2, burst);
          const times: number[] = [];
          for (const gap of gaps) {
            posts.take('C1', 1).then(() => times.push(clock.now));
            await clock.tickAsync(gap);
          }
          await clock.tickAsync(60_000);
          assert.equal(times.length, gaps.length, 'somebody still waits');
          for (const [from, start] of times.entries()) {
            for (const [n, end] of times.slice(from).entries()) {
              assert.ok(n + 1 <= burst + ((end - start) / 1_000) * 2 + 1e-6, `${n + 1} in ${end - start} ms`);
            }
          }
          assert.ok(
            (times.at(-1) ?? 0) - started <= gaps.reduce((sum, gap) => sum + gap, 0) + gaps.length * 500,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('stays below what Slack allows: one post a second and channel, 50 calls a minute and method', () => {
    assert.ok(POST_PACE.perSecond < 1 && POST_PACE.burst <= 4);
    for (const pace of [UPDATE_PACE, READ_PACE]) assert.ok(pace.perSecond * 60 + pace.burst <= 60);
  });

  it('lets the urgent go first, and among equals who came first', async () => {
    const posts = pacer(1, 1);
    take(posts, 'first', 'C1', 0);
    take(posts, 'backlog 1', 'C1', 0);
    take(posts, 'backlog 2', 'C1', 0);
    take(posts, 'urgent 1', 'C1', 1);
    take(posts, 'urgent 2', 'C1', 1);
    assert.deepEqual(
      (await within(10_000)).map((each) => each.replace(/ \d+$/, '')),
      ['first', 'urgent 1', 'urgent 2', 'backlog 1', 'backlog 2'],
    );
  });

  it('holds no channel back for another', async () => {
    const posts = pacer(1, 1);
    take(posts, 'a', 'C1');
    take(posts, 'b', 'C1');
    take(posts, 'c', 'C2');
    assert.deepEqual(await within(0), ['a 0', 'c 0']);
  });

  it('lets nobody go before the time that Slack named, nor holds anybody back much longer', async () => {
    const posts = pacer(1, 3);
    posts.pause('C1', 30_000);
    posts.pause('C1', 5_000);
    for (const name of ['a', 'b', 'c', 'd']) take(posts, name);
    take(posts, 'elsewhere', 'C2');
    assert.deepEqual(await within(29_999), ['elsewhere 0']);
    assert.deepEqual(await within(1), ['a 30000', 'b 30000', 'c 30000']);
    assert.deepEqual(await within(5_000), ['d 31000']);
  });

  it('pauses those who wait already', async () => {
    const posts = pacer(1, 1);
    take(posts, 'a');
    take(posts, 'b');
    assert.deepEqual(await within(500), ['a 0']);
    posts.pause('C1', 10_000);
    assert.deepEqual(await within(20_000), ['b 10500']);
  });

  it('tells everybody who waits when it stops, and everybody who comes later', async () => {
    const posts = pacer(1, 1);
    take(posts, 'a');
    take(posts, 'b');
    take(posts, 'c', 'C2');
    take(posts, 'd', 'C2');
    await within(0);
    posts.stop();
    take(posts, 'e');
    assert.deepEqual(await within(60_000), ['b stopping', 'd stopping', 'e stopping']);
    assert.equal(clock.countTimers(), 0);
  });

  it('leaves nothing behind when all have gone', async () => {
    const posts = pacer(1, 1);
    posts.pause('C3', 1_000);
    for (let n = 0; n < 100; n++) take(posts, `${n}`, `C${n}`);
    await within(10_000);
    assert.equal(clock.countTimers(), 0);
  });
});
