import { elementsOf } from '../blocks/check-blocks.js';
import type { JsonObject } from '../json-object.js';
import type { Block } from '../message.js';
import type { Delivery } from './deliver.js';
import { type Chosen, elementValue } from './element-value.js';
import { interaction, needInteractivity, type People, person, sendForm } from './people.js';
import type { Signature } from './signed-request.js';
import { type On, surface } from './surface.js';

export interface ClickOptions extends On {
  actionId: string;
  user: string;
  /** Tells buttons of one action_id apart; for an input, what was typed. */
  value?: string;
  /** For menus: the value of the option, or several; an id for users, channels and conversations. */
  selectedOption?: Chosen;
  triggerId?: string;
  signature?: Signature;
}

interface Found {
  block: Block;
  element: JsonObject;
}

function find(blocks: readonly Block[], options: ClickOptions): Found {
  const all = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const named = all.filter(({ element }) => element.action_id === options.actionId);
  const isButton = named.some(({ element }) => element.type === 'button');
  const fitting =
    options.value === undefined || !isButton
      ? named
      : named.filter(({ element }) => element.value === options.value);
  const [found, ...others] = fitting;
  const there = all
    .map(({ element }) => `${String(element.action_id)}=${String(element.value ?? '')}`)
    .join(', ');
  if (found === undefined) {
    throw new Error(`Nobody can click ${options.actionId} ${options.value ?? ''}: it shows [${there}]`);
  }
  if (others.length > 0)
    throw new Error(`Several ${options.actionId} are shown, say which by value: [${there}]`);
  return found;
}

function acted({ block, element }: Found, options: ClickOptions, ts: string): JsonObject {
  const { action_id, type, text, value, url, style, placeholder, confirm } = element;
  const base = { type, action_id, block_id: block.block_id, action_ts: ts };
  if (type === 'button') return { ...base, text, ...defined({ value, url, style, confirm }) };
  const chosen = options.selectedOption ?? options.value;
  if (chosen === undefined) throw new Error(`${options.actionId} is a ${String(type)}: say what is selected`);
  return { ...base, ...elementValue(element, chosen), ...defined({ placeholder, confirm }) };
}

function defined(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** In a view, what is chosen stands in its input by the time the app hears of it. */
function withChosen(options: ClickOptions): ClickOptions {
  const chosen = options.selectedOption;
  if (options.view === undefined || chosen === undefined) return options;
  return { ...options, values: { [options.actionId]: chosen, ...options.values } };
}

/** A person presses a button or chooses from a menu. Throws where a person could not. */
export async function click(people: People, botUrl: string, options: ClickOptions): Promise<Delivery> {
  needInteractivity(people);
  const user = person(people, options.user);
  const { blocks, fields } = surface(people, withChosen(options));
  const found = find(blocks, options);
  const payload = {
    type: 'block_actions',
    ...interaction(people, user),
    trigger_id: people.triggers.issue(user.id, options.triggerId),
    ...fields,
    actions: [acted(found, options, people.workspace.nextTs())],
  };
  return sendForm(people, botUrl, { payload: JSON.stringify(payload) }, { signature: options.signature });
}
