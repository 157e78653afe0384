import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseKey } from '../../case/case-key.js';
import type { FileItem, FileSource } from '../../case/file.js';
import type { EntryTag } from '../../slack/message.js';
import { fileCaption } from '../../slack/render-file.js';
import type { Place, PostUrgency } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Uploads } from '../../slack/uploads.js';
import type { Store } from '../../store/store.js';
import { type OpenFile, openAttachment } from '../../support/open-attachment.js';
import type { SupportApi } from '../../support/support-api.js';
import { FileTrouble, fileTrouble } from './file-trouble.js';
import { type KeptUpload, keptUploads } from './kept-upload.js';

export interface UploadDeps {
  readonly store: Pick<Store, 'note' | 'saveNote'>;
  readonly api: Pick<SupportApi, 'downloadLink' | 'smallAttachment'>;
  readonly uploads: Uploads;
  readonly rules: FileRules;
}

export interface FileRules {
  /** Larger files stay at AWS; 0: all do. */
  readonly maxBytes: number;
  /** How long a file may take on its way from AWS to Slack: what comes behind it waits meanwhile. */
  readonly withinMs: number;
  /** After so many tries a trouble that should have passed is told to people. */
  readonly tries: number;
  /** How long files may take in one look at a case; the rest waits for the next, behind the entries. */
  readonly inOneLookMs: number;
  /** The bot is stopping. */
  readonly stopping: AbortSignal;
}

/** The file stays at AWS. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';

  constructor(readonly size: number) {
    super('the file is larger than what is brought');
  }
}

/** Slack tells where a file is shown a moment after it is. */
const LOOK_AFTER_MS = [0, 250, 750];
/** Slack has forgotten a file that was sent and never shown, or somebody has deleted it. */
const UNKNOWN_FILES = ['file_not_found', 'file_deleted'];

/**
 * Brings a file from AWS into a thread, streamed. What Slack has of it is remembered before it is shown: after an unclear
 * answer, or a crash, Slack is asked whether it is there, and only else shows it again.
 *
 * @returns its `ts`; null where Slack does not say it yet. Rejects with {@link TooLarge} or a {@link FileTrouble}.
 */
export async function uploadFile(
  deps: UploadDeps,
  key: CaseKey,
  file: FileItem,
  {
    place,
    tag,
    urgency,
    atTurn,
  }: {
    readonly place: Place;
    readonly tag: EntryTag;
    readonly urgency: PostUrgency;
    readonly atTurn: () => Promise<void>;
  },
): Promise<string | null> {
  const { uploads } = deps;
  const memory = keptUploads(deps.store, key);
  const kept = await memory.read(file.id);
  const text = fileCaption(file.source.from, file.at);
  const name = nameOf(file.source);
  let fileId = kept.fileId;
  try {
    if (fileId !== null) {
      const shown = await shownAs(uploads, fileId, place);
      if (shown.there) return shown.ts;
      if (!shown.isKnown) fileId = null;
    }
    fileId ??= await send(deps, file.source);
    if (fileId !== kept.fileId) await memory.save(file.id, { ...kept, fileId });
    await uploads.share(place, fileId, name, { text, tag }, urgency, atTurn);
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw await counted(memory, file.id, { ...kept, fileId }, error, deps.rules);
  }
  return askWhere(uploads, fileId, place);
}

function nameOf(source: FileSource): string {
  return source.from === 'aws' ? source.attachment.fileName : source.fileName;
}

/** From AWS to Slack, where nobody sees it yet. */
async function send({ api, uploads, rules }: UploadDeps, source: FileSource): Promise<string> {
  const tooLate = AbortSignal.timeout(rules.withinMs);
  const signal = AbortSignal.any([tooLate, rules.stopping]);
  try {
    const { fileName, size, bytes } = await open(api, source, signal);
    if (source.from === 'aws' && size > rules.maxBytes) {
      await bytes.cancel();
      throw new TooLarge(size);
    }
    if (size === 0) {
      await bytes.cancel();
      throw new FileTrouble(false, 'It is empty, and Slack takes no empty files.', 'no');
    }
    return await uploads.send({ fileName, size, bytes }, signal);
  } catch (error) {
    if (rules.stopping.aborted)
      throw new FileTrouble(true, 'Casethread is stopping.', 'no', undefined, false);
    if (!tooLate.aborted) throw error;
    const seconds = Math.round(rules.withinMs / 1000);
    const orElse = source.from === 'aws' ? ', or get a link' : '';
    const sentence = `It took longer than ${seconds} seconds. Try again later${orElse}.`;
    throw new FileTrouble(true, sentence, 'no', undefined, true, { cause: error });
  }
}

async function open(api: UploadDeps['api'], source: FileSource, signal: AbortSignal): Promise<OpenFile> {
  if (source.from === 'aws') {
    const { id, fileName } = source.attachment;
    const file = await openAttachment(api, id, signal);
    return { ...file, fileName: fileName || file.fileName };
  }
  const bytes = new TextEncoder().encode(typeof source.text === 'string' ? source.text : await source.text());
  return { fileName: source.fileName, size: bytes.byteLength, bytes: new Blob([bytes]).stream() };
}

type Shown =
  | { readonly there: true; readonly ts: string }
  | { readonly there: false; readonly isKnown: boolean };

async function shownAs(uploads: Uploads, fileId: string, place: Place): Promise<Shown> {
  try {
    const ts = await uploads.shownAs(fileId, place);
    return ts === null ? { there: false, isKnown: true } : { there: true, ts };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    if (UNKNOWN_FILES.includes(error.code)) return { there: false, isKnown: false };
    // Without files:read nobody can ask; but the thread was read before this.
    if (error.code === 'missing_scope') return { there: false, isKnown: true };
    throw error;
  }
}

/** Null is no harm: that it is there is known. */
async function askWhere(uploads: Uploads, fileId: string, place: Place): Promise<string | null> {
  for (const ms of LOOK_AFTER_MS) {
    if (ms > 0) await sleep(ms);
    const shown = await shownAs(uploads, fileId, place).catch(() => null);
    if (shown?.there) return shown.ts;
    if (shown === null) break;
  }
  return null;
}

/** What passes by itself is tried again a few times; then it is a person's. */
async function counted(
  memory: ReturnType<typeof keptUploads>,
  entry: string,
  kept: KeptUpload,
  error: unknown,
  { tries }: FileRules,
): Promise<FileTrouble> {
  // Slack no longer has what was sent: it is sent again.
  if (error instanceof SlackError && UNKNOWN_FILES.includes(error.code)) {
    const trouble = new FileTrouble(true, 'Slack has lost the file.', 'no', undefined, true, {
      cause: error,
    });
    return counted(memory, entry, { ...kept, fileId: null }, trouble, { tries } as FileRules);
  }
  const trouble = fileTrouble(error);
  if (!trouble.passes || !trouble.isTry) return trouble;
  await memory.save(entry, { ...kept, tries: kept.tries + 1 });
  if (kept.tries + 1 < tries || trouble.happened === 'maybe') return trouble;
  return new FileTrouble(false, trouble.sentence, 'no', undefined, true, { cause: trouble });
}
