import assert from 'node:assert/strict';
import { FileTrouble } from '../../src/case/file-trouble.js';
import { FileBytes } from '../../src/outbox/file-bytes.js';

/** A file of the numbers from 0 on, in chunks of three. */
async function* file(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += 3)
    yield Uint8Array.from({ length: Math.min(3, size - at) }, (_, n) => at + n);
}

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<number[]> {
  const all: number[] = [];
  for await (const piece of bytes) all.push(...piece);
  return all;
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

describe('the bytes of a file', () => {
  let opened = 0;
  const bytesOf = (size: number) =>
    new FileBytes(
      async () => {
        opened += 1;
        return file(size);
      },
      () => undefined,
    );
  beforeEach(() => {
    opened = 0;
  });

  it('are handed out part by part, and read once', async () => {
    const bytes = bytesOf(20);
    assert.deepEqual(await gather(bytes.read(0, 8)), numbers(0, 8));
    assert.deepEqual(await gather(bytes.read(8, 8)), numbers(8, 16));
    assert.deepEqual(await gather(bytes.read(16, 4)), numbers(16, 20));
    await bytes.end();
    assert.equal(opened, 1);
  });

  it('are read once more from the beginning where a part has to be sent again', async () => {
    const bytes = bytesOf(20);
    await gather(bytes.read(0, 7));
    for await (const _ of bytes.read(7, 7)) break;
    bytes.drop();
    assert.deepEqual(await gather(bytes.read(7, 7)), numbers(7, 14));
    assert.deepEqual(await gather(bytes.read(14, 6)), numbers(14, 20));
    assert.equal(opened, 2);
  });

  it('are missed when they are too few, and when they are too many', async () => {
    await assert.rejects(gather(bytesOf(5).read(0, 6)), { code: 'too-short', passes: true });
    const bytes = bytesOf(7);
    await gather(bytes.read(0, 6));
    await assert.rejects(bytes.end(), (error) => error instanceof FileTrouble && !error.passes);
  });

  it('end when whoever looks at each chunk says so', async () => {
    const stop = new Error('stop');
    const bytes = new FileBytes(
      async () => file(9),
      () => {
        throw stop;
      },
    );
    await assert.rejects(gather(bytes.read(0, 9)), stop);
  });
});
