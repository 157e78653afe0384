import assert from 'node:assert/strict';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import type { Gate } from '../../src/pace/gate.js';
import { rateGate, windowGate } from '../../src/pace/local-gates.js';
import { NoTurn, Pacer } from '../../src/pace/pacer.js';

/** Between a question and its answer. */
const WAY_MS = 2;

/** The pacers of several replicas before one gate, which is some way off, in a time of their own. */
describe('Pacer before a shared gate', () => {
  let clock: SinonFakeTimers;
  let went: string[];
  let asked: number;
  let away: boolean;
  beforeEach(() => {
    clock = useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    went = [];
    asked = 0;
    away = false;
  });
  afterEach(() => clock.restore());

  const onTheWay = () => new Promise((resolve) => setTimeout(resolve, WAY_MS / 2));
  const farOff = (gate: Gate): Gate => ({
    spreadMs: 40,
    async take(lane) {
      asked++;
      await onTheWay();
      if (away) throw new Error('ECONNREFUSED');
      const answer = await gate.take(lane);
      await onTheWay();
      return answer;
    },
    async pause(lane, ms) {
      await onTheWay();
      if (away) throw new Error('ECONNREFUSED');
      await gate.pause(lane, ms);
    },
  });
  const oneASecond = () => farOff(rateGate({ perSecond: 1, burst: 1 }, () => clock.now));
  /** Chance that is the same in every run. */
  const chance = (seed: number) => () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const replicas = (gate: Gate, count = 3) =>
    Array.from({ length: count }, (_, n) => new Pacer(gate, () => clock.now, chance(n + 1)));
  const take = (from: Pacer | undefined, name: string, priority = 1, lane = 'C1'): void => {
    from?.take(lane, priority).then(
      () => went.push(name),
      (error: Error) => went.push(`${name}: ${error.message}`),
    );
  };
  const within = async (ms: number) => {
    await clock.tickAsync(ms);
    return went.splice(0);
  };

  it('asks once for each turn in a free lane', async () => {
    const [a] = replicas(farOff(rateGate({ perSecond: 1, burst: 50 }, () => clock.now)));
    const names = Array.from({ length: 50 }, (_, n) => `${n}`);
    for (const name of names) take(a, name);
    assert.deepEqual(await within(50 * WAY_MS), names);
    assert.equal(asked, 50);
  });

  it('keeps the order of a line by priority, then arrival, also for those who come while it asks', async () => {
    const [a] = replicas(oneASecond());
    take(a, 'backlog 1', 0);
    take(a, 'backlog 2', 0);
    take(a, 'urgent 1');
    await clock.tickAsync(500);
    take(a, 'urgent 2');
    assert.deepEqual(await within(10_000), ['urgent 1', 'urgent 2', 'backlog 1', 'backlog 2']);
  });

  it('holds no lane back for another that waits, or whose answer is late', async () => {
    const gate = oneASecond();
    let free = () => {};
    const stuck = new Promise<void>((resolve) => {
      free = resolve;
    });
    const [a] = replicas({
      ...gate,
      async take(lane) {
        if (lane === 'C1') await stuck;
        return gate.take(lane);
      },
    });
    take(a, 'stuck');
    take(a, 'goes', 1, 'C2');
    take(a, 'waits', 1, 'C2');
    take(a, 'goes as well', 1, 'C3');
    assert.deepEqual(await within(500), ['goes', 'goes as well']);
    free();
    assert.deepEqual(await within(WAY_MS), ['stuck']);
    assert.deepEqual(await within(1_000), ['waits']);
  });

  it('gives all replicas their turns, however many wait elsewhere, with little asking', async () => {
    const all = replicas(oneASecond());
    for (let n = 0; n < 100; n++) for (const [at, each] of all.entries()) take(each, `${at}`);
    const turns = await within(60_000);
    assert.ok(turns.length >= 59 && turns.length <= 60, `${turns.length} turns`);
    for (const one of ['0', '1', '2']) {
      const places = turns.flatMap((each, place) => (each === one ? [place] : []));
      assert.ok(places.length >= 15, `${one} had ${places.length} turns`);
      const gaps = [...places, turns.length].map((place, n) => place - (places[n - 1] ?? -1));
      assert.ok(Math.max(...gaps) <= 8, `${one} waited for ${Math.max(...gaps)} turns`);
    }
    assert.ok(asked <= turns.length * 4.2, `asked ${asked} times for ${turns.length} turns`);
  });

  it('lets the urgent of one replica go before what can wait at all others', async () => {
    const [a, b, c] = replicas(oneASecond());
    for (let n = 0; n < 20; n++) {
      take(a, 'backlog', 0);
      take(c, 'backlog', 0);
    }
    await within(4_500);
    for (let n = 0; n < 5; n++) take(b, 'urgent');
    assert.deepEqual(
      await within(5_000),
      Array.from({ length: 5 }, () => 'urgent'),
    );
    assert.equal((await within(5_000)).length, 5);
  });

  it('gives all the turns there are, also in bursts', async () => {
    const all = replicas(farOff(windowGate({ calls: 5, perMs: 1_050 }, () => clock.now)));
    for (let n = 0; n < 100; n++) for (const each of all) take(each, 'turn');
    const { length } = await within(30_000);
    assert.ok(length >= 130 && length <= 145, `${length} turns`);
  });

  it('pauses all when one was told to wait', async () => {
    const [a, b] = replicas(oneASecond());
    take(b, 'first');
    take(b, 'second');
    await within(500);
    a?.pause('C1', 10_000);
    take(a, 'third');
    assert.deepEqual(await within(9_990), []);
    assert.deepEqual((await within(1_200)).sort(), ['second', 'third']);
  });

  it('pauses for itself at least where the others cannot be told, and lets a turn go that came too late', async () => {
    const [a] = replicas(oneASecond());
    take(a, 'paused');
    await clock.tickAsync(WAY_MS / 2);
    away = true;
    a?.pause('C1', 10_000);
    await clock.tickAsync(WAY_MS);
    away = false;
    assert.deepEqual(await within(9_990), []);
    assert.deepEqual(await within(1_200), ['paused']);
  });

  it('turns everybody away who waits while the gate is away, asks once for that, and goes on when it is back', async () => {
    const [a] = replicas(oneASecond());
    for (const name of ['1', '2', '3']) take(a, name);
    await within(500);
    away = true;
    const before = asked;
    assert.deepEqual(await within(1_000), ['2: gate-away', '3: gate-away']);
    assert.equal(asked, before + 1);
    let error: unknown;
    a?.take('C1', 1).catch((each: unknown) => {
      error = each;
    });
    await clock.tickAsync(1_000);
    assert.ok(error instanceof NoTurn && error.cause instanceof Error);
    away = false;
    take(a, '4');
    assert.deepEqual(await within(1_000), ['4']);
    assert.equal(clock.countTimers(), 0);
  });

  it('turns everybody away when it stops, also while it asks, and asks no more', async () => {
    const [a] = replicas(oneASecond());
    take(a, 'asks');
    take(a, 'waits');
    a?.stop();
    take(a, 'late');
    assert.deepEqual(await within(0), ['asks: stopping', 'waits: stopping', 'late: stopping']);
    assert.deepEqual(await within(10_000), []);
    assert.equal(asked, 1);
    assert.equal(clock.countTimers(), 0);
  });
});
