/** What a person put into an element, in the words of a payload; used for clicks and for a view's state alike. */
import { isObject, type JsonObject, objectsIn } from '../json-object.js';

/** An option by its value; a whole option for external selects; several for multi selects and checkboxes. */
export type Chosen = string | number | JsonObject | (string | JsonObject)[];

function allOptions(element: JsonObject): JsonObject[] {
  return [
    ...objectsIn(element.options),
    ...objectsIn(element.option_groups).flatMap((group) => objectsIn(group.options)),
  ];
}

function option(element: JsonObject, chosen: unknown): JsonObject {
  const value = isObject(chosen) ? chosen.value : chosen;
  if (String(element.type).includes('external_select')) {
    if (isObject(chosen)) return chosen;
    throw new Error('An option of an external select is given whole: { text, value }');
  }
  const found = allOptions(element).find((each) => each.value === value);
  if (found === undefined) {
    const offered = allOptions(element).map((each) => String(each.value));
    throw new Error(`"${String(value)}" is not offered; there are: ${offered.join(', ')}`);
  }
  return found;
}

function several(chosen: Chosen): unknown[] {
  return Array.isArray(chosen) ? chosen : [chosen];
}

const SINGLE: { [type: string]: string } = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  rich_text_input: 'rich_text_value',
  file_input: 'files',
};
const MANY: { [type: string]: string } = {
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};
const ONE_OPTION = ['static_select', 'external_select', 'radio_buttons', 'overflow'];
const MANY_OPTIONS = ['multi_static_select', 'multi_external_select', 'checkboxes'];

/** The fields that say what was chosen. */
export function elementValue(element: JsonObject, chosen: Chosen): JsonObject {
  const type = String(element.type);
  const single = SINGLE[type];
  const many = MANY[type];
  if (ONE_OPTION.includes(type)) return { selected_option: option(element, chosen) };
  if (MANY_OPTIONS.includes(type))
    return { selected_options: several(chosen).map((each) => option(element, each)) };
  if (single !== undefined) return { [single]: chosen };
  if (many !== undefined) return { [many]: several(chosen) };
  return { value: String(chosen) };
}

/** What stands in the element before anybody touches it; undefined for nothing. */
export function initialValue(element: JsonObject): JsonObject | undefined {
  const type = String(element.type);
  if (element.initial_option !== undefined) return { selected_option: element.initial_option };
  if (element.initial_options !== undefined) return { selected_options: element.initial_options };
  if (element.initial_value !== undefined) {
    return { [type === 'rich_text_input' ? 'rich_text_value' : 'value']: element.initial_value };
  }
  const single = SINGLE[type];
  const many = MANY[type];
  if (single !== undefined) {
    const initial = element[single.replace('selected_', 'initial_')];
    return initial === undefined ? undefined : { [single]: initial };
  }
  if (many !== undefined) {
    const initial = element[many.replace('selected_', 'initial_')];
    return initial === undefined ? undefined : { [many]: initial };
  }
  return undefined;
}

/** An element that nobody filled in, as it stands in a view's state. */
export function emptyValue(element: JsonObject): JsonObject {
  const type = String(element.type);
  const single = SINGLE[type];
  const many = MANY[type];
  if (ONE_OPTION.includes(type)) return { selected_option: null };
  if (MANY_OPTIONS.includes(type)) return { selected_options: [] };
  if (single !== undefined) return { [single]: single === 'files' ? [] : null };
  if (many !== undefined) return { [many]: [] };
  return { value: null };
}
