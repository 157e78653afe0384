import { type CaseKey, caseKeyText } from './case-key.js';
import { textFileEntry } from './entry-ids.js';
import { foldQuoted } from './fold-quoted.js';
import type { CommunicationItem } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';

/** Of a longer text a thread shows the beginning; the whole of it is a file below that. In characters. AWS takes 8,000. */
export const LONG_TEXT = 12_000;
/** A longer case key leaves no room for the tag by which a file is found again (file-tag.ts). AWS's take about 60. */
const LONGEST_KEY = 190;

/**
 * Whether an entry is long without the earlier mail at its end, which is behind a button anyway. In messages it takes more
 * than one: so the ledger tells how it was posted.
 */
export function isLongText(text: string): boolean {
  return text.length > LONG_TEXT && foldQuoted(text.replace(/\r\n?/g, '\n')).shown.length > LONG_TEXT;
}

/**
 * Whether an entry shows the beginning of its text, with the whole in a file below it. What was begun in one way goes on in
 * it, whatever the configuration has become: the ledger counts the messages of an entry.
 *
 * @param wanted for those that are not begun.
 */
export function isShownAsFile(
  { id, text }: Pick<CommunicationItem, 'id' | 'text'>,
  {
    key,
    ledger,
    wanted,
  }: { readonly key: CaseKey; readonly ledger: readonly LedgerEntry[]; readonly wanted: boolean },
): boolean {
  if (!isLongText(text) || caseKeyText(key).length > LONGEST_KEY) return false;
  const begun = ledger.filter(({ entry }) => entry === id);
  if (begun.length > 0) return begun.every(({ parts }) => parts === 1);
  // Written down before the entry itself.
  return wanted || ledger.some(({ entry }) => entry === textFileEntry(id));
}

/** What the file is called that holds the whole text of an entry: always the same. @param at when it was written. */
export function textFileName(at: number): string {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
  return `message-${time}.txt`;
}
