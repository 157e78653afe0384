import { isReply } from '../message.js';
import { Refusal } from '../refusal.js';
import type { Method } from './method.js';
import { seenChannel } from './reach-channel.js';

export const chatGetPermalink: Method = {
  knows: ['channel', 'message_ts'],
  run(world, args) {
    const channel = seenChannel(world, args.needed('channel'));
    const message = world.workspace.message(channel.id, args.needed('message_ts'));
    if (message === undefined) throw new Refusal('message_not_found');
    const plain = `${world.workspace.app.teamUrl}archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const permalink = isReply(message) ? `${plain}?thread_ts=${message.threadTs}&cid=${channel.id}` : plain;
    return { channel: channel.id, permalink };
  },
};
