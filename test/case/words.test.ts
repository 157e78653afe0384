import assert from 'node:assert/strict';
import { severityWords, statusWords } from '../../src/case/words.js';

const UNKNOWN = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'a word of next year',
  '<!channel>',
  '',
];

describe('words', () => {
  it('says every status as the console does', () => {
    const codes =
      'unassigned opened work-in-progress pending-customer-action customer-action-completed reopened resolved';
    assert.deepEqual(codes.split(' ').map(statusWords), [
      'Unassigned',
      'Open',
      'Work in progress',
      'Pending customer action',
      'Customer action completed',
      'Reopened',
      'Resolved',
    ]);
  });

  it('says every severity as the console does, with its code', () => {
    assert.deepEqual(['low', 'normal', 'high', 'urgent', 'critical'].map(severityWords), [
      'General guidance (low)',
      'System impaired (normal)',
      'Production system impaired (high)',
      'Production system down (urgent)',
      'Business-critical system down (critical)',
    ]);
  });

  it('shows what it does not know as it is, names of JavaScript included', () => {
    for (const word of UNKNOWN) {
      assert.equal(statusWords(word), word);
      assert.equal(severityWords(word), word);
    }
  });
});
