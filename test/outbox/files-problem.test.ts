import assert from 'node:assert/strict';
import { filesProblem, megabytes, nameForAws, wayOf } from '../../src/outbox/files-problem.js';

const MB = 1024 * 1024;
const of = (...sizes: number[]) => sizes.map((size, n) => ({ name: `${n}.log`, size }));

describe('files for AWS', () => {
  it('go as a set when they are few and small, and else as uploads', () => {
    assert.equal(wayOf(of(5 * MB)), 'set');
    assert.equal(wayOf(of(1, 5 * MB, 5 * MB)), 'set');
    assert.equal(wayOf(of(1, 1, 1, 1)), 'uploads');
    assert.equal(wayOf(of(1, 5 * MB + 1)), 'uploads');
  });

  it('are refused when they are too many or too large, and not before Slack has said their size', () => {
    assert.equal(filesProblem([]), null);
    assert.equal(filesProblem(of(0)), null);
    assert.equal(filesProblem(of(...Array<number>(10).fill(150 * MB))), null);
    assert.match(
      filesProblem(of(...Array<number>(11).fill(1))) ?? '',
      /These are 11 files, and AWS takes 10/,
    );
    assert.equal(
      filesProblem(of(1, 150 * MB + 1)),
      '“1.log” (150.1 MB) is larger than the 150 MB that AWS takes. Compress or split it, or send a link instead.',
    );
    assert.match(filesProblem(of(200 * MB, 300 * MB)) ?? '', /^“0\.log” \(200 MB\), “1\.log” \(300 MB\) are/);
  });

  it('never seem smaller than they are', () => {
    assert.deepEqual([1, MB, 5 * MB + 1, 1_500 * MB].map(megabytes), [
      '0.1 MB',
      '1 MB',
      '5.1 MB',
      '1,500 MB',
    ]);
  });

  it('have names that are no paths, break no line, and keep their ending', () => {
    assert.equal(nameForAws('server log (1).txt'), 'server log (1).txt');
    assert.equal(nameForAws('../a\\b\n\u0000c.txt'), '.._a_b_c.txt');
    assert.equal(nameForAws(' \n '), '_');
    assert.equal(nameForAws(''), 'file');
    const long = nameForAws(`${'😀'.repeat(300)}.tar`);
    assert.ok(long.length <= 200 && long.endsWith('😀.tar'), long);
  });
});
