import type { Block } from '../message.js';
import { Refusal, refusalWhere } from '../refusal.js';
import { elementsOf, problemsOfBlocks } from './check-blocks.js';

const MAX_BLOCKS = 50;

/**
 * The sum over all blocks of a message past which Slack answers msg_blocks_too_long. Undocumented; bolt-js#2509
 * measured about 13,200 and saw a divider lower it, bolt-js#2867 was refused with 11,341 characters of text in
 * rich_text. So the JSON is counted, not the text alone.
 */
const MAX_TOTAL = 13_200;

let issued = 0;

function freshId(): string {
  issued += 1;
  return `b${issued.toString(36).padStart(4, '0')}`;
}

/** Slack gives every block and every element an id when the app gave none; a click refers to them. */
export function withIds(blocks: readonly Block[]): Block[] {
  const copies = structuredClone([...blocks]);
  for (const block of copies) {
    block.block_id ??= freshId();
    for (const element of elementsOf(block)) {
      if (element.type !== 'image') element.action_id ??= freshId();
    }
  }
  return copies;
}

/** The blocks of a message as Slack keeps them, or its refusal. */
export function acceptBlocks(value: unknown): Block[] {
  if (!Array.isArray(value)) throw new Refusal('invalid_blocks_format');
  const problems = problemsOfBlocks(value, MAX_BLOCKS);
  if (problems.length > 0) throw refusalWhere('invalid_blocks', problems);
  if (JSON.stringify(value).length > MAX_TOTAL) throw new Refusal('msg_blocks_too_long');
  return withIds(value);
}
