import { Refusal } from '../refusal.js';
import type { Channel } from '../workspace.js';
import { LIST_PAGING, listPage } from './list-page.js';
import { type Method, needScope } from './method.js';
import { describedChannel } from './reach-channel.js';
import { membersOf, wireChannel } from './wire-channel.js';

/** The types there are, and the scope that each needs. Nobody here has a group of direct messages. */
const SCOPES: { [type: string]: string } = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

function typeOf(channel: Channel): string {
  if (channel.im !== undefined) return 'im';
  return channel.isPrivate ? 'private_channel' : 'public_channel';
}

/** Public channels, and those conversations of other types that the bot is in. */
export const conversationsList: Method = {
  knows: ['types', 'exclude_archived', ...LIST_PAGING],
  run(world, args) {
    const { workspace } = world;
    const types = (args.string('types') ?? 'public_channel').split(',').map((type) => type.trim());
    for (const type of types) {
      const scope = SCOPES[type];
      if (scope === undefined) throw new Refusal('invalid_types');
      needScope(world, scope);
    }
    const withoutArchived = args.flag('exclude_archived') === true;
    const channels = [...workspace.channels.values()].filter(
      (channel) =>
        types.includes(typeOf(channel)) &&
        (!channel.isPrivate || channel.isMember) &&
        !(withoutArchived && channel.isArchived),
    );
    const { page, rest } = listPage(channels, (each) => each.id, args, 100);
    return { channels: page.map((channel) => wireChannel(workspace, channel)), ...rest };
  },
};

export const conversationsMembers: Method = {
  knows: ['channel', ...LIST_PAGING],
  run(world, args) {
    const channel = describedChannel(world, args.needed('channel'));
    const { page, rest } = listPage(membersOf(world.workspace, channel), (id) => id, args, 100);
    return { members: page, ...rest };
  },
};
