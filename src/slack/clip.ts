import { escapedLength } from './escape.js';

/** The beginning of a text that takes at most so many characters once escaped; an ellipsis says that there was more. */
export function clip(text: string, limit: number): string {
  if (escapedLength(text) <= limit) return text;
  let room = limit - 1;
  let kept = '';
  // By code point: half a character cannot be shown.
  for (const character of text) {
    room -= escapedLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
