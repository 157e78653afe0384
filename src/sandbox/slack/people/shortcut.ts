import type { Message } from '../message.js';
import { wireMessage } from '../web-api/wire-message.js';
import type { Delivery } from './deliver.js';
import {
  interaction,
  needInteractivity,
  type People,
  person,
  place,
  responseUrl,
  sendForm,
} from './people.js';
import type { Signature } from './signed-request.js';

export interface ShortcutOptions {
  callbackId: string;
  user: string;
  /** With a message it is a message shortcut, without one a global shortcut. */
  message?: Message;
  triggerId?: string;
  signature?: Signature;
}

/** A person chooses a shortcut from the menu of a message, or from anywhere. Throws for one that the app does not have. */
export async function shortcut(people: People, botUrl: string, options: ShortcutOptions): Promise<Delivery> {
  needInteractivity(people);
  const user = person(people, options.user);
  const type = options.message === undefined ? 'global' : 'message';
  const known = people.workspace.manifest?.shortcuts;
  if (known?.some((each) => each.type === type && each.callbackId === options.callbackId) === false)
    throw new Error(`The app has no ${type} shortcut ${options.callbackId}`);
  const base = {
    ...interaction(people, user),
    callback_id: options.callbackId,
    trigger_id: people.triggers.issue(user.id, options.triggerId),
    action_ts: people.workspace.nextTs(),
  };
  const message = options.message && people.workspace.message(options.message.channel, options.message.ts);
  if (options.message !== undefined && message === undefined) throw new Error('This message is gone');
  if (message === undefined) {
    const payload = JSON.stringify({ type: 'shortcut', ...base });
    return sendForm(people, botUrl, { payload }, { signature: options.signature });
  }
  const channel = place(people, message.channel);
  const payload = {
    type: 'message_action',
    ...base,
    message_ts: message.ts,
    channel: { id: channel.id, name: channel.isPrivate ? 'privategroup' : channel.name },
    message: wireMessage(people.workspace, message, 'all'),
    response_url: responseUrl(people, 'actions', { user: user.id, channel: channel.id, source: { message } }),
  };
  return sendForm(people, botUrl, { payload: JSON.stringify(payload) }, { signature: options.signature });
}
