import assert from 'node:assert/strict';
import { textFileEntry } from '../../src/case/entry-ids.js';
import { type LedgerEntry, OWED } from '../../src/case/ledger-entry.js';
import { isLongText, isShownAsFile, textFileName } from '../../src/case/long-text.js';

const KEY = { account: '111122223333', caseId: 'case-111122223333-muen-2026-1' };
const item = { id: 'c-1', text: 'x'.repeat(12_001) };

function row(entry: string, part: number, parts: number, ts: string | null = null): LedgerEntry {
  return { entry, part, parts, at: 0, intendedAt: ts === null ? OWED : 1, ts };
}

describe('long texts', () => {
  it('are those of more than 12,000 characters without the mail at their end', () => {
    const trail = '\r\n\r\nOn Mon, Mar 2, 2026 Jane <jane@example.com> wrote:\r\n> a line'.padEnd(
      20_000,
      ' of it',
    );
    assert.equal(isLongText('x'.repeat(12_000)), false);
    assert.equal(isLongText('x'.repeat(12_001)), true);
    assert.equal(isLongText(`Thank you.${trail}`), false);
    assert.equal(isLongText(`${'x'.repeat(12_001)}${trail}`), true);
  });

  it('are files where that is wanted, unless they were begun in messages', () => {
    const isFile = (wanted: boolean, ...ledger: LedgerEntry[]) =>
      isShownAsFile(item, { key: KEY, ledger, wanted });
    assert.equal(isFile(true), true);
    assert.equal(isFile(false), false);
    for (const wanted of [true, false]) {
      assert.equal(isFile(wanted, row('c-1', 0, 4, '1.0')), false);
      assert.equal(isFile(wanted, row('c-1', 0, 4)), false);
      assert.equal(isFile(wanted, row('c-1', 0, 1, '1.0')), true);
      assert.equal(isFile(wanted, row(textFileEntry('c-1'), 0, 1)), true);
      // Tags of early versions did not say how many messages there are.
      assert.equal(isFile(wanted, row('c-1', 0, 1, '1.0'), row('c-1', 1, 2, '2.0')), false);
    }
    assert.equal(isFile(true, row('c-2', 0, 4, '1.0')), true);
  });

  it('go on in messages where the id of the case leaves no room for the tag of a file', () => {
    const key = { ...KEY, caseId: 'c'.repeat(200) };
    assert.equal(isShownAsFile(item, { key, ledger: [], wanted: true }), false);
  });

  it('have files of one name, whenever it is asked for', () => {
    assert.equal(textFileName(Date.UTC(2026, 2, 1, 9, 5)), 'message-2026-03-01-090500.txt');
  });
});
