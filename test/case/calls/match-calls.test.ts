import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { type Explained, matchCalls, momentOf } from '../../../src/case/calls/match-calls.js';
import { callAt, ownCallAt } from './sample-call.js';

const thing = (id: string, second: number, isOurs = false): Explained => ({
  id,
  ...momentOf(second * 1_000),
  isOurs,
  since: second * 1_000,
});

/** `jane`, `bot`, `?` for unclear, by id of what happened. */
function match(things: readonly Explained[], calls: readonly ApiCall[]): Record<string, string> {
  return Object.fromEntries(
    [...matchCalls(things, calls)]
      .map(
        ([id, told]) =>
          [id, told.by === 'caller' ? told.caller.name : told.by === 'bot' ? 'bot' : '?'] as const,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe('matchCalls', () => {
  it('names who made the one call that can have led to it', () => {
    assert.deepEqual(match([thing('a', 100)], [callAt(98)]), { a: 'jane' });
    assert.deepEqual(match([thing('a', 100), thing('b', 200)], [callAt(201, 'bob'), callAt(100)]), {
      a: 'jane',
      b: 'bob',
    });
  });

  it('goes by seconds, and says nothing of what no call explains', () => {
    assert.deepEqual(match([thing('a', 100)], [callAt(85)]), { a: 'jane' });
    assert.deepEqual(match([thing('a', 100)], [callAt(115)]), { a: 'jane' });
    assert.deepEqual(match([thing('a', 100)], [callAt(84), callAt(116)]), {});
    assert.deepEqual(match([], [callAt(1)]), {});
  });

  it('says less where two calls could be meant for one thing', () => {
    assert.deepEqual(match([thing('a', 100)], [callAt(100), callAt(104, 'bob')]), { a: '?' });
  });

  it('says less where one call could be meant for two things', () => {
    assert.deepEqual(match([thing('a', 100), thing('b', 104)], [callAt(102)]), { a: '?', b: '?' });
  });

  it('says less of all that hangs together, and of nothing else', () => {
    const things = [thing('a', 100), thing('b', 120), thing('far', 300)];
    assert.deepEqual(match(things, [callAt(100), callAt(110, 'bob'), callAt(300)]), {
      a: '?',
      b: '?',
      far: 'jane',
    });
  });

  it('names who it was in any case, where every call says the same', () => {
    assert.deepEqual(match([thing('a', 100), thing('b', 104)], [callAt(99), callAt(105)]), {
      a: 'jane',
      b: 'jane',
    });
    const told = matchCalls([thing('a', 100)], [callAt(99), callAt(101, 'jane', { address: '203.0.113.9' })]);
    const a = told.get('a');
    assert.equal(a?.by === 'caller' ? a.caller.address : 'none', '', 'it came from one of two addresses');
    assert.deepEqual(match([thing('a', 100)], [callAt(99), callAt(101, 'jane', { way: 'cli' })]), { a: '?' });
  });

  it('says less of a call that names nobody', () => {
    const principal = { kind: 'unknown', name: '', role: '', arn: '', account: '' } as const;
    assert.deepEqual(match([thing('a', 100)], [callAt(100, 'x', { principal })]), { a: '?' });
  });

  it("leads the bot's calls to what the bot did, and leaves the rest to others", () => {
    assert.deepEqual(match([thing('a', 100)], [ownCallAt(100)]), { a: 'bot' });
    assert.deepEqual(match([thing('ours', 100, true), thing('a', 104)], [ownCallAt(100), callAt(103)]), {
      ours: 'bot',
      a: 'jane',
    });
    assert.deepEqual(match([thing('ours', 100, true), thing('a', 104)], [ownCallAt(100)]), { ours: 'bot' });
    assert.deepEqual(match([thing('a', 100)], [ownCallAt(100), callAt(103)]), { a: '?' });
  });

  const people = ['jane', 'bob'] as const;
  const second = fc.integer({ min: 0, max: 90 });
  const calls = fc.uniqueArray(
    fc.tuple(second, fc.constantFrom(...people)).map(([at, who]) => callAt(at, who)),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  const times = fc.array(second, { maxLength: 8 });
  const SETTINGS = { numRuns: 150, seed: 20_261_121 };
  const things = (seconds: readonly number[]) => seconds.map((each, index) => thing(String(index), each));

  it('says the same for any order, and however often a record comes', () => {
    fc.assert(
      fc.property(times, calls, fc.integer(), (seconds, made, salt) => {
        const shuffled = <T>(list: readonly T[]) =>
          list.map((each, index) => ({ each, by: Math.sin(index * 99 + salt) })).sort((a, b) => a.by - b.by);
        const mixed = shuffled([...made, ...made]).map(({ each }) => each);
        const other = shuffled(things(seconds)).map(({ each }) => each);
        assert.deepEqual(match(other, mixed), match(things(seconds), made));
      }),
      SETTINGS,
    );
  });

  it('names nobody but who made a call near enough, and somebody only if nobody else did', () => {
    fc.assert(
      fc.property(times, calls, (seconds, made) => {
        for (const [id, name] of Object.entries(match(things(seconds), made))) {
          const at = (seconds[Number(id)] ?? 0) * 1_000;
          const near = made.filter((each) => Math.abs(each.at - at) <= 15_000);
          if (name === '?') continue;
          assert.ok(near.length === 0 || near.every(({ principal }) => principal.name === name));
          assert.ok(made.some(({ principal }) => principal.name === name));
        }
      }),
      SETTINGS,
    );
  });

  it('names nobody wrongly, whatever calls are missing: truth, then some records lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom(...people), fc.boolean()), {
          maxLength: 6,
        }),
        (deeds) => {
          // Far enough apart that a lost record leaves no other in its place.
          const truth = deeds.map(([skew, who, isKept], index) => ({ at: index * 100 + skew, who, isKept }));
          const made = truth.filter(({ isKept }) => isKept).map(({ at, who }) => callAt(at, who));
          const told = match(things(truth.map(({ at }) => at)), made);
          for (const [index, { who, isKept }] of truth.entries())
            assert.equal(told[String(index)], isKept ? who : undefined);
        },
      ),
      SETTINGS,
    );
  });
});
