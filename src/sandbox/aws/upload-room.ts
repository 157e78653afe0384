import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { ApiError, invalid } from './api-error.js';
import type { AttachmentFile } from './attachment-room.js';
import { wireTime } from './wire-time.js';

/**
 * Files that come in parts, each put to an address of its own (facts 2.2 GetAttachmentUploadLinks): up to 150 MB. What the
 * service does not tell, and how it is here: a link lives for a quarter of an hour and takes its part more than once; an
 * upload is completed once; it is used up by the communication that carries it; parts of a wrong size are found out when
 * the upload is completed.
 */
export const UPLOAD_LINKS = 10;
export const UPLOAD_BYTES = 157_286_400;
const UPLOAD_LIFE_MS = 24 * 3_600_000;
const LINK_LIFE_MS = 15 * 60_000;
/** Larger files are measured and hashed, and not kept. */
const KEPT_BYTES = 32 * 1024 * 1024;

export interface UploadOptions {
  /** Bytes of each part but the last; default 8 MiB. AWS says 100 MB at most, and not what it takes. */
  partBytes?: number | undefined;
  /** How long after its completion, by `now`, an upload is ready; default 0, which the completion itself does not say. */
  readyAfterMs?: number | undefined;
}

interface Part {
  size: number;
  eTag: string;
  /** Undefined where the file is too large to be kept. */
  data: Buffer | undefined;
}

interface Upload {
  readonly id: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly size: number;
  readonly partBytes: number;
  readonly totalParts: number;
  readonly expires: number;
  readonly parts: Map<number, Part>;
  completedAt: number | undefined;
  isTaken: boolean;
}

export type UploadStatus = 'attachment-ready' | 'attachment-not-ready' | 'failed';

/** Where one part goes. */
export interface PartPlace {
  readonly uploadId: string;
  readonly accountId: string;
  readonly fileName: string;
  readonly part: number;
  readonly keep: boolean;
  /** No part is longer. */
  readonly most: number;
}

export class UploadRoom {
  readonly #now: () => number;
  readonly #options: UploadOptions;
  readonly #uploads = new Map<string, Upload>();
  readonly #links = new Map<string, { upload: Upload; part: number; expires: number }>();
  #origin = '';

  constructor(now: () => number, options: UploadOptions) {
    this.#now = now;
    this.#options = options;
  }

  set origin(origin: string) {
    this.#origin = origin;
  }

  get readyAfterMs(): number {
    return this.#options.readyAfterMs ?? 0;
  }

  set readyAfterMs(ms: number) {
    this.#options.readyAfterMs = ms;
  }

  begin(accountId: string, fileName: string, size: number): Upload {
    this.#forgetOld();
    const partBytes = this.#options.partBytes ?? 8 * 1024 * 1024;
    const upload: Upload = {
      id: `upload-${randomUUID()}`,
      accountId,
      fileName,
      size,
      partBytes,
      totalParts: Math.ceil(size / partBytes),
      expires: this.#now() + UPLOAD_LIFE_MS,
      parts: new Map(),
      completedAt: undefined,
      isTaken: false,
    };
    this.#uploads.set(upload.id, upload);
    return upload;
  }

  find(accountId: string, uploadId: string): Upload {
    const upload = this.#uploads.get(uploadId);
    if (upload === undefined || upload.accountId !== accountId || upload.expires <= this.#now()) {
      throw new ApiError('UploadIdNotFound', "The specified uploadId couldn't be located.");
    }
    return upload;
  }

  /** Links to the parts from `start` up to and without `end`. */
  links(
    upload: Upload,
    start: number,
    end: number,
  ): { url: string; partIndex: number; expiryDate: string }[] {
    return Array.from({ length: end - start }, (_, index) => {
      const part = start + index;
      const token = randomBytes(24).toString('base64url');
      const expires = this.#now() + LINK_LIFE_MS;
      this.#links.set(token, { upload, part, expires });
      const url = `${this.#origin}/uploads/${upload.id}/${part}?token=${token}`;
      return { url, partIndex: part, expiryDate: wireTime(expires) };
    });
  }

  /** The part that an address stands for; undefined where it stands for none, `expired` when its time is over. */
  placeAt(path: string, token: string | null): PartPlace | 'expired' | undefined {
    const [, uploadId, part] = /^\/uploads\/([\w-]+)\/(\d+)$/.exec(path) ?? [];
    const link = [...this.#links].find(([known]) => isSame(known, token ?? ''))?.[1];
    if (link === undefined || link.upload.id !== uploadId || String(link.part) !== part) return undefined;
    const { upload } = link;
    if (link.expires <= this.#now() || upload.completedAt !== undefined) return 'expired';
    const { accountId, fileName, partBytes, size } = upload;
    return {
      uploadId,
      accountId,
      fileName,
      part: link.part,
      keep: size <= KEPT_BYTES,
      most: partBytes,
    };
  }

  receive({ uploadId, part }: PartPlace, received: Part): void {
    this.#uploads.get(uploadId)?.parts.set(part, received);
  }

  /** Throws what completing would be refused with. */
  checkComplete(upload: Upload, given: readonly { partIndex: number; eTag: string }[]): void {
    if (upload.completedAt !== undefined) throw invalid('The upload is complete already.');
    const indexes = given.map(({ partIndex }) => partIndex);
    if (new Set(indexes).size !== indexes.length || indexes.length !== upload.totalParts)
      throw invalid(`The upload has ${upload.totalParts} parts, each of which is named once.`);
    for (const { partIndex, eTag } of given) {
      const part = upload.parts.get(partIndex);
      if (part === undefined) throw invalid(`Part ${partIndex} has not been uploaded.`);
      if (part.eTag !== eTag.replaceAll('"', '')) throw invalid(`Part ${partIndex} has another ETag.`);
      const isLast = partIndex === upload.totalParts;
      const size = isLast ? upload.size - (upload.totalParts - 1) * upload.partBytes : upload.partBytes;
      if (part.size !== size) throw invalid(`Part ${partIndex} has ${part.size} bytes and not ${size}.`);
    }
  }

  complete(upload: Upload): void {
    upload.completedAt = this.#now();
  }

  status({ completedAt }: Upload): UploadStatus {
    if (completedAt === undefined || this.#now() < completedAt + this.readyAfterMs)
      return 'attachment-not-ready';
    return 'attachment-ready';
  }

  /** Throws the refusal that a communication with these uploads would meet. Its name is unknown (facts 2.2). */
  checkUse(accountId: string, uploadIds: readonly string[]): void {
    if (new Set(uploadIds).size !== uploadIds.length) throw invalid('An upload is named more than once.');
    for (const id of uploadIds) {
      const upload = this.find(accountId, id);
      if (upload.isTaken) throw invalid(`Upload ${id} is used already.`);
      if (this.status(upload) !== 'attachment-ready') throw invalid(`Upload ${id} is not ready.`);
    }
  }

  /** The files, which go onto a communication. */
  take(accountId: string, uploadIds: readonly string[]): AttachmentFile[] {
    return uploadIds.map((id) => {
      const upload = this.find(accountId, id);
      upload.isTaken = true;
      const parts = [...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part);
      upload.parts.clear();
      const data = Buffer.concat(parts.flatMap((part) => part.data ?? []));
      const eTags = parts.map(({ eTag }) => eTag);
      return { fileName: upload.fileName, data, size: upload.size, eTags };
    });
  }

  #forgetOld(): void {
    for (const [token, link] of this.#links)
      if (link.upload.expires <= this.#now()) this.#links.delete(token);
    for (const upload of this.#uploads.values()) if (upload.expires <= this.#now()) upload.parts.clear();
  }
}

/** Takes the bytes of a part in: hashed as they come, kept only where the file is small. */
export class PartReader {
  readonly #hash = createHash('md5');
  readonly #chunks: Buffer[] = [];
  readonly #keep: boolean;
  #size = 0;

  constructor({ keep }: Pick<PartPlace, 'keep'>) {
    this.#keep = keep;
  }

  get size(): number {
    return this.#size;
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length;
    this.#hash.update(chunk);
    if (this.#keep) this.#chunks.push(chunk);
  }

  end(): Part {
    const data = this.#keep ? Buffer.concat(this.#chunks) : undefined;
    return { size: this.#size, eTag: this.#hash.digest('hex'), data };
  }
}

function isSame(known: string, given: string): boolean {
  return known.length === given.length && timingSafeEqual(Buffer.from(known), Buffer.from(given));
}
