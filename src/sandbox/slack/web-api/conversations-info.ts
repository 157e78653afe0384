import type { Method } from './method.js';
import { describedChannel } from './reach-channel.js';
import { membersOf, wireChannel } from './wire-channel.js';

export const conversationsInfo: Method = {
  knows: ['channel', 'include_locale', 'include_num_members'],
  run(world, args) {
    const { workspace } = world;
    const channel = describedChannel(world, args.needed('channel'));
    const counted = args.flag('include_num_members') === true && channel.im === undefined;
    return {
      channel: {
        ...wireChannel(workspace, channel),
        ...(counted ? { num_members: membersOf(workspace, channel).length } : {}),
      },
    };
  },
};
