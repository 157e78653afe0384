import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Item, TransitionItem } from '../../src/case/item.js';
import type { Plan } from '../../src/case/plan.js';
import { type Act, acts } from './model/acts.js';
import { CaseWorld, type Truth } from './model/case-world.js';

/** The same worlds every time; PROPERTY_RUNS=20000 looks at new ones, and at more of them. */
const RUNS = process.env.PROPERTY_RUNS;
const SETTINGS = RUNS === undefined ? { numRuns: 300, seed: 20_260_301 } : { numRuns: Number(RUNS) };

function holds(script: fc.Arbitrary<Act[]>, check: (script: Act[], lost: boolean[]) => void): void {
  const lost = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });
  fc.assert(fc.property(script, lost, check), SETTINGS);
}

/** What a person reads, in whatever order: who said what. */
function said(items: readonly (Item | Truth)[]): string[] {
  return items
    .flatMap((item) => {
      if (item.kind !== 'communication') return [];
      return [`${typeof item.author === 'string' ? item.author : item.author.name}: ${item.text}`];
    })
    .sort();
}

function changes(items: readonly Item[]): TransitionItem[] {
  return items.flatMap((item) => (item.kind === 'resolved' || item.kind === 'reopened' ? [item] : []));
}

function timesOf(kind: Truth['kind'], items: readonly { kind: string }[]): number {
  return items.filter((item) => item.kind === kind).length;
}

function posts(plan: Plan): Item[] {
  return plan.effects.flatMap((effect) => (effect.do === 'post' ? [effect.item] : []));
}

/** The script as it is, then the events that are left, newest first, and a bot that has nothing more to do. */
function play(
  script: readonly Act[],
  isLost: (event: number) => boolean = () => false,
  world = new CaseWorld(),
): CaseWorld {
  for (const act of script) {
    if (act.act === 'deliver' && isLost(act.which % world.emitted.length)) continue;
    world.do(act);
  }
  for (let event = world.emitted.length - 1; event >= 0; event--) if (!isLost(event)) world.deliver(event);
  world.finish();
  return world;
}

/** The same history, every event delivered at once and looked into at once. */
function playInOrder(script: readonly Act[]): CaseWorld {
  const world = new CaseWorld();
  let delivered = 0;
  const catchUp = () => {
    while (delivered < world.emitted.length) world.deliver(delivered++);
    world.reconcile({ behindMs: 0, readable: true, crashAfter: Number.POSITIVE_INFINITY });
  };
  catchUp();
  for (const act of script) {
    if (act.act === 'deliver' || act.act === 'reconcile') continue;
    world.do(act);
    catchUp();
  }
  world.finish();
  return world;
}

describe('plan: the finished thread', () => {
  it('shows everything once, and the same as in order, for any order, repetition, delay and crash', () =>
    holds(acts(), (script) => {
      const world = play(script);
      const shown = world.thread.shown();
      assert.deepEqual(said(shown), said(world.truth));
      const inOrder = playInOrder(script).thread.shown();
      assert.deepEqual(said(shown), said(inOrder));
      for (const kind of ['resolved', 'reopened'] as const) {
        assert.equal(timesOf(kind, shown), timesOf(kind, world.truth), kind);
        assert.equal(timesOf(kind, shown), timesOf(kind, inOrder), kind);
      }
    }));

  it('shows every communication once and how the case stands, whatever events are lost', () =>
    holds(acts(), (script, lost) => {
      const world = play(script, (event) => lost[event % lost.length] === true);
      const shown = world.thread.shown();
      assert.deepEqual(said(shown), said(world.truth));
      const last = changes(shown)
        .toSorted((a, b) => a.at - b.at)
        .at(-1);
      assert.equal(last?.kind === 'resolved', world.status === 'resolved');
      for (const kind of ['resolved', 'reopened'] as const) {
        assert.ok(timesOf(kind, shown) <= timesOf(kind, world.truth), `${kind} too often`);
      }
    }));

  it('shows every text once after times in which AWS could not be asked, in place of what announced it', () =>
    holds(acts({ readable: fc.boolean() }), (script) => {
      const { thread, truth } = play(script);
      const shown = thread.shown();
      assert.deepEqual(said(shown), said(truth));
      const confirmed = new Set(thread.ledger.filter((row) => row.ts !== null).map((row) => row.entry));
      assert.deepEqual(
        shown.filter((item) => item.kind === 'unread' && confirmed.has(item.id)),
        [],
      );
    }));

  it('shows every text once also where events and communications differ by seconds', () =>
    holds(acts({ readable: fc.boolean(), jitterMs: 5_000 }), (script, lost) => {
      const { thread, truth } = play(script, (event) => lost[event % lost.length] === true);
      assert.deepEqual(said(thread.shown()), said(truth));
    }));

  it('needs nothing more: the next look, at the newest or at all, has no effects', () =>
    holds(acts({ readable: fc.boolean() }), (script) => {
      const world = new CaseWorld();
      for (const act of script) {
        world.do(act.act === 'reconcile' ? { ...act, crashAfter: Number.POSITIVE_INFINITY } : act);
      }
      world.settleDown();
      assert.deepEqual(world.plan(world.all(0)).effects, []);
      assert.deepEqual(world.plan(world.newest(0)).effects, []);
    }));
});

describe('plan: who and when', () => {
  it('posts the oldest first in every run', () =>
    holds(acts({ readable: fc.boolean() }), (script) => {
      for (const plan of play(script).plans) {
        const seconds = posts(plan).map((item) => Math.floor(item.at / 1_000));
        assert.deepEqual(
          seconds,
          seconds.toSorted((a, b) => a - b),
        );
      }
    }));

  it('posts what was said before it looked in the order in which it was said, also within a second', () =>
    holds(acts(), (script) => {
      const world = play(script.filter((act) => act.act !== 'reconcile'));
      const texts = (items: readonly (Item | Truth)[]) =>
        items.flatMap((item) => (item.kind === 'communication' ? [item.text] : []));
      assert.deepEqual(texts(world.thread.shown()), texts(world.truth));
    }));

  it('names who resolved or reopened where events come in order, and nobody else', () =>
    holds(acts(), (script) => {
      const world = playInOrder(script);
      assert.deepEqual(
        changes(world.thread.shown()).map(({ kind, by }) => `${kind} by ${by?.name ?? ''}`),
        world.truth.flatMap(({ kind, author }) => (kind === 'communication' ? [] : [`${kind} by ${author}`])),
      );
    }));

  it('names for a change only people who have made such a change, whatever the order', () =>
    holds(acts({ readable: fc.boolean() }), (script, lost) => {
      const world = play(script, (event) => lost[event % lost.length] === true);
      for (const { kind, by } of changes(world.thread.shown())) {
        if (by !== null) assert.ok(world.truth.some((each) => each.kind === kind && each.author === by.name));
      }
    }));
});

describe('plan: the newest communications', () => {
  it('lead to the same posts as all of them, unless the plan or mustWalk asks for all', () => {
    let compared = 0;
    holds(acts({ readable: fc.boolean() }), (script, lost) => {
      const world = new CaseWorld({ compares: true });
      const { windows } = play(script, (event) => lost[event % lost.length] === true, world);
      compared += windows.length;
      for (const { window, whole } of windows) {
        assert.deepEqual(
          posts(window).map(({ id }) => id),
          posts(whole).map(({ id }) => id),
        );
      }
    });
    assert.ok(compared > 100, 'too few looks at the newest were compared');
  });
});

describe('plan: after the store was lost', () => {
  /** Said again, once the store knows of nothing but the thread. */
  const isOnce = (world: CaseWorld): void => {
    const shown = world.thread.shown();
    assert.deepEqual(said(shown), said(world.truth));
    const last = changes(shown)
      .toSorted((a, b) => a.at - b.at)
      .at(-1);
    assert.equal(last?.kind === 'resolved', world.status === 'resolved');
    for (const kind of ['resolved', 'reopened'] as const) {
      assert.ok(timesOf(kind, shown) <= timesOf(kind, world.truth), `${kind} too often`);
    }
  };

  it('says everything once, whenever it was lost, with events that come again or never', () =>
    holds(acts({ losesStore: true }), (script, lost) => {
      isOnce(play(script, (event) => lost[event % lost.length] === true));
    }));

  it('says everything once also where AWS could not be asked at times', () =>
    holds(acts({ losesStore: true, readable: fc.boolean() }), (script, lost) => {
      const world = play(script, (event) => lost[event % lost.length] === true);
      assert.deepEqual(said(world.thread.shown()), said(world.truth));
    }));

  it('has nothing to add to a finished thread, and leaves what is there as it is', () =>
    holds(acts({ readable: fc.boolean() }), (script) => {
      const world = play(script);
      world.loseStore();
      for (const reading of [world.all(0), world.newest(0), null]) {
        const { effects } = world.plan(reading);
        assert.deepEqual(
          effects.filter((effect) => effect.do !== 'refresh-card'),
          [],
        );
      }
    }));
});

describe('plan: what AWS changes without an event', () => {
  const QUIET_LOOK: Act = {
    act: 'reconcile',
    gap: 0,
    behindMs: 0,
    readable: true,
    crashAfter: Number.POSITIVE_INFINITY,
  };
  const entriesOf = (what: 'status' | 'severity', items: readonly Item[]) =>
    items.flatMap((item) => (item.kind === 'changed' && item.what === what ? [item] : []));

  /** Each leads on from the one before, and the last to how the case stands. Returns how many there are. */
  const isChain = (world: CaseWorld, what: 'status' | 'severity'): number => {
    const entries = entriesOf(what, world.thread.shown());
    for (const [index, { from, to }] of entries.entries()) {
      assert.notEqual(from, to);
      assert.equal(from, entries[index - 1]?.to ?? from);
    }
    assert.equal(entries.at(-1)?.to ?? world[what], world[what]);
    assert.equal(world.card?.details?.[what], world[what]);
    return entries.length;
  };

  it('tells of every severity that was seen once, each from the one before, wherever a run dies', () => {
    let told = 0;
    holds(acts(), (script) => {
      told += isChain(play(script), 'severity');
    });
    assert.ok(told > 100, 'too few were told');
  });

  it('tells of every status that was seen, where nothing else tells of it, wherever a run dies', () => {
    let told = 0;
    const silent = new Set<Act['act']>(['change', 'reconcile', 'deliver']);
    holds(acts(), (script) => {
      const quiet = script.filter(({ act }) => silent.has(act));
      told += isChain(play([QUIET_LOOK, ...quiet]), 'status');
    });
    assert.ok(told > 100, 'too few were told');
  });

  it('tells of no status that a resolving or a reopening tells of', () =>
    holds(acts({ readable: fc.boolean() }), (script, lost) => {
      const world = play(script, (event) => lost[event % lost.length] === true);
      const entries = entriesOf('status', world.thread.shown());
      for (const { from, to } of entries) assert.ok(from !== to && ![from, to].includes('resolved'));
    }));

  it('tells of nothing else once the store was lost and nobody remembers how it stood', () =>
    holds(acts({ losesStore: true }), (script) => {
      const world = play(script);
      const { thread } = world;
      const before = thread.shown().length;
      world.loseStore();
      world.finish();
      assert.equal(thread.shown().length, before);
    }));
});

describe('plan: the first answer', () => {
  it('is known at the end, from whatever looks, and never claimed wrongly', () => {
    const firstOf = ({ truth }: CaseWorld) =>
      truth.find(({ kind, author }) => kind === 'communication' && author === 'AWS Support')?.at ?? null;
    let answered = 0;
    holds(acts({ readable: fc.boolean(), losesStore: true }), (script, lost) => {
      const world = play(script, (event) => lost[event % lost.length] === true);
      assert.equal(world.card?.firstAnswer?.at, firstOf(world));
      for (const { card } of world.plans) {
        const { at } = card.firstAnswer ?? { at: null };
        if (at === null) continue;
        answered += 1;
        assert.equal(at, firstOf(world));
      }
    });
    assert.ok(answered > 100, 'too few were answered');
  });
});
