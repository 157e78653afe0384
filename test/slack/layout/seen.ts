import type { RichTextElement } from '@slack/types';

/** What of a text people can see once it is laid out: no blanks, no marks of lists, quotes and fences. */
export function visibleIn(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
      .toWellFormed()
      // The language of code is a part of its fence.
      .replace(/^([ \t]*(?:`{3,}|~{3,}))[ \t]*[\w+.#-]+[ \t]*$/gm, '$1')
      .replace(
        /(?<!!)\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s<>()"]+(?:\([^\s<>()"]*\)[^\s<>()"]*)*)\)/giu,
        (_, label, url) => (label === url ? url : `${label} (${url})`),
      )
      .replace(/[\s\-*•◦▪▫‣●○·>│`~.)]/g, '')
  );
}

/** The same of blocks, in order; where a strange address leads is said in addition, and left out here. */
export function visibleInBlocks(
  blocks: readonly { readonly type?: unknown; readonly elements?: unknown }[],
): string {
  return blocks
    .map(({ type, elements }) => (type === 'rich_text' ? (elements as unknown[]).map(partText).join('') : ''))
    .join('');
}

interface Part {
  readonly type: string;
  readonly style?: unknown;
  readonly offset?: number;
  readonly elements: readonly unknown[];
}

function partText(given: unknown): string {
  const part = given as Part;
  if (part.type !== 'rich_text_list') return inline(part.elements as RichTextElement[]);
  return (part.elements as Part[])
    .map((item, index) => {
      const number = part.style === 'ordered' ? String((part.offset ?? 0) + index + 1) : '';
      return number + inline(item.elements as RichTextElement[]);
    })
    .join('');
}

function inline(elements: readonly RichTextElement[]): string {
  const texts = elements.map((element, index) => {
    if (element.type === 'text') return element.text;
    const before = elements[index - 1];
    const isAddition = before?.type === 'text' && before.text.endsWith(' (leads to ');
    return element.type === 'link' && !isAddition ? (element.text ?? element.url) : '';
  });
  return visibleIn(texts.join('').replaceAll(' (leads to )', ''));
}

/** Every link, with what it shows. */
export function linksIn(blocks: readonly unknown[]): { url: string; text: string }[] {
  const found: { url: string; text: string }[] = [];
  JSON.stringify(blocks, (_, value) => {
    if (value?.type === 'link') found.push({ url: value.url, text: value.text ?? value.url });
    return value;
  });
  return found;
}
