import { clip } from '../slack/clip.js';
import { escapeText } from '../slack/escape.js';

/** Foreign words within a sentence of ours: they do nothing, and leave room for the sentence. */
export function quoted(words: string, limit = 120): string {
  return escapeText(clip(words, limit));
}
