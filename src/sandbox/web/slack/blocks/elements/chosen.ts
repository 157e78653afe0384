/** What stands in an element before somebody touches it, in the words in which the page tells what was chosen. */
import type { Chosen } from '../../../../page/protocol.js';
import { isObject, type JsonObject, objectsIn, stringIn } from '../../../../slack/json-object.js';

/** An option of an external select has to be told whole: only the app knows its words. */
export function chosenOption(element: JsonObject, option: JsonObject): string | JsonObject {
  return String(element.type).includes('external') ? option : String(option.value);
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function initialChosen(element: JsonObject): Chosen | undefined {
  if (isObject(element.initial_option)) return chosenOption(element, element.initial_option);
  if (Array.isArray(element.initial_options)) {
    return objectsIn(element.initial_options).map((option) => chosenOption(element, option));
  }
  for (const name of ['value', 'user', 'conversation', 'channel', 'date', 'time', 'date_time']) {
    const initial = element[`initial_${name}`];
    if (typeof initial === 'string' || typeof initial === 'number' || isObject(initial)) return initial;
  }
  for (const name of ['users', 'conversations', 'channels']) {
    const initial = strings(element[`initial_${name}`]);
    if (initial.length > 0) return initial;
  }
  return undefined;
}

export function isFilled(chosen: Chosen | undefined): boolean {
  return chosen !== undefined && chosen !== '' && !(Array.isArray(chosen) && chosen.length === 0);
}

/** All options of an element, in their groups. */
export function optionGroups(element: JsonObject): { label?: JsonObject; options: JsonObject[] }[] {
  if (!Array.isArray(element.option_groups)) return [{ options: objectsIn(element.options) }];
  return objectsIn(element.option_groups).map((group) => ({
    ...(isObject(group.label) ? { label: group.label } : {}),
    options: objectsIn(group.options),
  }));
}

/** The elements of a view that hold a value, with the blocks they stand in. */
export function holders(blocks: readonly JsonObject[]): { block: JsonObject; element: JsonObject }[] {
  return blocks.flatMap((block) =>
    [...(block.type === 'actions' ? objectsIn(block.elements) : []), block.accessory, block.element]
      .filter(isObject)
      .filter((element) => stringIn(element, 'action_id') !== undefined)
      .filter((element) => !['button', 'overflow', 'image'].includes(String(element.type)))
      .map((element) => ({ block, element })),
  );
}
