import type { KnownBlock, RichTextBlock, RichTextElement, RichTextSection } from '@slack/types';
import { DATE_FORMAT, dateFallback, TIME_FORMAT, timeFallback } from './escape.js';

type Element = RichTextElement;

/**
 * rich_text is the one block in which nothing is parsed: text from AWS or customers stays text, whatever it holds
 * (facts: slack.md, section 5). Empty text elements are refused by Slack, so they are left out.
 */
export function richText(...lines: Element[][]): RichTextBlock {
  const elements = lines
    .map((line) => line.filter((element) => !('text' in element) || element.text !== ''))
    .filter((line) => line.length > 0)
    .map((line): RichTextSection => ({ type: 'rich_text_section', elements: line }));
  return { type: 'rich_text', elements };
}

export function plain(text: string): Element {
  return { type: 'text', text: visible(text) };
}

export function bold(text: string): Element {
  return { type: 'text', text: visible(text), style: { bold: true } };
}

export function italic(text: string): Element {
  return { type: 'text', text: visible(text), style: { italic: true } };
}

export function emoji(name: string): Element {
  return { type: 'emoji', name };
}

/** Only addresses that we build ourselves. */
export function link(url: string, text: string): Element {
  return { type: 'link', url, text: visible(text) };
}

/** By its id; Slack shows the name. */
export function channel(id: string): Element {
  return { type: 'channel', channel_id: id };
}

/** Whom Slack tells of a message when it is posted: people (`U…`, `W…`) and user groups (`S…`). */
export function mention(id: string): Element {
  return id.startsWith('S') ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id };
}

export function date(at: number): Element {
  return { type: 'date', timestamp: Math.floor(at / 1000), format: DATE_FORMAT, fallback: dateFallback(at) };
}

/** The time alone, where another element has said the day. */
export function time(at: number): Element {
  return { type: 'date', timestamp: Math.floor(at / 1000), format: TIME_FORMAT, fallback: timeFallback(at) };
}

/** `3 hours ago`, which Slack keeps up to date by itself, so that the message need not be shown anew. */
export function ago(at: number): Element {
  return { type: 'date', timestamp: Math.floor(at / 1000), format: '{ago}', fallback: dateFallback(at) };
}

/** Messages to one person: a line of Slack markup each, written by us, foreign words in it escaped. */
export function markdown(text: string): KnownBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true }, expand: true };
}

/** As it can be shown: one kind of line end, and none of the characters that Slack does not take. */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .toWellFormed();
}
