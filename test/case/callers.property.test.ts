import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Item } from '../../src/case/item.js';
import { isSpoken } from '../../src/case/item.js';
import { type Act, acts } from './model/acts.js';
import { CaseWorld } from './model/case-world.js';

const RUNS = process.env.PROPERTY_RUNS;
const SETTINGS = RUNS === undefined ? { numRuns: 40, seed: 20_261_121 } : { numRuns: Number(RUNS) };

/** What a person reads of who did what, in whatever order. */
function doers(items: readonly Item[]): string[] {
  return items
    .flatMap((item) => {
      const by = isSpoken(item) ? item.author : item.kind === 'changed' ? undefined : item.by;
      if (by === undefined) return [];
      return [`${item.kind} ${Math.floor(item.at / 1_000)}: ${by?.caller?.name ?? by?.name ?? 'nobody'}`];
    })
    .sort();
}

/** Every record and event comes by the end; while the bot is up, each is looked into before long. */
function play(script: readonly Act[], hearsAll = true): CaseWorld {
  const world = new CaseWorld();
  for (const act of script) world.do(act);
  for (let event = world.emitted.length - 1; event >= 0; event--) world.deliver(event);
  if (hearsAll) for (let call = world.made.length - 1; call >= 0; call--) world.hear(call);
  world.finish();
  return world;
}

/** What a bot would show that had everything before it when it began. */
function shownAtOnce(world: CaseWorld): Item[] {
  const { effects } = world.plan(world.all(0), { ledger: [], card: null, shown: null });
  return effects.flatMap((effect) => (effect.do === 'post' ? [effect.item] : []));
}

function holds(script: fc.Arbitrary<Act[]>, check: (script: Act[]) => void): void {
  fc.assert(fc.property(script, check), SETTINGS);
}

describe('plan: who did it, by CloudTrail', () => {
  it('names the same in the end for any order, repetition and delay of records and events, and any crash', () =>
    holds(acts({ hears: true, changes: false }), (script) => {
      const world = play(script);
      const said = (items: readonly Item[]) => doers(items.filter(isSpoken));
      assert.deepEqual(said(world.thread.shown()), said(shownAtOnce(world)));
    }));

  it('names nobody who did not do it', () =>
    holds(acts({ hears: true }), (script) => {
      const world = play(script);
      for (const item of world.thread.shown()) {
        const caller = isSpoken(item) ? item.author.caller : item.kind === 'changed' ? null : item.by?.caller;
        if (caller == null) continue;
        const wasOnlySeen = item.kind === 'resolved' && !item.exact;
        assert.notEqual(caller.name, 'casethread', 'the outbox knows who stands behind that call');
        const made = world.made.filter(({ principal }) => principal.name === caller.name);
        assert.ok(
          made.some(({ at }) => (wasOnlySeen ? at <= item.at : Math.abs(at - item.at) <= 15_000)),
          JSON.stringify(item),
        );
      }
    }));

  it('needs nothing more once it is named: the next look has no effects', () =>
    holds(acts({ hears: true, readable: fc.boolean() }), (script) => {
      const world = play(script);
      assert.deepEqual(world.plan(world.all(0)).effects, []);
      assert.deepEqual(world.plan(world.newest(0)).effects, []);
    }));

  it('takes no name away when the records are lost', () =>
    holds(acts({ hears: true, changes: false }), (script) => {
      const world = play(script);
      const before = doers(world.thread.shown());
      world.calls.clear();
      assert.deepEqual(world.plan(world.all(0)).effects, []);
      assert.deepEqual(doers(world.thread.shown()), before);
    }));
});
