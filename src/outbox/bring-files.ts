/**
 * The files of a message, brought from Slack to AWS before the message is sent. What is brought and not sent vanishes at
 * AWS by itself, so all of this may be done again, from the beginning, as often as it takes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { FileTrouble } from '../case/file-trouble.js';
import type { OutboxMessage } from '../store/outbox-message.js';
import type { Letter } from '../support/support-api.js';
import { SupportError } from '../support/support-error.js';
import { FileBytes } from './file-bytes.js';
import { Progress } from './file-progress.js';
import { filesProblem, nameForAws, wayOf } from './files-problem.js';
import { FILE_REASONS } from './reasons.js';
import type { Turn } from './turn.js';
import { uploadFile } from './upload-file.js';

/** Where files come from. Its methods reject with a FileTrouble. */
export interface FileSource {
  describe(fileId: string): Promise<FileAtSource>;
  open(file: FileAtSource): Promise<AsyncIterable<Uint8Array>>;
}

export interface FileAtSource {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mimetype: string;
  readonly url: string;
}

export interface FileTiming {
  /** How far it is, is said after so long, and then now and then. */
  readonly tellAfterMs: number;
  readonly tellEveryMs: number;
  /** Before a part is tried again; doubled each time. */
  readonly retryMs: number;
  /** How often AWS is asked whether an upload is ready, and for how long. */
  readonly askMs: number;
  readonly readyForMs: number;
}

/** What is larger takes a while on any line, so it is said at once that it begins. */
const LONG_BYTES = 20 * 1024 * 1024;

export const FILE_TIMING: FileTiming = {
  tellAfterMs: 3_000,
  tellEveryMs: 10_000,
  retryMs: 1_000,
  askMs: 1_000,
  readyForMs: 180_000,
};

/** The bot is being stopped. The message stays as it is, and is taken up when it is back. */
export class Stopping extends Error {}

export type Brought = Pick<Letter, 'attachmentSetId' | 'uploadIds'>;

/** Brings all files of the message. Rejects with FileTrouble, SupportError, Stopping or LeaseLost. */
export async function bringFiles(turn: Turn, message: OutboxMessage): Promise<Brought> {
  const { files: asked = [] } = message;
  if (asked.length === 0) return {};
  refuse(filesProblem(asked));
  const { api, now, tell, stillOurs, stopping, files: source } = turn;
  const timing = turn.timing.files;
  const files: FileAtSource[] = [];
  for (const { id, name } of asked) {
    stillOurs();
    files.push(await source.describe(id).catch((error: unknown) => nameIt(name, error)));
  }
  refuse(filesProblem(files));

  const total = files.reduce((sum, { size }) => sum + size, 0);
  const progress = new Progress({
    total,
    afterMs: total > LONG_BYTES ? 0 : timing.tellAfterMs,
    everyMs: timing.tellEveryMs,
    now,
    tell: (at) => tell.progress(message, at, stillOurs),
  });
  const goOn = () => {
    stillOurs();
    if (stopping.aborted) throw new Stopping('the bot is being stopped');
  };
  let before = 0;
  /** Each under its own name, and with the bytes of those before counted as done. */
  const each = async <T>(bring: (file: FileAtSource, tellDone: (done: number) => void) => Promise<T>) => {
    const brought: T[] = [];
    for (const file of files) {
      const base = before;
      goOn();
      brought.push(
        await bring({ ...file, name: nameForAws(file.name) }, (done) => {
          goOn();
          progress.at(file.name, base + done);
        }).catch((error: unknown) => nameIt(file.name, error)),
      );
      before += file.size;
    }
    return brought;
  };

  try {
    if (wayOf(files) === 'uploads') {
      const deps = { api, source, timing, pause: pauser(stopping) };
      return { uploadIds: await each((file, tellDone) => uploadFile(deps, file, tellDone)) };
    }
    let setId: string | undefined;
    await each(async (file, tellDone) => {
      const data = await whole(source, file, tellDone);
      // One at a time: no more than one of them is in memory, and AWS's answer is about this one.
      setId = (await api.addAttachments([{ name: file.name, data }], setId)).id;
    });
    return setId === undefined ? {} : { attachmentSetId: setId };
  } finally {
    await progress.settled();
  }
}

/** All of a small file. */
async function whole(
  source: FileSource,
  file: FileAtSource,
  tellDone: (done: number) => void,
): Promise<Uint8Array> {
  const data = Buffer.alloc(file.size);
  let at = 0;
  const bytes = new FileBytes(
    () => source.open(file),
    () => tellDone(at),
  );
  try {
    for await (const piece of bytes.read(0, file.size)) {
      data.set(piece, at);
      at += piece.length;
    }
    await bytes.end();
    return data;
  } finally {
    bytes.drop();
  }
}

function refuse(problem: string | null): void {
  if (problem !== null) throw new FileTrouble('limit', problem, false);
}

/** Of several files, the person must know which. */
function nameIt(name: string, error: unknown): never {
  if (error instanceof FileTrouble) {
    throw new FileTrouble(error.code, FILE_REASONS.named(name, error.sentence), error.passes, {
      cause: error,
    });
  }
  if (error instanceof SupportError && error.kind === 'refused') {
    throw new FileTrouble(error.code, FILE_REASONS.named(name, error.sentence), false, { cause: error });
  }
  throw error;
}

function pauser(stopping: AbortSignal): (ms: number) => Promise<void> {
  return (ms) =>
    pause(ms, undefined, { signal: stopping }).catch((cause: unknown) => {
      throw new Stopping('the bot is being stopped', { cause });
    });
}
