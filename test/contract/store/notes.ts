import assert from 'node:assert/strict';
import type { StoreBench } from '../store.contract.js';

export function notesContract(bench: StoreBench): void {
  it('knows nothing under a name that was never used', async () => {
    for (const name of ['', 'unknown', '__proto__', 'constructor'])
      assert.equal(await bench.store.note(name), null);
  });

  it('keeps a note under its name to the letter, replaces it, and forgets it', async () => {
    await bench.store.saveNote('__proto__', 'first');
    await bench.store.saveNote('other', '');
    await bench.store.saveNote('__proto__', 'a\r\nb 🧵 {"c": []}');
    await bench.reopen();
    assert.equal(await bench.store.note('__proto__'), 'a\r\nb 🧵 {"c": []}');
    assert.equal(await bench.store.note('other'), '');
    await bench.store.saveNote('__proto__', null);
    await bench.store.saveNote('__proto__', null);
    assert.equal(await bench.store.note('__proto__'), null);
    assert.equal(await bench.store.note('other'), '');
  });
}
