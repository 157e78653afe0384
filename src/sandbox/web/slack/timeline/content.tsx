import { useMemo } from 'react';
import type { Block, Parsing } from '../../../slack/message.js';
import { Blocks } from '../blocks/blocks.js';
import { RichText } from '../blocks/drawn.js';
import { mrkdwnElements } from '../blocks/mrkdwn.js';

interface ContentProps extends Parsing {
  text: string;
  blocks: Block[];
}

/** Blocks where there are any; the text beside them is for notifications only. */
export function Content({ text, blocks, parse }: ContentProps) {
  const elements = useMemo(
    () => (blocks.length > 0 ? [] : mrkdwnElements(text, { verbatim: parse === 'none' })),
    [blocks, text, parse],
  );
  if (blocks.length > 0) return <Blocks blocks={blocks} />;
  return <RichText elements={elements} />;
}
