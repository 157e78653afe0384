import { Refusal } from '../refusal.js';
import { type Method, needScope } from './method.js';
import { seenChannel } from './reach-channel.js';

export const chatDelete: Method = {
  knows: ['channel', 'ts', 'as_user'],
  run(world, args) {
    needScope(world, 'chat:write');
    const { workspace } = world;
    const channel = seenChannel(world, args.needed('channel'));
    const ts = args.needed('ts');
    const message = workspace.message(channel.id, ts);
    if (message === undefined || message.deleted) throw new Refusal('message_not_found');
    if (message.botId !== workspace.app.botId) throw new Refusal('cant_delete_message');
    workspace.remove(message);
    return { channel: channel.id, ts };
  },
};
