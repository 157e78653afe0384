import type { Chosen, Values } from '../../../page/protocol.js';
import { isObject, type JsonObject } from '../../../slack/json-object.js';
import { initialChosen, isFilled } from '../blocks/elements/chosen.js';

const LONGEST = 3_000;

function numberIn(value: unknown): number | undefined {
  return value === undefined || value === '' || Number.isNaN(Number(value)) ? undefined : Number(value);
}

function problemOfNumber(element: JsonObject, typed: string): string | undefined {
  const value = numberIn(typed);
  if (value === undefined) return 'Please enter a valid number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(value)) return 'Please enter a whole number.';
  const [min, max] = [numberIn(element.min_value), numberIn(element.max_value)];
  if (min !== undefined && value < min) return `Please enter a number of at least ${min}.`;
  if (max !== undefined && value > max) return `Please enter a number of at most ${max}.`;
  return undefined;
}

function problemOfText(element: JsonObject, typed: string): string | undefined {
  const min = numberIn(element.min_length) ?? 0;
  const max = numberIn(element.max_length) ?? LONGEST;
  if (typed.length < min) return `Please enter at least ${min} characters.`;
  if (typed.length > max) return `Please enter no more than ${max} characters.`;
  return undefined;
}

function problemOf(element: JsonObject, chosen: Chosen | undefined, optional: boolean): string | undefined {
  if (!isFilled(chosen)) return optional ? undefined : 'Please complete this required field.';
  const typed = String(chosen);
  switch (element.type) {
    case 'plain_text_input':
      return problemOfText(element, typed);
    case 'number_input':
      return problemOfNumber(element, typed);
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(typed) ? undefined : 'Please enter a valid email address.';
    case 'url_text_input':
      return URL.canParse(typed) ? undefined : 'Please enter a valid URL.';
    default:
      return undefined;
  }
}

/** What Slack says under the inputs before it sends anything, by block id. */
export function problemsOf(blocks: readonly JsonObject[], values: Values): { [blockId: string]: string } {
  const found: { [blockId: string]: string } = {};
  for (const block of blocks) {
    const { element } = block;
    if (block.type !== 'input' || !isObject(element)) continue;
    const blockId = String(block.block_id);
    const chosen = values[blockId]?.[String(element.action_id)] ?? initialChosen(element);
    const problem = problemOf(element, chosen, block.optional === true);
    if (problem !== undefined) found[blockId] = problem;
  }
  return found;
}
