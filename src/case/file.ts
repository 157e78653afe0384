import type { Attachment } from './communication.js';
import { fileEntry, isFileEntry, isTextFileEntry, textFileEntry } from './entry-ids.js';
import type { Identified } from './identify.js';
import type { CommunicationItem } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import { textFileName } from './long-text.js';

/** A file that belongs below an entry: one that AWS holds, or a text of ours that is too long for messages. */
export type FileSource = { readonly from: 'aws'; readonly attachment: Attachment } | TextSource;

export interface TextSource {
  readonly from: 'text';
  /** The entry whose text it is. */
  readonly entry: string;
  readonly fileName: string;
  /** As AWS gave it, quoted mail included; or what reads it once it is needed. */
  readonly text: string | (() => Promise<string>);
}

/** One entry of the thread that shows a file, or says why it does not. */
export interface FileItem {
  readonly id: string;
  /** When the communication with it was written, milliseconds since 1970. */
  readonly at: number;
  readonly toldAt: number | null;
  readonly source: FileSource;
}

/** Files of an entry that was posted so lately are brought although nothing says that they were owed. */
const RECENTLY_MS = 24 * 3_600_000;

/**
 * The files of a communication that the thread still lacks: its text, where that is one, then those of AWS in its order. All
 * of one that is about to be posted, and of one that is posted those that were written down as owed by then. Without such a
 * note an entry is one of a version that showed no files, or the store was lost in between: then they are brought within a
 * day, so that an update of Casethread does not fill old threads with old files. A text of which only the beginning is shown
 * is brought however late.
 */
export function filesOwed(
  item: CommunicationItem,
  { posted, ledger, now }: { posted: ReadonlySet<string>; ledger: readonly LedgerEntry[]; now: number },
): FileItem[] {
  const text = item.asFile ? textOwed(item, ledger) : [];
  if (item.filesAbove) return text;
  const isPosted = posted.has(item.id);
  const postedAt = ledger.find(({ entry }) => entry === item.id)?.intendedAt ?? now;
  const seen = new Set<string>();
  const files = item.files.flatMap((attachment): FileItem[] => {
    const id = fileEntry(attachment.id);
    // What AWS gives no id for, nobody can fetch; the entry names it.
    if (attachment.id === '' || seen.has(id)) return [];
    seen.add(id);
    const row = ledger.find(({ entry }) => entry === id);
    const isOwing = row === undefined ? !isPosted || now - postedAt < RECENTLY_MS : row.ts === null;
    if (!isOwing) return [];
    return [{ id, at: item.at, toldAt: item.toldAt, source: { from: 'aws', attachment } }];
  });
  return [...text, ...files];
}

function textOwed(
  { id: entry, at, toldAt, text }: CommunicationItem,
  ledger: readonly LedgerEntry[],
): FileItem[] {
  const id = textFileEntry(entry);
  if (ledger.some((row) => row.entry === id && row.ts !== null)) return [];
  return [{ id, at, toldAt, source: { from: 'text', entry, fileName: textFileName(at), text } }];
}

/** Files that were begun, or owed, and of which this reading does not tell: all pages have to be read for them. */
export function hasFilesBefore(
  ledger: readonly LedgerEntry[],
  known: readonly Pick<Identified, 'id' | 'attachments'>[],
): boolean {
  const entries = new Set([
    ...known.map(({ id }) => textFileEntry(id)),
    ...known.flatMap(({ attachments }) => attachments.map(({ id }) => fileEntry(id))),
  ]);
  const isFile = (entry: string) => isFileEntry(entry) || isTextFileEntry(entry);
  return ledger.some(({ entry, ts }) => ts === null && isFile(entry) && !entries.has(entry));
}
