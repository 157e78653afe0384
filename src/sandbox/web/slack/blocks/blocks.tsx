/** Blocks one below the other. Neighbours that only show something are drawn together by the library. */
import { memo, useMemo } from 'react';
import { isObject, type JsonObject, objectsIn } from '../../../slack/json-object.js';
import { ActionsBlock } from './actions-block.js';
import { ContextBlock } from './context-block.js';
import { Drawn } from './drawn.js';
import { InputBlock } from './input-block.js';
import { NotDrawn } from './not-drawn.js';
import { SectionBlock } from './section-block.js';
import { elementsOfText, TextObject } from './text-object.js';
import './blocks.css';

/** Those of the library that hold nothing to press. */
const SHOWN = new Set([
  'rich_text',
  'divider',
  'image',
  'markdown',
  'table',
  'video',
  'file',
  'alert',
  'plan',
  'task_card',
  'data_visualization',
]);

/** A cell of raw text would be read as markup. */
function cell(given: JsonObject): JsonObject {
  if (!['raw_text', 'raw_number'].includes(String(given.type))) return given;
  const text = String(given.text ?? given.value ?? '');
  return {
    type: 'rich_text',
    elements: text === '' ? [] : [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  };
}

/** The block in the library's own words, or undefined where we draw it. */
function shown(block: JsonObject): JsonObject | undefined {
  if (block.type === 'section' && block.accessory === undefined && block.fields === undefined) {
    return isObject(block.text) ? { type: 'rich_text', elements: elementsOfText(block.text) } : undefined;
  }
  if (block.type === 'table' && Array.isArray(block.rows)) {
    return { ...block, rows: block.rows.map((row) => objectsIn(row).map(cell)) };
  }
  return SHOWN.has(String(block.type)) ? block : undefined;
}

type Part = { shown: JsonObject[] } | { block: JsonObject };

function partsFrom(blocks: readonly JsonObject[]): Part[] {
  const parts: Part[] = [];
  for (const block of blocks) {
    const drawn = shown(block);
    const last = parts.at(-1);
    if (drawn === undefined) parts.push({ block });
    else if (last !== undefined && 'shown' in last) last.shown.push(drawn);
    else parts.push({ shown: [drawn] });
  }
  return parts;
}

function OwnBlock({ block }: { block: JsonObject }) {
  switch (block.type) {
    case 'section':
      return <SectionBlock block={block} />;
    case 'actions':
      return <ActionsBlock block={block} />;
    case 'input':
      return <InputBlock block={block} />;
    case 'context':
      return <ContextBlock block={block} />;
    case 'header':
      return (
        // biome-ignore lint/a11y/useSemanticElements: what the library draws may not stand in an h3.
        <div aria-level={3} className="slk-header" role="heading">
          <TextObject text={block.text} />
        </div>
      );
    default:
      return <NotDrawn type={String(block.type)} what="block" />;
  }
}

export const Blocks = memo(function Blocks({ blocks }: { blocks: readonly JsonObject[] }) {
  const parts = useMemo(() => partsFrom(blocks), [blocks]);
  return (
    <div className="slk-blocks">
      {parts.map((part, index) =>
        'shown' in part ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs of blocks have nothing but their place.
          <Drawn blocks={part.shown} key={`shown-${index}`} />
        ) : (
          // Not by its id, which is another after each update: a question over the message would vanish with the button.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <OwnBlock block={part.block} key={`own-${index}`} />
        ),
      )}
    </div>
  );
});
