import assert from 'node:assert/strict';
import type { StoreBench } from '../store.contract.js';

export function doubtsContract(bench: StoreBench): void {
  it('doubts everything before it began, and goes on from there', async () => {
    const began = await bench.store.doubts();
    assert.equal(began.length, 1);
    const [{ from, until } = { from: -1, until: -1 }] = began;
    assert.equal(from, 0);
    assert.ok(until <= Date.now() && until > Date.now() - 60_000, `until ${until}`);
    await bench.reopen();
    assert.deepEqual(await bench.store.doubts(), began);
  });
}
