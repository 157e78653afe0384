/**
 * A text as it looks to whoever reads it: without what cannot be seen, with every dash, blank and dot in its plain form. What
 * a client puts between digits when something is copied must hide nothing from a search.
 */
export interface Folded {
  readonly text: string;
  /** Where a part of it stands in the text that was folded. */
  original(part: { readonly from: number; readonly to: number }): {
    readonly from: number;
    readonly to: number;
  };
}

/** Control characters, but for those that end lines and tabs. */
const CONTROL = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
const UNSEEN = new RegExp(`[\\p{Default_Ignorable_Code_Point}\\p{M}${CONTROL}]`, 'u');
const BLANK = new RegExp(`^[\\s\\p{Default_Ignorable_Code_Point}\\u2800${CONTROL}]*$`, 'u');
const PLAIN = /^[\t\n\r -~]*$/;
const DOTS = /[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb]/;

export function fold(text: string): Folded {
  if (PLAIN.test(text)) return { text, original: ({ from, to }) => ({ from, to }) };
  let folded = '';
  /** Of each character that is left, where it began and ended. */
  const begins: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const plain = plainOf(character);
    for (let unit = 0; unit < plain.length; unit++) {
      begins.push(at);
      ends.push(end);
    }
    folded += plain;
    at = end;
  }
  return {
    text: folded,
    original: ({ from, to }) => ({ from: begins[from] ?? at, to: ends[to - 1] ?? at }),
  };
}

/** Whether there is nothing in it that anybody could read. */
export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

function plainOf(character: string): string {
  if (PLAIN.test(character)) return character;
  if (UNSEEN.test(character)) return '';
  if (/\p{Zs}/u.test(character)) return ' ';
  if (/[\p{Pd}\u2212]/u.test(character)) return '-';
  if (DOTS.test(character)) return '.';
  // Digits and letters as wide as Chinese ones.
  if (/[\uff01-\uff5e]/.test(character)) return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  return character;
}
