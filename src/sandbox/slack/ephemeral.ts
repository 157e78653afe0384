import type { Block, Parsing } from './message.js';

/** A message that only one person sees. It is gone from the API: only a response_url can change it. */
export interface Ephemeral extends Parsing {
  ts: string;
  user: string;
  channel: string;
  threadTs?: string;
  text: string;
  blocks: Block[];
  via: 'ack' | 'response_url' | 'postEphemeral';
  /** When it was shown, in ms. */
  at: number;
  deleted: boolean;
  /** What it said before, oldest first. */
  history: { text: string; blocks: Block[]; at: number }[];
}
