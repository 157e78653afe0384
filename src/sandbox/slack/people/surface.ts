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

/** What the element stands among, and the payload's fields that say where. */
interface Surface {
  blocks: Block[];
  fields: JsonObject;
}

/** The current form of what is used: nobody can click what has been replaced or deleted. */
export function surface(people: People, options: On & { user: string }): Surface {
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
    return posted(people, options.user, now, { ephemeral: now });
  }
  if (message === undefined) throw new Error('This needs a message, an ephemeral or a view');
  const now = workspace.message(message.channel, message.ts);
  if (now === undefined || now.deleted) throw new Error('This message is gone');
  const { blocks, fields } = posted(people, options.user, now, { message: now });
  return { blocks, fields: { ...fields, message: wireMessage(workspace, now, 'all') } };
}

/** Of an ephemeral the app is told where it is, and not what it says. */
function posted(
  people: People,
  user: string,
  { blocks, channel, ts, threadTs }: Message | Ephemeral,
  source: { message: Message } | { ephemeral: Ephemeral },
): Surface {
  return {
    blocks,
    fields: {
      ...inChannel(people, channel),
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: 'ephemeral' in source,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      },
      response_url: responseUrl(people, 'actions', { user, channel, source }),
    },
  };
}

function inChannel(people: People, id: string): JsonObject {
  const channel = place(people, id);
  return { channel: { id, name: channel.isPrivate ? 'privategroup' : channel.name }, state: { values: {} } };
}
