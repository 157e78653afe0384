import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.js';
import type { AttachmentRef } from './case-state.js';
import type { KeptAttachment } from './kept-aws.js';
import { wireTime } from './wire-time.js';

/**
 * Files on their way to a case and files on cases, with the small limits (facts 2.2 AddAttachmentsToSet): 3 files of 5 MB
 * in a set that lives for 1 hour. What the service does not tell, and how it is here: extending a set does not prolong
 * its hour, and a set is used up by the communication that carries it.
 */
export interface AttachmentFile {
  fileName: string;
  data: Uint8Array;
  /** Of a file that was uploaded in parts, whose bytes are kept only up to some size: how many it has, and each part's MD5. */
  size?: number | undefined;
  eTags?: readonly string[] | undefined;
}

export const SMALL_ATTACHMENT_BYTES = 5 * 1024 * 1024;
const FILES_IN_A_SET = 3;
const SET_LIFE_MS = 3_600_000;

interface AttachmentSet {
  accountId: string;
  expires: number;
  files: AttachmentFile[];
}

export class AttachmentRoom {
  readonly #now: () => number;
  readonly #sets = new Map<string, AttachmentSet>();
  readonly #files = new Map<string, AttachmentFile & { accountId: string }>();

  constructor(now: () => number, kept: readonly KeptAttachment[] = []) {
    this.#now = now;
    for (const { attachmentId, accountId, fileName, data, size } of kept) {
      this.#files.set(attachmentId, { accountId, fileName, data: Buffer.from(data, 'base64'), size });
    }
  }

  /** Throws the refusal that adding these files would meet. */
  checkAdd(accountId: string, setId: string | undefined, files: readonly AttachmentFile[]): void {
    const present = setId === undefined ? 0 : this.#set(accountId, setId).files.length;
    if (
      present + files.length > FILES_IN_A_SET ||
      files.some((file) => file.data.length > SMALL_ATTACHMENT_BYTES)
    ) {
      throw new ApiError(
        'AttachmentSetSizeLimitExceeded',
        'A limit for the size of an attachment set has been exceeded. The limits are three attachments and 5 MB per attachment.',
      );
    }
  }

  add(
    accountId: string,
    setId: string | undefined,
    files: readonly AttachmentFile[],
  ): { attachmentSetId: string; expiryTime: string } {
    this.checkAdd(accountId, setId, files);
    this.#emptyExpiredSets();
    const attachmentSetId = setId ?? `as-${randomUUID()}`;
    const set = this.#sets.get(attachmentSetId) ?? {
      accountId,
      expires: this.#now() + SET_LIFE_MS,
      files: [],
    };
    set.files.push(...files);
    this.#sets.set(attachmentSetId, set);
    return { attachmentSetId, expiryTime: wireTime(set.expires) };
  }

  checkSet(accountId: string, setId: string): void {
    this.#set(accountId, setId);
  }

  /** Moves the files of a set onto a communication. */
  take(accountId: string, setId: string): AttachmentRef[] {
    const { files } = this.#set(accountId, setId);
    this.#sets.delete(setId);
    return this.keep(accountId, files);
  }

  /** Files that come by another way than a set, as AWS's own do. */
  keep(accountId: string, files: readonly AttachmentFile[]): AttachmentRef[] {
    return files.map((file) => {
      const attachmentId = `attachment-${randomUUID()}`;
      this.#files.set(attachmentId, { ...file, accountId });
      return { attachmentId, fileName: file.fileName, size: file.size ?? file.data.length };
    });
  }

  /** A file of any size, as the console gives it out. */
  find(attachmentId: string): (AttachmentFile & { accountId: string }) | undefined {
    return this.#files.get(attachmentId);
  }

  toKeep(): KeptAttachment[] {
    return [...this.#files].map(([attachmentId, { accountId, fileName, data, size }]) => ({
      attachmentId,
      accountId,
      fileName,
      ...(size === undefined ? {} : { size }),
      data: Buffer.from(data).toString('base64'),
    }));
  }

  /** As DescribeAttachment gives it out. */
  file(accountId: string, attachmentId: string): AttachmentFile {
    const file = this.own(accountId, attachmentId);
    if ((file.size ?? file.data.length) > SMALL_ATTACHMENT_BYTES) {
      // Not in the model; named in DescribeAttachment's documentation.
      throw new ApiError('InvalidParameterValueException', 'The attachment is larger than 5 MB.');
    }
    return file;
  }

  /** A file of any size, as the API knows it for an account. */
  own(accountId: string, attachmentId: string): AttachmentFile {
    const file = this.#files.get(attachmentId);
    if (file === undefined || file.accountId !== accountId) {
      throw new ApiError('AttachmentIdNotFound', 'An attachment with the specified ID could not be found.');
    }
    return file;
  }

  /** Nobody can use their files any more; the sets stay, so that they are known as expired. */
  #emptyExpiredSets(): void {
    for (const set of this.#sets.values()) if (set.expires <= this.#now()) set.files = [];
  }

  #set(accountId: string, setId: string): AttachmentSet {
    const set = this.#sets.get(setId);
    if (set === undefined || set.accountId !== accountId) {
      throw new ApiError(
        'AttachmentSetIdNotFound',
        'An attachment set with the specified ID could not be found.',
      );
    }
    if (set.expires <= this.#now()) {
      throw new ApiError(
        'AttachmentSetExpired',
        'The expiration time of the attachment set has passed. The set expires 1 hour after it is created.',
      );
    }
    return set;
  }
}
