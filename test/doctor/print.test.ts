import assert from 'node:assert/strict';
import { heading, lineOf, sumOf } from '../../scripts/doctor/print.js';
import type { Finding } from '../../src/doctor/finding.js';

const finding = (more: Partial<Finding> = {}): Finding => ({
  check: 'rule',
  about: 'events',
  state: 'ok',
  says: 'It is on.',
  remedy: null,
  ...more,
});

describe('what the doctor prints', () => {
  const plain = { width: 60, colours: false };

  it('is one line where that is enough', () => {
    assert.equal(lineOf(finding(), plain), '  ok    rule: It is on.');
    assert.equal(heading('events', plain), 'The way of the events');
  });

  it('is wrapped below its beginning, the remedy too', () => {
    const says = 'It is off, and so nothing at all comes to the bot from EventBridge.';
    const remedy = 'npm run connect puts it right (--dry-run shows what it would change).';
    assert.deepEqual(lineOf(finding({ state: 'fail', says, remedy }), plain).split('\n'), [
      '  FAIL  rule: It is off, and so nothing at all comes to the',
      '        bot from EventBridge.',
      '        → npm run connect puts it right (--dry-run shows',
      '        what it would change).',
    ]);
  });

  it('has colours only where they are wanted, and nothing of what is shown steers the terminal', () => {
    const evil = finding({ state: 'warn', check: 'channel #a\u001b[31m\r' });
    assert.equal(lineOf(evil, plain), '  warn  channel #a [31m : It is on.');
    assert.ok(lineOf(finding(), { ...plain, colours: true }).startsWith('  \u001b[32mok  \u001b[0m  rule'));
  });

  it('ends with a sum', () => {
    const [ok, warn, fail] = (['ok', 'warn', 'fail'] as const).map((state) => finding({ state }));
    assert.ok(ok && warn && fail);
    assert.equal(sumOf([fail, fail, warn, ok, ok, ok]), '2 checks failed, 1 warning, 3 ok');
    assert.equal(sumOf([fail, warn, warn]), '1 check failed, 2 warnings, 0 ok');
    assert.equal(sumOf([ok]), '1 ok');
  });
});
