import assert from 'node:assert/strict';
import { until } from '../../until.js';
import type { StoreBench } from '../store.contract.js';

export function requestsContract(bench: StoreBench): void {
  it('gives a request to the first who asks, until it is at its end', async () => {
    assert.equal(await bench.store.beginRequest('Ev1'), 'yours');
    assert.equal(await bench.store.beginRequest('Ev1'), 'busy');
    assert.equal(await bench.store.beginRequest('Ev2'), 'yours');
    await bench.store.endRequest('Ev1', 'done');
    assert.equal(await bench.store.beginRequest('Ev1'), 'done');
    assert.equal(await bench.store.beginRequest('Ev2'), 'busy');
  });

  it('gives away anew, at once, what was not done', async () => {
    await bench.store.beginRequest('Ev1');
    await bench.store.endRequest('Ev1', 'undone');
    assert.equal(await bench.store.beginRequest('Ev1'), 'yours');
    assert.equal(await bench.store.beginRequest('Ev1'), 'busy');
  });

  it('forgets what was done when the time is up for which it was to be remembered', async () => {
    await bench.store.beginRequest('short');
    await bench.store.beginRequest('long');
    await bench.store.endRequest('short', 'done', 20);
    await bench.store.endRequest('long', 'done', 60_000);
    await until(async () => (await bench.store.beginRequest('short')) === 'yours', 'the end of its time');
    assert.equal(await bench.store.beginRequest('long'), 'done');
  });

  it('still knows what is under way and what was done after being opened again', async () => {
    await bench.store.beginRequest('under way');
    await bench.store.beginRequest('done');
    await bench.store.endRequest('done', 'done');
    await bench.reopen();
    assert.equal(await bench.store.beginRequest('under way'), 'busy');
    assert.equal(await bench.store.beginRequest('done'), 'done');
  });

  it('is given to one of many who ask at once', async () => {
    const given = await Promise.all(Array.from({ length: 10 }, () => bench.store.beginRequest('__proto__')));
    assert.deepEqual(given.sort(), [...Array.from({ length: 9 }, () => 'busy'), 'yours']);
  });
}
