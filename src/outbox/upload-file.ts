import { FileTrouble } from '../case/file-trouble.js';
import type { PartUrl, SupportApi, Upload, UploadedPart } from '../support/support-api.js';
import { passesByItself, SupportError } from '../support/support-error.js';
import type { FileAtSource, FileSource, FileTiming } from './bring-files.js';
import { FileBytes } from './file-bytes.js';
import { FILE_REASONS } from './reasons.js';

export interface UploadDeps {
  readonly api: SupportApi;
  readonly source: FileSource;
  readonly timing: FileTiming;
  /** Rejects when the bot is being stopped. */
  readonly pause: (ms: number) => Promise<void>;
}

const TRIES_PER_PART = 4;

/**
 * Uploads one file part by part, with no more of it in memory than is on its way, and waits until AWS lets a
 * communication carry it.
 *
 * @returns the id of the upload.
 */
export async function uploadFile(
  deps: UploadDeps,
  file: FileAtSource,
  tellDone: (done: number) => void,
): Promise<string> {
  const { api, source } = deps;
  const upload = await api.beginUpload(file);
  let done = 0;
  const bytes = new FileBytes(
    () => source.open(file),
    () => tellDone(done),
  );
  const urls = new Addresses(api, upload);
  const parts: UploadedPart[] = [];
  try {
    for (let part = 1; part <= upload.parts; part += 1) {
      const start = (part - 1) * upload.partBytes;
      const size = Math.min(upload.partBytes, file.size - start);
      parts.push(
        await tried(deps, async (isAgain) => {
          done = start;
          if (isAgain) bytes.drop();
          const to = await urls.of(part, isAgain);
          return api.putPart(
            to,
            counted(bytes.read(start, size), (read) => (done += read)),
            size,
          );
        }),
      );
    }
    await bytes.end();
  } finally {
    bytes.drop();
  }
  await complete(deps, upload, parts);
  return upload.id;
}

/** A part is tried a few times: with a fresh address, and with its bytes read anew. */
async function tried<T>({ timing, pause }: UploadDeps, work: (isAgain: boolean) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work(tries > 1);
    } catch (error) {
      if (!passes(error) || tries === TRIES_PER_PART) throw error;
      await pause(timing.retryMs * 2 ** (tries - 1));
    }
  }
}

function passes(error: unknown): boolean {
  if (error instanceof FileTrouble) return error.passes;
  return error instanceof SupportError && passesByItself(error);
}

async function complete(
  { api, timing, pause }: UploadDeps,
  { id }: Upload,
  parts: readonly UploadedPart[],
): Promise<void> {
  let status = await api.completeUpload(id, parts).catch((error: unknown) => {
    // It may be complete all the same: that is what is asked now.
    if (passes(error)) return 'not-ready' as const;
    throw error;
  });
  const most = Math.max(1, Math.ceil(timing.readyForMs / timing.askMs));
  for (let asked = 0; status === 'not-ready'; asked += 1) {
    if (asked >= most) throw new FileTrouble('not-ready', FILE_REASONS.notReady, false);
    // At once for the first time: most are ready by then.
    if (asked > 0) await pause(timing.askMs);
    status = await api.uploadStatus(id).catch((error: unknown) => {
      if (passes(error)) return 'not-ready' as const;
      throw error;
    });
  }
  if (status === 'failed') throw new FileTrouble('upload-failed', FILE_REASONS.failed, false);
}

/** Where the parts go. Ten addresses come at a time, and each lives for a while only. */
class Addresses {
  readonly #api: SupportApi;
  readonly #upload: Upload;
  #known: Map<number, PartUrl>;

  constructor(api: SupportApi, upload: Upload) {
    this.#api = api;
    this.#upload = upload;
    this.#known = byPart(upload.urls);
  }

  async of(part: number, isFresh: boolean): Promise<PartUrl> {
    if (isFresh || !this.#known.has(part))
      this.#known = byPart(await this.#api.uploadUrls(this.#upload, part));
    const found = this.#known.get(part);
    if (found === undefined)
      throw new SupportError('unreachable', 'no-part-url', 'AWS gave no address for a part of it.', 'no');
    return found;
  }
}

function byPart(urls: readonly PartUrl[]): Map<number, PartUrl> {
  return new Map(urls.map((url) => [url.part, url]));
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  add: (read: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    add(piece.length);
    yield piece;
  }
}
