import { Refusal } from '../refusal.js';
import type { Channel } from '../workspace.js';
import { type MethodWorld, needScope } from './method.js';

/** The channel, where the app may know of it: a private one is invisible to a bot outside of it. */
export function seenChannel(world: MethodWorld, id: string): Channel {
  const channel = world.workspace.channels.get(id);
  if (channel === undefined || (channel.isPrivate && !channel.isMember))
    throw new Refusal('channel_not_found');
  return channel;
}

/** The channel to post to; a person's id stands for the direct message with them. */
export function writableChannel(world: MethodWorld, id: string): Channel {
  const direct = world.workspace.users.has(id) ? world.workspace.directMessage(id).channel : undefined;
  const channel = direct ?? seenChannel(world, id);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (channel.im !== undefined && world.workspace.manifest?.messagesTab === 'off')
    throw new Refusal('messages_tab_disabled');
  if (!channel.isMember && !world.scopes.includes('chat:write.public')) throw new Refusal('not_in_channel');
  if (channel.isReadOnly === true) throw new Refusal('restricted_action_read_only_channel');
  return channel;
}

function kind(channel: Channel): 'channels' | 'groups' | 'im' {
  if (channel.im !== undefined) return 'im';
  return channel.isPrivate ? 'groups' : 'channels';
}

/** The channel whose messages are to be read: needs the history scope of its kind and membership. */
export function readableChannel(world: MethodWorld, id: string): Channel {
  needScope(world, 'channels:history', 'groups:history', 'im:history');
  const channel = seenChannel(world, id);
  needScope(world, `${kind(channel)}:history`);
  if (!channel.isMember) throw new Refusal('not_in_channel');
  return channel;
}

export function describedChannel(world: MethodWorld, id: string): Channel {
  needScope(world, 'channels:read', 'groups:read', 'im:read');
  const channel = seenChannel(world, id);
  needScope(world, `${kind(channel)}:read`);
  return channel;
}
