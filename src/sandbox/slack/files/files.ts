/**
 * The files of a workspace and their ways in: an app announces a file, posts its bytes to the upload URL that it is
 * given, and completes the upload; a person just puts one there.
 */
import { randomBytes } from 'node:crypto';
import type { Message, MessageFile } from '../message.js';
import { kindOf } from './file-kind.js';
import type { FileShare, StoredFile } from './stored-file.js';

/** An app that began an upload and never came back. Slack publishes no number. */
const UPLOAD_LIFE_MS = 60 * 60_000;

export interface GivenFile {
  name: string;
  /** Told from the name unless given. */
  mimetype?: string;
  data: Uint8Array;
  /** `external`: a link to another service. `of-others`: of another company in a shared channel. */
  held?: 'external' | 'of-others';
}

interface Place {
  now: () => number;
  nextId: (prefix: string) => string;
}

export class Files {
  readonly #place: Place;
  readonly #all = new Map<string, StoredFile>();
  /** The file that an upload URL stands for. */
  readonly #uploads = new Map<string, StoredFile>();

  constructor(place: Place) {
    this.#place = place;
  }

  get all(): StoredFile[] {
    return [...this.#all.values()];
  }

  get(id: string): StoredFile | undefined {
    return this.#all.get(id);
  }

  /** Puts a file there as it is: one that an earlier run has kept. */
  restore(file: StoredFile): void {
    this.#all.set(file.id, file);
  }

  /** A person's file, whole at once. */
  add(user: string, given: GivenFile): StoredFile {
    needBytes(given);
    const file: StoredFile = {
      ...this.#fresh(user, given.name, given.data.byteLength),
      mimetype: kindOf(given.name, given.mimetype).mimetype,
      data: Uint8Array.from(given.data),
      ...(given.held === undefined ? {} : { held: given.held }),
      state: 'complete',
    };
    this.#all.set(file.id, file);
    return file;
  }

  /** An app's file that is to come; returns it and the path of its upload URL. */
  announce(user: string, what: { name: string; size: number; altText?: string }): [StoredFile, string] {
    this.#forgetUploads();
    const { altText } = what;
    const file: StoredFile = {
      ...this.#fresh(user, what.name, what.size),
      ...(altText === undefined ? {} : { altText }),
    };
    this.#all.set(file.id, file);
    const path = `/upload/v1/${randomBytes(24).toString('base64url')}`;
    this.#uploads.set(path, file);
    return [file, path];
  }

  /** What an upload URL waits for. */
  awaitedAt(path: string): StoredFile | undefined {
    const file = this.#uploads.get(path);
    return file?.state === 'awaited' || file?.state === 'uploaded' ? file : undefined;
  }

  receive(file: StoredFile, data: Uint8Array): void {
    file.data = data;
    if (file.state === 'awaited') file.state = 'uploaded';
  }

  share(file: StoredFile, share: FileShare): void {
    file.state = 'complete';
    file.shares.push(share);
  }

  /** The message goes; its files stay, and are shown by one message less. */
  unshare(message: Message): void {
    for (const { id } of message.files ?? []) {
      const file = this.#all.get(id);
      if (file === undefined) continue;
      file.shares = file.shares.filter(({ channel, ts }) => channel !== message.channel || ts !== message.ts);
    }
  }

  /** The bytes are gone; the messages keep a placeholder. */
  remove(file: StoredFile): void {
    file.state = 'deleted';
    delete file.data;
  }

  #fresh(user: string, name: string, size: number): StoredFile {
    return {
      id: this.#place.nextId('F'),
      name,
      title: name,
      mimetype: kindOf(name).mimetype,
      user,
      at: this.#place.now(),
      size,
      state: 'awaited',
      shares: [],
      givenToApp: false,
    };
  }

  #forgetUploads(): void {
    const before = this.#place.now() - UPLOAD_LIFE_MS;
    for (const [path, file] of this.#uploads) {
      if (file.at >= before) return;
      this.#uploads.delete(path);
      if (file.state === 'awaited' || file.state === 'uploaded') this.#all.delete(file.id);
    }
  }
}

/** Throws, in a sentence, for a file that Slack does not take. */
export function needBytes(given: GivenFile): void {
  if (given.data.byteLength === 0) throw new Error(`${given.name} is empty: Slack takes no empty file`);
}

/** How a message speaks of a file. */
export function inMessage(file: StoredFile): MessageFile {
  return { id: file.id, name: file.name, title: file.title, mimetype: file.mimetype, size: file.size };
}

/** Marks the file as deleted in a message that shows it. */
export function markDeleted(message: Message, id: string): void {
  for (const file of message.files ?? []) if (file.id === id) file.deleted = true;
}
