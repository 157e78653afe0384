import assert from 'node:assert/strict';
import { DeliveryTimeout } from '../../../src/sandbox/aws/deliver.js';
import { codeOf, DEFAULT_RETRY, nextDelay, type Outcome } from '../../../src/sandbox/aws/retry-policy.js';

const answered = (status: number, retryAfter?: string): Outcome => ({
  status,
  body: '',
  headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
});
const failed = (code: string): Outcome => Object.assign(new Error(code), { code });
const delay = (outcome: Outcome, retried = 0, ageMs = 0, random = 1) =>
  nextDelay(DEFAULT_RETRY, outcome, { retried, ageMs, random: () => random });

describe('API destination: retry policy', () => {
  it('retries 401, 407, 409, 429, 5xx, timeouts and broken connections', () => {
    for (const status of [401, 407, 409, 429, 500, 503, 599])
      assert.equal(delay(answered(status)), 1000, `${status}`);
    assert.equal(delay(new DeliveryTimeout(5000)), 1000);
    assert.equal(delay(failed('ECONNREFUSED')), 1000);
  });

  it('retries no other status, and no address that does not exist', () => {
    for (const status of [301, 304, 400, 403, 404, 408, 410, 413, 422]) {
      assert.equal(delay(answered(status)), undefined, `${status}`);
    }
    assert.equal(delay(failed('ENOTFOUND')), undefined);
    assert.equal(codeOf(failed('ENOTFOUND')), 'SDK_CLIENT_ERROR');
  });

  it('backs off exponentially with jitter, up to a limit', () => {
    assert.deepEqual(
      [0, 1, 2, 5, 6, 100].map((retried) => delay(answered(500), retried)),
      [1000, 2000, 4000, 32_000, 60_000, 60_000],
    );
    assert.equal(delay(answered(500), 1, 0, 0), 1000);
  });

  it('gives up after 185 retries or 24 hours', () => {
    assert.notEqual(delay(answered(500), 184), undefined);
    assert.equal(delay(answered(500), 185), undefined);
    assert.equal(delay(answered(500), 3, 24 * 3_600_000), undefined);
  });

  it('honours Retry-After, the more conservative way', () => {
    assert.equal(delay(answered(503, '7')), 7000);
    assert.equal(delay(answered(503, '7'), 5), 32_000);
    assert.equal(delay(answered(503, 'nonsense')), 1000);
    assert.equal(delay(answered(429, '-1')), undefined);
    const date = new Date(Date.now() + 30_000).toUTCString();
    assert.ok((delay(answered(503, date)) ?? 0) > 25_000);
  });
});
