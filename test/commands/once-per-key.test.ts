import assert from 'node:assert/strict';
import { oncePerKey } from '../../src/commands/once-per-key.js';

describe('oncePerKey', () => {
  let done: string[];
  beforeEach(() => {
    done = [];
  });
  const work = (name: string) => async () => {
    done.push(name);
  };

  it('does work once for each key, and waits for what is under way', async () => {
    const once = oncePerKey(10);
    let finish: () => void = () => undefined;
    const first = once(['a'], () => new Promise<void>((resolve) => (finish = resolve)));
    let ended = false;
    const second = once(['a'], work('again')).then(() => (ended = true));
    await new Promise(setImmediate);
    assert.equal(ended, false);
    finish();
    await Promise.all([first, second]);
    await once(['b'], work('other'));
    assert.deepEqual(done, ['other']);
  });

  it('knows work again by any of its keys', async () => {
    const once = oncePerKey(10);
    await once(['a', 'message'], work('first'));
    await once(['b', 'message'], work('second'));
    await once(['a'], work('third'));
    assert.deepEqual(done, ['first']);
  });

  it('does again what failed', async () => {
    const once = oncePerKey(10);
    await assert.rejects(
      once(['a', 'b'], () => Promise.reject(new Error('no'))),
      /no/,
    );
    await once(['a'], work('a'));
    await once(['b'], work('b'));
    assert.deepEqual(done, ['a', 'b']);
  });

  it('forgets the oldest keys first', async () => {
    const once = oncePerKey(2);
    for (const key of ['a', 'b', 'c', 'b', 'a']) await once([key], work(key));
    assert.deepEqual(done, ['a', 'b', 'c', 'a']);
  });
});
