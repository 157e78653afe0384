import { elementsOf } from '../blocks/check-blocks.js';
import type { Ephemeral } from '../ephemeral.js';
import type { JsonObject } from '../json-object.js';
import type { Block, Message } from '../message.js';
import { wireMessage } from '../web-api/wire-message.js';
import type { Delivery } from './deliver.js';
import { type Chosen, elementValue } from './element-value.js';
import { interaction, type People, person, place, responseUrl, sendForm } from './people.js';
import { type ScreenView, shownView } from './screen-view.js';
import type { Signature } from './signed-request.js';
import { stateOf, type ViewValues } from './view-state.js';
import { wireView } from './wire-view.js';

export interface ClickOptions {
  /** Where the element is: exactly one of the three. */
  message?: Message;
  ephemeral?: Ephemeral;
  view?: ScreenView;
  actionId: string;
  user: string;
  /** Tells buttons of one action_id apart; for an input, what was typed. */
  value?: string;
  /** For menus: the value of the option, or several; an id for users, channels and conversations. */
  selectedOption?: Chosen;
  /** What else stands in the view's inputs. */
  values?: ViewValues;
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

/** The current form of what is clicked: nobody can click what has been replaced or deleted. */
function surface(people: People, options: ClickOptions): { blocks: Block[]; fields: JsonObject } {
  const { workspace } = people;
  const { message, ephemeral, view } = options;
  if (view !== undefined) {
    const now = shownView(workspace, view, options.user);
    const values = stateOf(now.view.blocks, options.values ?? {});
    return {
      blocks: now.view.blocks,
      fields: {
        container: { type: 'view', view_id: now.id },
        view: wireView(workspace, now, values),
        state: { values },
      },
    };
  }
  if (ephemeral !== undefined) {
    const now = workspace.ephemerals.find((each) => each.ts === ephemeral.ts);
    if (now === undefined || now.deleted) throw new Error('This ephemeral message is gone');
    if (now.user !== options.user) throw new Error(`Only ${now.user} sees this ephemeral message`);
    return {
      blocks: now.blocks,
      fields: {
        ...inChannel(people, now.channel),
        container: {
          type: 'message',
          message_ts: now.ts,
          channel_id: now.channel,
          is_ephemeral: true,
          ...(now.threadTs === undefined ? {} : { thread_ts: now.threadTs }),
        },
        response_url: responseUrl(people, 'actions', {
          user: options.user,
          channel: now.channel,
          source: { ephemeral: now },
        }),
      },
    };
  }
  if (message === undefined) throw new Error('A click needs a message, an ephemeral or a view');
  const now = workspace.message(message.channel, message.ts);
  if (now === undefined || now.deleted) throw new Error('This message is gone');
  return {
    blocks: now.blocks,
    fields: {
      ...inChannel(people, now.channel),
      container: {
        type: 'message',
        message_ts: now.ts,
        channel_id: now.channel,
        is_ephemeral: false,
        ...(now.threadTs === undefined ? {} : { thread_ts: now.threadTs }),
      },
      message: wireMessage(workspace, now, 'all'),
      response_url: responseUrl(people, 'actions', {
        user: options.user,
        channel: now.channel,
        source: { message: now },
      }),
    },
  };
}

function inChannel(people: People, id: string): JsonObject {
  const channel = place(people, id);
  return { channel: { id, name: channel.isPrivate ? 'privategroup' : channel.name }, state: { values: {} } };
}

/** A person presses a button or chooses from a menu. Throws where a person could not. */
export async function click(people: People, botUrl: string, options: ClickOptions): Promise<Delivery> {
  const user = person(people, options.user);
  const { blocks, fields } = surface(people, options);
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
