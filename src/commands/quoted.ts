import { clip } from '../slack/clip.js';
import { escapeText } from '../slack/escape.js';
import { unescapeText } from '../slack/plain-text.js';

/** Foreign words within a sentence of ours: they do nothing, and leave room for the sentence. */
export function quoted(words: string, limit = 120): string {
  return escapeText(clip(words, limit));
}

/** The same of words as Slack passes them on, which it has escaped already: people shall see what they typed. */
export function quotedTyped(typed: string, limit?: number): string {
  // Slack puts what calls everybody into its own form.
  const seen = typed.replace(/<!(here|channel|everyone)(?:\|[^<>]*)?>/g, '@$1');
  return quoted(unescapeText(seen), limit);
}
