import { type JsonObject, objectsIn } from '../../../slack/json-object.js';

/**
 * The library counts on from one list to the next, whatever its kind, and adds the offset to that. In Slack a list begins
 * with 1, or where its offset says.
 */
export function counted(block: JsonObject): JsonObject {
  if (block.type !== 'rich_text') return block;
  let before: number[] = [];
  const elements = objectsIn(block.elements).map((part) => {
    if (part.type !== 'rich_text_list') {
      before = [];
      return part;
    }
    const level = Number(part.indent ?? 0);
    const passed = before[level] ?? 0;
    before = [...before.slice(0, level)];
    before[level] = passed + objectsIn(part.elements).length;
    return part.style === 'ordered' ? { ...part, offset: Number(part.offset ?? 0) - passed } : part;
  });
  return { ...block, elements };
}
