import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AWS_AUTHOR } from '../../src/case/communication.js';
import {
  duration,
  firstAnswerOf,
  firstResponseChangesAt,
  firstResponseWords,
  targetOf,
  type Waiting,
} from '../../src/case/first-response.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OPENED = Date.UTC(2026, 2, 1);

function waiting(severity: string, more: Partial<Waiting> = {}): Waiting {
  const firstAnswer = { at: null, asOf: OPENED };
  const openedBy = 'jane@example.com';
  return { severity, openedBy, openedAt: OPENED, resolved: false, firstAnswer, plan: null, ...more };
}

describe('the time in which AWS means to answer a critical case', () => {
  const MINUTES = [
    [null, 30],
    ['business', 30],
    ['business-plus', 30],
    ['enterprise-on-ramp', 30],
    ['enterprise', 15],
    ['unified-operations', 5],
    // They answer in business hours only: no time can be promised.
    ['developer', null],
    ['basic', null],
  ] as const;
  for (const [plan, minutes] of MINUTES) {
    it(`is ${minutes === null ? 'not known' : `${minutes} min`} with the plan ${plan}`, () => {
      assert.equal(targetOf(waiting('critical', { plan })), minutes === null ? null : minutes * MINUTE);
    });
  }

  it('is the same with all of them for other cases', () => {
    for (const plan of [null, 'business-plus', 'enterprise', 'unified-operations'] as const)
      assert.equal(targetOf(waiting('urgent', { plan })), HOUR);
  });
});

const answered = (severity: string, after: number) =>
  waiting(severity, { firstAnswer: { at: OPENED + after, asOf: OPENED + after } });

describe('the first answer that AWS means to give', () => {
  const WORDS: readonly [severity: string, after: number, words: string][] = [
    ['low', 0, 'due in about 24 h'],
    ['low', 29 * MINUTE, 'due in about 24 h'],
    ['low', 31 * MINUTE, 'due in about 23 h'],
    ['normal', HOUR, 'due in about 11 h'],
    ['normal', 7 * HOUR + 50 * MINUTE, 'due in about 4 h'],
    ['high', 0, 'due in about 4 h'],
    ['high', 20 * MINUTE, 'due in about 3 h 30 min'],
    ['high', 50 * MINUTE, 'due in about 3 h'],
    ['urgent', 0, 'due in about 1 h'],
    ['urgent', 21 * MINUTE, 'due in about 40 min'],
    ['urgent', 55 * MINUTE, 'due in about 5 min'],
    ['urgent', 58 * MINUTE, 'due in a few minutes'],
    ['urgent', HOUR, 'due now'],
    ['urgent', HOUR + 41 * MINUTE, '40 min late'],
    ['urgent', 3 * HOUR + 59 * MINUTE, '2 h late'],
    ['urgent', 15 * HOUR, '12 h late'],
    ['urgent', 80 * HOUR, '3 days late'],
    ['critical', 0, 'due in about 30 min'],
    ['critical', 28 * MINUTE, 'due in a few minutes'],
  ];
  for (const [severity, after, words] of WORDS) {
    it(`is ${words} on a case of severity ${severity}, ${duration(after)} after it was opened`, () => {
      assert.equal(firstResponseWords(waiting(severity), OPENED + after), `First answer from AWS ${words}`);
    });
  }

  it('is told of with the time that it took, and how late it was', () => {
    const told = (each: Waiting) => firstResponseWords(each, OPENED + 900 * HOUR);
    assert.equal(told(answered('urgent', 25 * MINUTE)), 'First answer from AWS after 25 min');
    assert.equal(
      told(answered('urgent', 100 * MINUTE)),
      'First answer from AWS after 1 h 40 min, 40 min late',
    );
    assert.equal(told(answered('low', 20_000)), 'First answer from AWS after less than a minute');
    assert.equal(told(answered('low', -1_000)), 'First answer from AWS after less than a minute');
    assert.equal(told(answered('high', 72 * HOUR)), 'First answer from AWS after 3 days, 2 days late');
  });

  it('is not spoken of where there is no target, or nobody knows, or nobody waits', () => {
    for (const each of [
      waiting('a-new-one'),
      waiting('constructor'),
      waiting(''),
      waiting('low', { firstAnswer: undefined }),
      waiting('low', { openedBy: AWS_AUTHOR }),
      waiting('low', { openedAt: 0 }),
      waiting('low', { resolved: true }),
    ]) {
      assert.equal(firstResponseWords(each, OPENED + HOUR), null);
      assert.equal(firstResponseChangesAt(each, OPENED + HOUR), null);
    }
    assert.equal(firstResponseChangesAt(answered('low', HOUR), OPENED + 2 * HOUR), null);
  });

  it('is said in words that hold until the time that is given, and no longer', () => {
    const severity = fc.constantFrom('low', 'normal', 'high', 'urgent', 'critical');
    fc.assert(
      fc.property(severity, fc.integer({ min: 0, max: 100 * HOUR }), fc.nat(), (code, after, within) => {
        const each = waiting(code);
        const now = OPENED + after;
        const changesAt = firstResponseChangesAt(each, now) ?? assert.fail('it always changes');
        assert.ok(changesAt > now);
        const words = firstResponseWords(each, now);
        assert.equal(firstResponseWords(each, now + (within % (changesAt - now))), words);
        assert.notEqual(firstResponseWords(each, changesAt), words);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it('costs few updates: each word stands for minutes when it is urgent, for hours when it is not', () => {
    const changes = (severity: string, until: number) => {
      let count = 0;
      for (let at: number | null = OPENED; at !== null && at < OPENED + until; count++)
        at = firstResponseChangesAt(waiting(severity), at);
      return count;
    };
    assert.ok(changes('low', 24 * HOUR) < 45);
    assert.ok(changes('urgent', HOUR) < 16);
    assert.ok(changes('critical', 14 * 24 * HOUR) < 50);
  });
});

describe('firstAnswerOf: whether AWS has answered', () => {
  const us = (at: number) => ({ at, byAws: false });
  const aws = (at: number) => ({ at, byAws: true });

  it('is known of all communications', () => {
    assert.deepEqual(firstAnswerOf([us(1), aws(2), us(3), aws(4)], true, undefined), { at: 2, asOf: 4 });
    assert.deepEqual(firstAnswerOf([us(1), us(3)], true, undefined), { at: null, asOf: 3 });
    assert.deepEqual(firstAnswerOf([], true, undefined), { at: null, asOf: 0 });
  });

  it('is not claimed of the newest alone', () => {
    assert.equal(firstAnswerOf([us(5), aws(6)], false, undefined), undefined);
    assert.equal(firstAnswerOf([us(5), aws(6)], false, { at: null, asOf: 4 }), undefined);
    assert.equal(firstAnswerOf([], false, { at: null, asOf: 4 }), undefined);
  });

  it('is known where the newest reach back to what was known', () => {
    assert.deepEqual(firstAnswerOf([us(4), aws(6)], false, { at: null, asOf: 4 }), { at: 6, asOf: 6 });
    assert.deepEqual(firstAnswerOf([us(4), us(6)], false, { at: null, asOf: 5 }), { at: null, asOf: 6 });
  });

  it('stays known once it is', () => {
    const known = { at: 2, asOf: 4 };
    assert.equal(firstAnswerOf([aws(8)], false, known), known);
    assert.equal(firstAnswerOf([us(1)], true, known), known);
  });
});
