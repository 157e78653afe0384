import assert from 'node:assert/strict';
import type { ApiCall } from '../../../src/case/calls/api-call.js';
import { burst, CASE, headOf, IN, LINK, linesOf, of } from './shown.js';

describe('renderBurst, of many calls', () => {
  const many = (count: number, change: (index: number) => Partial<ApiCall>) =>
    Array.from({ length: count }, (_, index) =>
      of(
        'support',
        'ResolveCase',
        {},
        { at: 60_000 + index * 60_000, id: `e${index} support ResolveCase`, ...change(index) },
      ),
    );

  it('counts, names a few of what it was about, and says between when', () => {
    const calls = many(12, (index) => ({ ...CASE, displayId: `${index + 1}` }));
    const [head, where, ids] = linesOf(burst(calls)).map((line) => line.replace(/ \(https:[^)]*\)/g, ''));
    assert.equal(
      head,
      `:pencil2: janedoe resolved Case 1, Case 2, Case 3, Case 4, Case 5 and 7 more in ${IN}, 12 times between 1970-01-01 00:01 UTC and 00:12 UTC`,
    );
    assert.equal(where, 'In the AWS console · from 198.51.100.15 · us-east-1');
    assert.equal(ids, 'CloudTrail: ResolveCase of support.amazonaws.com · events e0, e1, e2 and 9 more');
  });

  it('counts one thing once', () => {
    assert.equal(
      linesOf(burst(many(12, () => CASE)))[0],
      `:pencil2: janedoe resolved ${LINK} in ${IN}, 12 times between 1970-01-01 00:01 UTC and 00:12 UTC`,
    );
  });

  it('does not count what it cannot see', () => {
    const head =
      linesOf(
        burst(
          many(3, () => CASE),
          { count: 40 },
        ),
      )[0] ?? '';
    assert.match(head, /resolved Case 1234563851 \(\S+\) and others in account .*, 40 times between /);
    const checks = [1, 2].map((index) =>
      of('support', 'RefreshTrustedAdvisorCheck', { checkId: `c${index}` }),
    );
    assert.match(
      linesOf(burst(checks, { count: 40 }))[0] ?? '',
      /run at least 2 different checks \(c1, c2 and others\) again/,
    );
    assert.match(linesOf(burst(checks))[0] ?? '', /run 2 different checks \(c1 and c2\) again/);
    const cut = of('support', 'DescribeTrustedAdvisorCheckSummaries', {
      checkIds: `${'Pfx0RwqBli, '.repeat(16)}eW7HH0l`,
    });
    assert.match(headOf(cut) ?? '', /at least 1 different checks \(Pfx0RwqBli and others\)/);
  });

  it('says the day of its end where that may be another', () => {
    const calls = many(2, (index) => ({ at: 60_000 + index * 86_400_000 }));
    assert.match(
      linesOf(burst(calls))[0] ?? '',
      /twice between 1970-01-01 00:01 UTC and 1970-01-02 00:01 UTC$/,
    );
  });

  it('says by which error all of them failed', () => {
    const failed = (error: string) =>
      linesOf(burst(many(4, () => ({ error }))))[0]
        ?.split('UTC')
        .at(-1);
    assert.equal(failed('AccessDenied'), ', and was refused by AWS: AccessDenied (no permission for it)');
    assert.equal(
      failed('InternalServerError'),
      ', which failed: InternalServerError (AWS had trouble of its own)',
    );
  });

  it('says of a record without an id nothing that finds no record', () => {
    const id = `${'x'.repeat(43)} support ResolveCase`;
    assert.equal(
      linesOf(burst([of('support', 'ResolveCase', {}, { id })])).at(-1),
      'CloudTrail: ResolveCase of support.amazonaws.com',
    );
  });
});
