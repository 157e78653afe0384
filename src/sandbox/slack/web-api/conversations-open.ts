import { Refusal } from '../refusal.js';
import { type Method, needScope } from './method.js';

/** Direct messages with one person; nobody here needs groups of them. */
export const conversationsOpen: Method = {
  knows: ['users', 'return_im', 'prevent_creation'],
  run(world, args) {
    needScope(world, 'im:write');
    const user = args.needed('users');
    if (user.includes(',')) throw new Refusal('method_not_supported_for_channel_type');
    if (!world.workspace.users.has(user)) throw new Refusal('user_not_found');
    const { channel, alreadyOpen } = world.workspace.directMessage(user);
    return {
      ...(alreadyOpen ? { no_op: true, already_open: true } : {}),
      channel: { id: channel.id, ...(args.flag('return_im') === true ? { is_im: true, user } : {}) },
    };
  },
};
