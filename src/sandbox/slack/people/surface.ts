/** Where a person uses an element: a message, an ephemeral or a view, in the words of a payload. */
import type { Ephemeral } from '../ephemeral.js';
import type { JsonObject } from '../json-object.js';
import type { Block, Message } from '../message.js';
import { wireMessage } from '../web-api/wire-message.js';
import { type People, place, responseUrl } from './people.js';
import { type ScreenView, shownView } from './screen-view.js';
import { withFiles } from './state-files.js';
import { stateOf, type ViewValues } from './view-state.js';
import { wireView } from './wire-view.js';

/** Exactly one of the three. */
export interface On {
  message?: Message;
  ephemeral?: Ephemeral;
  view?: ScreenView;
  /** What else stands in the view's inputs. */
  values?: ViewValues;
}

/** The current form of what is used: nobody can click what has been replaced or deleted. */
export function surface(
  people: People,
  options: On & { user: string },
): { blocks: Block[]; fields: JsonObject } {
  const { workspace } = people;
  const { message, ephemeral, view } = options;
  if (view !== undefined) {
    const now = shownView(workspace, view, options.user);
    const values = withFiles(workspace, now.view.blocks, stateOf(now.view.blocks, options.values ?? {}));
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
  if (message === undefined) throw new Error('This needs a message, an ephemeral or a view');
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
