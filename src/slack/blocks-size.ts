import type { KnownBlock } from '@slack/types';
import { SLACK_LIMITS } from './limits.js';

/** As Slack counts them: as JSON, in which each quotation mark and line end is two characters. */
export function blocksSize(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

/** Whether Slack takes them as one message. */
export function fitsOneMessage(blocks: readonly KnownBlock[]): boolean {
  return blocks.length <= SLACK_LIMITS.blocks && blocksSize(blocks) <= SLACK_LIMITS.blocksTotal;
}
