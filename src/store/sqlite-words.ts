import { setImmediate as breathe } from 'node:timers/promises';
import { caseKeyText } from '../case/case-key.js';
import type { Database } from '../sqlite/database.js';
import { casePlaces } from './sqlite-places.js';
import type { CasePlace, Store } from './store.js';
import { rarestFirst, withWords } from './words-text.js';

/** The process does other things in between: so many cases are looked through in three to five milliseconds. */
const AT_ONCE = 250;

export function sqliteWords(db: Database) {
  return {
    addWords: (key, words) => db.write(() => addWords(db, caseKeyText(key), words)),
    placesByWords: (beginnings) => placesByWords(db, beginnings),
  } satisfies Partial<Store>;
}

/** Only inside a write. */
function addWords(db: Database, key: string, words: readonly string[]): void {
  const kept = wordsOf(db, key);
  const all = withWords(kept, words);
  if (all !== kept) db.run('INSERT OR REPLACE INTO words VALUES (?, ?)', key, all);
}

/** Only inside a write: one case was two. */
export function moveWords(db: Database, from: string, to: string): void {
  addWords(db, to, wordsOf(db, from).split('\n').filter(Boolean));
  db.run('DELETE FROM words WHERE case_key = ?', from);
}

/** Cases that have a word for each of the beginnings, newest activity first. */
async function placesByWords(db: Database, beginnings: readonly string[]): Promise<CasePlace[]> {
  const sought = rarestFirst(beginnings);
  const places = casePlaces(db, 'all');
  const sql = `SELECT case_key FROM words WHERE case_key IN (SELECT value FROM json_each(?))${' AND instr(words, char(10) || ?)'.repeat(sought.length)}`;
  const found: CasePlace[] = [];
  for (let from = 0; from < places.length; from += AT_ONCE) {
    if (from > 0) await breathe();
    const some = places.slice(from, from + AT_ONCE);
    const keys = JSON.stringify(some.map(({ key }) => caseKeyText(key)));
    const fitting = new Set(db.all(sql, keys, ...sought).map((row) => row.case_key));
    found.push(...some.filter(({ key }) => fitting.has(caseKeyText(key))));
  }
  return found;
}

function wordsOf(db: Database, key: string): string {
  return String(db.get('SELECT words FROM words WHERE case_key = ?', key)?.words ?? '');
}
