import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import { fileEntry, isFileAgainEntry, textFileEntry } from '../../case/entry-ids.js';
import type { FileItem, FileSource } from '../../case/file.js';
import { type LedgerEntry, OWED, showsOnly } from '../../case/ledger-entry.js';
import type { Message } from '../../slack/message.js';
import {
  type AbsentText,
  type FileButton,
  renderBrought,
  renderFailedFile,
  renderTooLarge,
} from '../../slack/render-file.js';
import type { Place, PostUrgency, Slack } from '../../slack/slack.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Uploads } from '../../slack/uploads.js';
import { type FileWish, readFileWish, saveFileWish } from '../../store/file-wish.js';
import type { Store } from '../../store/store.js';
import { readEntry } from '../../support/read-entry.js';
import type { SupportApi } from '../../support/support-api.js';
import type { ThreadWriter } from '../thread-writer.js';
import { FileTrouble } from './file-trouble.js';
import { keptUploads } from './kept-upload.js';
import { type FileRules, TooLarge, uploadFile } from './upload-file.js';

export interface CaseFilesDeps {
  readonly store: Pick<Store, 'caseFile' | 'note' | 'saveNote' | 'intend' | 'retract'>;
  readonly slack: Pick<Slack, 'post' | 'update'>;
  readonly uploads: Uploads;
  readonly api: Pick<SupportApi, 'downloadLink' | 'smallAttachment' | 'getCase' | 'communications'>;
  readonly rules: FileRules;
  readonly stillOurs: () => void;
  readonly now: () => number;
}

type Sending = { place: Place; tag: Parameters<Slack['post']>[2]; atTurn: () => Promise<void> };

/**
 * The files of one case in one look at it. A file that cannot be brought is named in its place, with what to do. One that
 * may come a little later is put off, and with it all that follow: the entries are not to wait for files.
 */
export class CaseFiles {
  readonly #deps: CaseFilesDeps;
  readonly #key: CaseKey;
  readonly #writer: ThreadWriter;
  readonly #startedAt = performance.now();
  #putOff: FileTrouble | null = null;

  constructor(deps: CaseFilesDeps, key: CaseKey, writer: ThreadWriter) {
    this.#deps = deps;
    this.#key = key;
    this.#writer = writer;
  }

  /** Why not all files are in the thread yet; null when they are. */
  get putOff(): FileTrouble | null {
    return this.#putOff;
  }

  /** Writes down which files are about to be owed, before the entries that they belong to are posted. */
  async owe(files: readonly FileItem[]): Promise<void> {
    const owed = files.map(({ id, at }) => ({ entry: id, part: 0, parts: 1, at, intendedAt: OWED }));
    await Promise.all(owed.map((row) => this.#deps.store.intend(this.#key, row)));
  }

  async attach(file: FileItem, urgency: PostUrgency): Promise<void> {
    await this.#orPutOff(() =>
      this.#writer.attach(file, async (place, tag, atTurn) => {
        const sending = { place, tag, atTurn };
        const inPlace = await this.#bring(file, sending, urgency);
        return 'ts' in inPlace
          ? inPlace.ts
          : this.#deps.slack.post(place, inPlace.message, tag, urgency, atTurn);
      }),
    );
    if (this.#putOff === null) await keptUploads(this.#deps.store, this.#key).forget(file.id);
  }

  /** Files that somebody wants to be tried again: shown below, or the message in their place says anew why not. */
  async bringWished(channel: string, ledger: readonly LedgerEntry[]): Promise<void> {
    for (const { entry, at, ts } of ledger.filter((row) => isFileAgainEntry(row.entry))) {
      const wish = await readFileWish(this.#deps.store, this.#key, entry);
      if (wish === null) continue;
      const { fileName, messageTs } = wish;
      const first = 'textOf' in wish ? textFileEntry(wish.textOf) : fileEntry(wish.attachmentId);
      // The message may have been posted in this very look.
      const { ledger: known } = await this.#deps.store.caseFile(this.#key);
      if (known.some((row) => row.entry === first && row.ts === null)) continue;
      // Written over another message, it would take what that says, and the tag by which a lost store is found again.
      if (!showsOnly(known, messageTs, first)) {
        if (ts === null) await this.#deps.store.retract(this.#key, entry, 0);
        await saveFileWish(this.#deps.store, this.#key, entry, null);
        continue;
      }
      const file: FileItem = { id: entry, at, toldAt: null, source: this.#sourceOf(wish) };
      let said: Message | null = renderBrought(fileName);
      if (ts === null) said = await this.#bringAgain(file);
      if (said === null) continue;
      await this.#say(channel, messageTs, said, { entry: first, at });
      await keptUploads(this.#deps.store, this.#key).forget(entry);
      await saveFileWish(this.#deps.store, this.#key, entry, null);
    }
  }

  /** A text that is not at hand any more is read anew. */
  #sourceOf(wish: FileWish): FileSource {
    const { fileName } = wish;
    if ('attachmentId' in wish) return { from: 'aws', attachment: { id: wish.attachmentId, fileName } };
    const text = async () => {
      const communication = await readEntry(this.#deps.api, this.#key, wish.textOf);
      if (communication !== null) return communication.body;
      throw new FileTrouble(false, 'AWS does not show this message any more.', 'no');
    };
    return { from: 'text', entry: wish.textOf, fileName, text };
  }

  /** What stands in the place of the file from now on; null while that is not known. */
  async #bringAgain(file: FileItem): Promise<Message | null> {
    let message: Message = renderBrought(nameOf(file));
    const isThere = await this.#orPutOff(() =>
      this.#writer.attach(file, async (place, tag, atTurn) => {
        const brought = await this.#bring(file, { place, tag, atTurn }, 'now');
        if ('ts' in brought) return brought.ts;
        message = brought.message;
        throw new NotAgain();
      }),
    ).catch(async (error: unknown) => {
      if (!(error instanceof NotAgain)) throw error;
      await this.#deps.store.retract(this.#key, file.id, 0);
      return true;
    });
    return isThere ? message : null;
  }

  /** The file in the thread, or the message that has to stand in its place. */
  async #bring(
    file: FileItem,
    sending: Sending,
    urgency: PostUrgency,
  ): Promise<{ readonly ts: string | null } | { readonly message: Message }> {
    const { rules, now } = this.#deps;
    const { source } = file;
    const absent = this.#absent(source);
    if (rules.maxBytes === 0 && 'attachmentId' in absent) {
      return { message: renderTooLarge(absent, null, 0) };
    }
    try {
      return { ts: await uploadFile(this.#deps, this.#key, file, { ...sending, urgency }) };
    } catch (error) {
      if (error instanceof TooLarge && 'attachmentId' in absent) {
        return { message: renderTooLarge(absent, error.size, rules.maxBytes) };
      }
      if (!(error instanceof FileTrouble) || error.passes) throw error;
      return { message: renderFailedFile(absent, error.sentence, now()) };
    }
  }

  /** What stands for the file in a message in its place. */
  #absent(source: FileSource): FileButton | AbsentText {
    if (source.from === 'text') return { key: this.#key, entry: source.entry, fileName: source.fileName };
    const { id: attachmentId, fileName } = source.attachment;
    return { caseKey: caseKeyText(this.#key), attachmentId, fileName };
  }

  async #orPutOff(work: () => Promise<void>): Promise<boolean> {
    const { rules } = this.#deps;
    if (performance.now() - this.#startedAt > rules.inOneLookMs) {
      this.#putOff ??= new FileTrouble(true, 'Other files go first.', 'no', 0, false);
    }
    if (this.#putOff !== null) return false;
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof FileTrouble)) throw error;
      this.#putOff = error;
      return false;
    }
  }

  async #say(
    channel: string,
    ts: string,
    message: Message,
    { entry, at }: { readonly entry: string; readonly at: number },
  ): Promise<void> {
    const { slack, stillOurs } = this.#deps;
    const tag = { case: caseKeyText(this.#key), entry, part: 0, parts: 1, at };
    await slack.update(channel, ts, message, stillOurs, tag).catch((error: unknown) => {
      // Somebody has deleted the message: what it said is not wanted.
      if (!(error instanceof SlackError) || error.kind !== 'gone') throw error;
    });
  }
}

/** It did not work this time either, and nothing was sent. */
class NotAgain extends Error {}

function nameOf({ source }: FileItem): string {
  return source.from === 'aws' ? source.attachment.fileName : source.fileName;
}
