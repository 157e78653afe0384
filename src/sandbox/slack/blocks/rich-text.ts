/** rich_text: the one block in which foreign text is only ever text. */
import { byType, type Check, flag, integer, list, object, oneOf, pattern, text } from './check.js';

const styled = {
  style: object({ may: { bold: flag, code: flag, italic: flag, strike: flag, underline: flag } }),
};
const id = text(1, 255);
const anyLength = Number.MAX_SAFE_INTEGER;
const target = pattern(/^[a-z][a-z0-9+.-]*:\S+$/i, 'invalid url');

const textElement = object({ must: { text: text(1, anyLength) }, may: styled });
const linkElement = object({
  must: { url: target },
  may: { ...styled, text: text(1, anyLength), unsafe: flag },
});

const inline = byType({
  text: textElement,
  link: linkElement,
  user: object({ must: { user_id: id }, may: styled }),
  usergroup: object({ must: { usergroup_id: id }, may: styled }),
  channel: object({ must: { channel_id: id }, may: styled }),
  team: object({ must: { team_id: id }, may: styled }),
  emoji: object({ must: { name: text(1, 255) }, may: { ...styled, unicode: text(1, 255), url: target } }),
  broadcast: object({ must: { range: oneOf('here', 'channel', 'everyone') }, may: styled }),
  color: object({ must: { value: text(1, 20) }, may: styled }),
  date: object({
    must: { timestamp: integer(0, anyLength), format: text(1, 255) },
    may: { ...styled, url: target, fallback: text(1, 255) },
  }),
});

const borderable = { border: oneOf(0, 1) };
const section = object({ must: { elements: list(inline, { min: 1 }) } });

const part: Check = byType({
  rich_text_section: section,
  rich_text_list: object({
    must: {
      elements: list(byType({ rich_text_section: section }), { min: 1 }),
      style: oneOf('bullet', 'ordered'),
    },
    may: { ...borderable, indent: integer(0, 8), offset: integer(0, anyLength) },
  }),
  rich_text_quote: object({ must: { elements: list(inline, { min: 1 }) }, may: borderable }),
  rich_text_preformatted: object({
    must: { elements: list(byType({ text: textElement, link: linkElement }), { min: 1 }) },
    may: borderable,
  }),
});

/** What a rich_text block holds besides its type and block_id. */
export const richText = object({
  must: { elements: list(part, { min: 1 }) },
  may: { block_id: text(1, 255) },
});
