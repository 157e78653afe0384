import assert from 'node:assert/strict';
import { counted } from '../../../src/sandbox/web/slack/blocks/counted.js';

type Part = readonly [style: string, items: number, indent?: number, offset?: number];

/** The offsets that the library is given. */
function offsets(...parts: (Part | 'text')[]): unknown[] {
  const elements = parts.map((part) => {
    if (part === 'text') return { type: 'rich_text_section', elements: [] };
    const [style, items, indent = 0, offset = 0] = part;
    const list = Array.from({ length: items }, () => ({ type: 'rich_text_section', elements: [] }));
    return { type: 'rich_text_list', style, indent, offset, elements: list };
  });
  const drawn = counted({ type: 'rich_text', elements });
  return (drawn.elements as { offset?: number }[]).map(({ offset }) => offset);
}

describe('numbers of lists as they are drawn', () => {
  it('begin with 1 behind points, and where their offset says behind other numbers', () => {
    assert.deepEqual(offsets(['ordered', 2]), [0]);
    assert.deepEqual(offsets(['bullet', 4], ['ordered', 2]), [0, -4]);
    assert.deepEqual(offsets(['ordered', 2], ['bullet', 3, 1], ['ordered', 1, 0, 2]), [0, 0, 0]);
    assert.deepEqual(offsets(['ordered', 2], 'text', ['ordered', 1, 0, 2]), [0, undefined, 2]);
  });
});
