/** Characters that turn the direction of what follows them: `gpj.exe` would end in `exe.jpg`. Others show nothing at all. */
const MISLEADING = /[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
/** What file systems take. */
const LONGEST = 255;
const ENDING = 20;

/**
 * The name of a foreign file as it can be shown and kept: one line, no path, nothing that misleads, its ending kept. Never
 * empty. Not escaped.
 */
export function fileNameOf(given: string): string {
  const name = given
    .toWellFormed()
    .replace(MISLEADING, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[/\\]+/g, '_')
    .trim()
    .replace(/^\.+$/, '');
  if (name === '') return 'unnamed';
  if (name.length <= LONGEST) return name;
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? '';
  return `${cut(name, LONGEST - ENDING - 2)}…${ending}`;
}

/** By code point: half a character cannot be shown. */
function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
