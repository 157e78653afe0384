import { isObject, type JsonObject } from '../json-object.js';
import type { Block, Parsing } from '../message.js';

/** A text that Slack parses, and whether it also looks for names and URLs that nobody marked. */
export interface ParsedText {
  text: string;
  auto: boolean;
  markdown: boolean;
}

/** Every object within the blocks, at any depth. */
export function objectsWithin(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsWithin);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsWithin)] : [];
}

/**
 * The top-level text is parsed too, although blocks hide it: it is the notification. Posting without `parse: 'none'`
 * or a mrkdwn object without `verbatim: true` lets Slack find more than was written.
 */
export function parsedTexts(shown: { text?: string; blocks: readonly Block[] } & Parsing): ParsedText[] {
  const top = {
    text: shown.text ?? '',
    auto: shown.parse !== 'none' || shown.linkNames === true,
    markdown: false,
  };
  const inBlocks = objectsWithin(shown.blocks).flatMap((object): ParsedText[] => {
    if (typeof object.text !== 'string') return [];
    if (object.type === 'mrkdwn')
      return [{ text: object.text, auto: object.verbatim !== true, markdown: false }];
    return object.type === 'markdown' ? [{ text: object.text, auto: true, markdown: true }] : [];
  });
  return [top, ...inBlocks];
}
