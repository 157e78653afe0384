import type { ChangeItem } from '../case/item.js';
import { severityWords, statusWords } from '../case/words.js';
import { clip } from './clip.js';
import { dateToken, escapeText } from './escape.js';
import type { Message } from './message.js';
import { bold, date, plain, richText } from './rich-text.js';

/** AWS's words are a few dozen characters. */
const VALUE = 300;

/**
 * The entry that tells of a new status or severity: from what, to what, and when it was seen: AWS does not
 * say when it changed, or by whom.
 */
export function renderChange({ what, from, to, at }: ChangeItem): Message {
  const words = what === 'status' ? statusWords : severityWords;
  const named = (value: string) => clip(words(value), VALUE).trim() || 'not known';
  const head = what === 'status' ? 'Status' : 'Severity';
  const change = `: ${named(from)} → ${named(to)} · seen `;
  return {
    text: `*${head}*${escapeText(change)}${dateToken(at)}`,
    blocks: [richText([bold(head), plain(change), date(at)])],
  };
}
