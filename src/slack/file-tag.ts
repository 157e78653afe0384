import type { EntryTag } from './message.js';

/**
 * The tag of a message that shows a file, as the `block_id` of its block: Slack takes no metadata with a file (facts:
 * slack.md, section 4). Ids and times only, as in metadata.
 */
const FILE = 'casethread_file';
/** Of a `block_id` (facts: slack.md, section 0). */
const MOST = 255;

/** `casethread_file <case> <entry> <at> [<entry before> <part> <parts> <at>]`; null for ids that leave no room for it. */
export function fileTag({ case: key, entry, at, after }: EntryTag): string | null {
  const tag = `${FILE} ${key} ${entry} ${at}`;
  const whole = after === undefined ? tag : `${tag} ${after}`;
  if (/\s/.test(key)) return null;
  return [whole, tag].find((each) => each.length <= MOST) ?? null;
}

export function readFileTag(blockId: string): EntryTag | null {
  const [, key, entry, at, after] = /^casethread_file (\S+\/\S+) (\S+) (\d+)(?: (.+))?$/.exec(blockId) ?? [];
  if (key === undefined || entry === undefined) return null;
  return { case: key, entry, part: 0, parts: 1, at: Number(at), ...(after === undefined ? {} : { after }) };
}
