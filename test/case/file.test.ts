import assert from 'node:assert/strict';
import { fileEntry, textFileEntry } from '../../src/case/entry-ids.js';
import { filesOwed, hasFilesBefore } from '../../src/case/file.js';
import type { CommunicationItem } from '../../src/case/item.js';
import { type LedgerEntry, OWED } from '../../src/case/ledger-entry.js';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;
const item: CommunicationItem = {
  kind: 'communication',
  id: 'c-1',
  at: NOW - 10 * DAY,
  author: { side: 'aws', name: 'AWS Support', way: 'unknown' },
  text: 'See the files.',
  files: ['one', 'two', 'two', ''].map((id) => ({ id, fileName: `${id}.txt` })),
  reference: null,
  replaces: null,
  toldAt: null,
};

function row(entry: string, intendedAt: number, ts: string | null): LedgerEntry {
  return { entry, part: 0, parts: 1, at: item.at, intendedAt, ts };
}

function owed(...ledger: LedgerEntry[]): string[] {
  const posted = new Set(ledger.flatMap(({ entry, ts }) => (ts === null ? [] : [entry])));
  return filesOwed(item, { posted, ledger, now: NOW }).map(({ id }) => id);
}

const [one, two] = [fileEntry('one'), fileEntry('two')];

describe('files of a communication', () => {
  it('are all owed, each once and in order, while their entry is not posted, but for those that AWS has no id for', () => {
    assert.deepEqual(owed(), [one, two]);
  });

  it('are owed until they are in the thread, however late, where that was written down', () => {
    const entry = row('c-1', NOW - 9 * DAY, '1.0');
    assert.deepEqual(owed(entry, row(one, OWED, null), row(two, NOW - DAY, '2.0')), [one]);
    assert.deepEqual(owed(entry, row(one, NOW - 8 * DAY, null)), [one]);
  });

  it('are not owed of an entry from before files were shown, unless it was posted within a day', () => {
    assert.deepEqual(owed(row('c-1', NOW - 2 * DAY, '1.0')), []);
    assert.deepEqual(owed(row('c-1', NOW - DAY / 2, '1.0')), [one, two]);
  });

  it('are its text first, where only the beginning of that is shown, however late', () => {
    const long = { ...item, text: 'x'.repeat(20_000), asFile: true };
    const owes = (...ledger: LedgerEntry[]) => {
      const posted = new Set(ledger.flatMap(({ entry, ts }) => (ts === null ? [] : [entry])));
      return filesOwed(long, { posted, ledger, now: NOW }).map(({ id }) => id);
    };
    const text = textFileEntry('c-1');
    assert.deepEqual(owes(), [text, one, two]);
    assert.deepEqual(owes(row('c-1', NOW - 9 * DAY, '1.0')), [text]);
    assert.deepEqual(owes(row('c-1', NOW - 9 * DAY, '1.0'), row(text, OWED, null)), [text]);
    assert.deepEqual(owes(row('c-1', NOW - 9 * DAY, '1.0'), row(text, NOW, '2.0')), []);
  });

  it('are not owed where the person who sent them shows them in the thread', () => {
    const ledger: LedgerEntry[] = [];
    assert.deepEqual(filesOwed({ ...item, filesAbove: true }, { posted: new Set(), ledger, now: NOW }), []);
  });

  it('make all pages be read where one is owed that the newest do not show', () => {
    const known = [{ id: item.id, attachments: item.files }];
    for (const [here, older] of [
      [one, fileEntry('older')],
      [textFileEntry('c-1'), textFileEntry('c-0')],
    ] as const) {
      assert.equal(hasFilesBefore([row(here, OWED, null)], known), false);
      assert.equal(hasFilesBefore([row(older, OWED, null)], known), true);
      assert.equal(hasFilesBefore([row(older, NOW, '1.0')], known), false);
    }
  });
});
