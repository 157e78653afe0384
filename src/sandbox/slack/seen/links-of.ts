import { stringIn } from '../json-object.js';
import type { Block, Parsing } from '../message.js';
import { tokens, unescaped } from './mrkdwn-tokens.js';
import { objectsWithin, parsedTexts } from './parsed-texts.js';

const PLAIN = /\bhttps?:\/\/[^\s<>|]+/gi;
const MARKDOWN = /\]\(\s*<?([a-z][a-z0-9+.-]*:[^\s)>]+)/gi;

function withoutTrail(url: string): string {
  return url.replace(/(?:[.,;:!?)'"*_~`\]]|&[lg]t;.*)+$/, '');
}

/** Every target that somebody could click, each once. */
export function linksOf(shown: { text?: string; blocks: readonly Block[] } & Parsing): string[] {
  const found = parsedTexts(shown).flatMap(({ text, auto, markdown }) => [
    ...tokens(text).flatMap((token) => {
      if (token.kind === 'link') return [token.url];
      if (token.kind === 'date') return token.link === undefined ? [] : [token.link];
      if (token.kind !== 'text' || !auto) return [];
      return (token.text.match(PLAIN) ?? []).map((url) => unescaped(withoutTrail(url)));
    }),
    ...(markdown ? [...text.matchAll(MARKDOWN)].map((match) => match[1] ?? '') : []),
  ]);
  for (const object of objectsWithin(shown.blocks)) {
    const url = stringIn(object, 'url');
    // Buttons, options of an overflow menu, links and dates of rich text; an emoji's url is only its picture.
    if (url !== undefined && object.type !== 'emoji') found.push(url);
  }
  return [...new Set(found)];
}
