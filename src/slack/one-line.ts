import { clip } from './clip.js';
import { visible } from './rich-text.js';

/** Characters that turn the direction of what follows them in the line. */
const DIRECTIONS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Foreign words within a line of ours: they break it nowhere, turn nothing round, and take at most so many characters. */
export function oneLine(words: string, limit: number): string {
  // Whatever is longer is clipped in any case, and takes time until then.
  const line = visible(words.slice(0, limit * 4))
    .replace(DIRECTIONS, '')
    .replace(/\s+/g, ' ')
    .trim();
  return clip(line, limit);
}
