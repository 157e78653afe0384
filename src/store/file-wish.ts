import { type CaseKey, caseKeyText } from '../case/case-key.js';
import type { Store } from './store.js';

/** Somebody wants a file to be tried again. The ledger says that one is owed; this says which. */
export type FileWish = WishedFile & {
  readonly fileName: string;
  /** The message that stands in its place. */
  readonly messageTs: string;
};

/** A file that AWS holds, or the text of an entry. */
type WishedFile = { readonly attachmentId: string } | { readonly textOf: string };

export async function readFileWish(
  store: Pick<Store, 'note'>,
  key: CaseKey,
  entry: string,
): Promise<FileWish | null> {
  const note = await store.note(nameOf(key, entry));
  return note === null ? null : (JSON.parse(note) as FileWish);
}

export function saveFileWish(
  store: Pick<Store, 'saveNote'>,
  key: CaseKey,
  entry: string,
  wish: FileWish | null,
): Promise<void> {
  return store.saveNote(nameOf(key, entry), wish === null ? null : JSON.stringify(wish));
}

function nameOf(key: CaseKey, entry: string): string {
  return `file-wish ${caseKeyText(key)} ${entry}`;
}
