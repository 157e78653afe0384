import { elementsOf } from '../blocks/check-blocks.js';
import { isObject, type JsonObject, stringIn } from '../json-object.js';
import type { Block } from '../message.js';
import { type Chosen, elementValue, emptyValue, initialValue } from './element-value.js';

/** What a person put into a view: by action_id, or by block_id and action_id. */
export type ViewValues = { [id: string]: Chosen | { [actionId: string]: Chosen } };

function chosenFor(values: ViewValues, blockId: string, actionId: string): Chosen | undefined {
  const inBlock = values[blockId];
  if (isObject(inBlock) && Object.hasOwn(inBlock, actionId)) return inBlock[actionId] as Chosen;
  const direct = values[actionId];
  return direct === undefined ? undefined : (direct as Chosen);
}

/** `state.values` of a view: every element that holds a value. */
export function stateOf(blocks: readonly Block[], values: ViewValues): JsonObject {
  const state: { [blockId: string]: JsonObject } = {};
  const used = new Set<string>();
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const actionId = stringIn(element, 'action_id');
      const blockId = stringIn(block, 'block_id');
      if (
        actionId === undefined ||
        blockId === undefined ||
        ['button', 'overflow'].includes(String(element.type))
      )
        continue;
      const chosen = chosenFor(values, blockId, actionId);
      used.add(blockId).add(actionId);
      const value = chosen === undefined ? initialValue(element) : elementValue(element, chosen);
      state[blockId] = {
        ...state[blockId],
        [actionId]: { type: element.type, ...(value ?? emptyValue(element)) },
      };
    }
  }
  const strangers = Object.keys(values).filter((id) => !used.has(id));
  if (strangers.length > 0) throw new Error(`The view has no input ${strangers.join(', ')}`);
  return state;
}

/** Why the client would not let this be submitted; it says so under the input and sends nothing. */
export function cannotSubmit(blocks: readonly Block[], state: JsonObject): string[] {
  const problems: string[] = [];
  for (const block of blocks) {
    if (block.type !== 'input' || !isObject(block.element)) continue;
    const { element } = block;
    const inBlock = state[String(block.block_id)];
    const value = isObject(inBlock) ? inBlock[String(element.action_id)] : undefined;
    const filled =
      isObject(value) && Object.entries(value).some(([key, each]) => key !== 'type' && isFilled(each));
    if (!filled && block.optional !== true) problems.push(`${String(element.action_id)} must be filled in`);
    const typed = isObject(value) ? stringIn(value, 'value') : undefined;
    if (typed === undefined || element.type !== 'plain_text_input') continue;
    const max = typeof element.max_length === 'number' ? element.max_length : 3_000;
    const min = typeof element.min_length === 'number' ? element.min_length : 0;
    if (typed.length > max) problems.push(`${String(element.action_id)} takes ${max} characters`);
    if (typed.length < min) problems.push(`${String(element.action_id)} needs ${min} characters`);
  }
  return problems;
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
