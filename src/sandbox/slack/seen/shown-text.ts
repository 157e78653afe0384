import { isObject, type JsonObject, objectsIn, stringIn } from '../json-object.js';
import type { Block } from '../message.js';
import { tokens, unescaped } from './mrkdwn-tokens.js';

/** Anything with text and blocks: a message, an ephemeral, a view. */
export interface Shown {
  text?: string;
  blocks: readonly Block[];
}

/** The plain text that a person reads: blocks in order, texts only; without blocks, the text. */
export function shownText(shown: Shown): string {
  if (shown.blocks.length === 0) return mrkdwn(shown.text ?? '');
  return shown.blocks
    .map(block)
    .filter((text) => text !== '')
    .join('\n');
}

function block(each: Block): string {
  switch (each.type) {
    case 'section':
      return lines([textObject(each.text), ...objectsIn(each.fields).map(textObject)]);
    case 'header':
      return textObject(each.text);
    case 'context':
      return objectsIn(each.elements)
        .map(textObject)
        .filter((text) => text !== '')
        .join(' ');
    case 'rich_text':
      return objectsIn(each.elements).map(richPart).join('\n');
    case 'image':
      return textObject(each.title);
    case 'markdown':
      return stringIn(each, 'text') ?? '';
    case 'input':
      return lines([textObject(each.label), textObject(each.hint)]);
    default:
      return '';
  }
}

function lines(texts: string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

function textObject(object: unknown): string {
  if (!isObject(object)) return '';
  const text = stringIn(object, 'text') ?? '';
  if (object.type === 'mrkdwn') return mrkdwn(text);
  return object.type === 'plain_text' ? text : '';
}

/** Also unescapes; the marks of bold, italic, strike and code are not read, so they are left out. */
export function mrkdwn(text: string): string {
  return tokens(text)
    .map((token) => {
      switch (token.kind) {
        case 'text':
          return unescaped(unmarked(token.text));
        case 'link':
          return link(token.url, token.label);
        case 'date':
          return token.fallback;
        default:
          return token.shown;
      }
    })
    .join('');
}

/** Marks count at the edge of a word only, and not inside code. */
function unmarked(text: string): string {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) => {
      if (index % 2 === 1) return part.replace(/^`{1,3}|`{1,3}$/g, '');
      return ['*', '_', '~'].reduce((rest, mark) => {
        const m = `\\${mark}`;
        return rest.replace(
          new RegExp(`(?<![\\w${m}])${m}(?=[^\\s${m}])([^${m}\\n]*[^\\s${m}])${m}(?![\\w${m}])`, 'g'),
          '$1',
        );
      }, part);
    })
    .join('');
}

function link(url: string, label: string | undefined): string {
  return label === undefined || label === '' || label === url ? url : `${label} (${url})`;
}

function richPart(part: JsonObject): string {
  if (part.type !== 'rich_text_list') return inline(part).replace(/\n$/, '');
  const first = typeof part.offset === 'number' ? part.offset + 1 : 1;
  const indent = '  '.repeat(typeof part.indent === 'number' ? part.indent : 0);
  return objectsIn(part.elements)
    .map((item, index) => `${indent}${part.style === 'ordered' ? `${first + index}.` : '•'} ${inline(item)}`)
    .join('\n');
}

function inline(section: JsonObject): string {
  return objectsIn(section.elements)
    .map((element) => {
      switch (element.type) {
        case 'text':
          return stringIn(element, 'text') ?? '';
        case 'link':
          return link(stringIn(element, 'url') ?? '', stringIn(element, 'text'));
        case 'user':
          return `@${String(element.user_id)}`;
        case 'usergroup':
          return `@${String(element.usergroup_id)}`;
        case 'broadcast':
          return `@${String(element.range)}`;
        case 'channel':
          return `#${String(element.channel_id)}`;
        case 'team':
          return `@${String(element.team_id)}`;
        case 'emoji':
          return `:${String(element.name)}:`;
        case 'date':
          return stringIn(element, 'fallback') ?? stringIn(element, 'format') ?? '';
        default:
          return stringIn(element, 'value') ?? '';
      }
    })
    .join('');
}
