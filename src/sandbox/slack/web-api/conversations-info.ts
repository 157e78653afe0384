import type { Method } from './method.js';
import { describedChannel } from './reach-channel.js';

export const conversationsInfo: Method = {
  knows: ['channel', 'include_locale', 'include_num_members'],
  run(world, args) {
    const channel = describedChannel(world, args.needed('channel'));
    const common = { id: channel.id, is_archived: channel.isArchived, created: 1_600_000_000 };
    if (channel.im !== undefined)
      return { channel: { ...common, is_im: true, user: channel.im, is_open: true } };
    return {
      channel: {
        ...common,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: !channel.isPrivate,
        is_group: channel.isPrivate,
        is_im: false,
        is_mpim: false,
        is_private: channel.isPrivate,
        is_member: channel.isMember,
        is_general: false,
        context_team_id: world.workspace.app.teamId,
        ...(args.flag('include_num_members') === true ? { num_members: world.workspace.users.size } : {}),
      },
    };
  },
};
