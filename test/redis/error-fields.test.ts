import assert from 'node:assert/strict';
import { errorFields } from '../../src/telemetry/log.js';

class ReplyError extends Error {
  override readonly name = 'ReplyError';
}

describe('an answer of Redis in the log', () => {
  for (const [message, code] of [
    ['NOAUTH Authentication required.', 'NOAUTH'],
    ['READONLY', 'READONLY'],
    ['Secret words', undefined],
    ['SECRETof somebody', undefined],
    ['', undefined],
  ] as const) {
    it(`shows ${code ?? 'nothing'} of “${message}”`, () => {
      const fields = errorFields(new ReplyError(message));
      assert.deepEqual([fields.error, fields.code], ['ReplyError', code]);
    });
  }
  it('is the only one of which a word is shown', () => {
    assert.equal(errorFields(new Error('SECRET words')).code, undefined);
  });
});
