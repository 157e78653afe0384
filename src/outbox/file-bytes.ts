import { FileTrouble } from '../case/file-trouble.js';
import { FILE_REASONS } from './reasons.js';

/**
 * The bytes of one file, handed out piece by piece in order, without ever holding more than a chunk of them. What was
 * handed out and has not arrived is asked for again: Slack gives a file only from its beginning, so what lies before is
 * read once more and dropped.
 */
export class FileBytes {
  readonly #open: () => Promise<AsyncIterable<Uint8Array>>;
  readonly #onChunk: () => void;
  #reading: Reading | null = null;

  /** @param onChunk called for each chunk that comes; what it throws ends the reading. */
  constructor(open: () => Promise<AsyncIterable<Uint8Array>>, onChunk: () => void) {
    this.#open = open;
    this.#onChunk = onChunk;
  }

  /** `size` bytes from `start` on. Whoever begins anew after a failure says `drop` first. */
  async *read(start: number, size: number): AsyncGenerator<Uint8Array> {
    if (this.#reading?.at !== start) this.drop();
    this.#reading ??= await this.#openAt(start);
    const reading = this.#reading;
    let left = size;
    while (left > 0) {
      if (reading.rest.length === 0) reading.rest = await this.#next(reading);
      const piece = reading.rest.subarray(0, left);
      reading.rest = reading.rest.subarray(piece.length);
      reading.at += piece.length;
      left -= piece.length;
      yield piece;
    }
  }

  /** After the last byte: that there is nothing more is what makes the file whole. */
  async end(): Promise<void> {
    const next = (this.#reading?.rest.length ?? 0) > 0 ? { done: false } : await this.#reading?.chunks.next();
    this.drop();
    if (next?.done === false) throw new FileTrouble('wrong-length', FILE_REASONS.tooLong, false);
  }

  /** Lets go of what is open. A reading that is still under way ends by itself, and touches nothing of the next. */
  drop(): void {
    const reading = this.#reading;
    this.#reading = null;
    // Behind a chunk that is being waited for; nobody has to wait for it as well.
    reading?.chunks.return?.().catch(() => undefined);
  }

  async #openAt(start: number): Promise<Reading> {
    const chunks = (await this.#open())[Symbol.asyncIterator]();
    const reading: Reading = { chunks, rest: new Uint8Array(), at: 0 };
    while (reading.at < start) {
      const chunk = await this.#next(reading);
      const skipped = Math.min(chunk.length, start - reading.at);
      reading.at += skipped;
      reading.rest = chunk.subarray(skipped);
    }
    return reading;
  }

  async #next({ chunks }: Reading): Promise<Uint8Array> {
    const next = await chunks.next();
    this.#onChunk();
    if (next.done === true) throw new FileTrouble('too-short', FILE_REASONS.tooShort, true);
    return next.value;
  }
}

interface Reading {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** What has come and was not handed out. */
  rest: Uint8Array;
  /** Where in the file the next byte is that is handed out. */
  at: number;
}
