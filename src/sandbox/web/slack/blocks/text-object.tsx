import { memo, useMemo } from 'react';
import { isObject, type JsonObject } from '../../../slack/json-object.js';
import { RichText } from './drawn.js';
import { mrkdwnElements, plainElements } from './mrkdwn.js';

/** The elements of a rich_text block that say what a text object says. */
export function elementsOfText(object: JsonObject): JsonObject[] {
  const said = typeof object.text === 'string' ? object.text : '';
  if (object.type === 'mrkdwn') return mrkdwnElements(said, { verbatim: object.verbatim === true });
  const elements = plainElements(said, object.emoji !== false);
  return elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }];
}

/** A text object in the flow of the page. */
export const TextObject = memo(function TextObject({ text }: { text: unknown }) {
  const elements = useMemo(() => (isObject(text) ? elementsOfText(text) : []), [text]);
  return <RichText elements={elements} />;
});

/** A plain text where only words can stand: in a button, an option, a label. Emoji are drawn where there are any. */
export function Words({ text }: { text: unknown }) {
  const said = wordsOf(text);
  return /:[\w+'-]+:/.test(said) ? <TextObject text={text} /> : said;
}

/** The bare words of a text object. */
export function wordsOf(text: unknown): string {
  return isObject(text) && typeof text.text === 'string' ? text.text : '';
}
