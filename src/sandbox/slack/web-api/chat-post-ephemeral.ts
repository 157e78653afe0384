import { Refusal } from '../refusal.js';
import { neededParent } from './chat-post-message.js';
import { CONTENT, neededContent, parsingOf } from './content.js';
import { type Method, needScope } from './method.js';
import { writableChannel } from './reach-channel.js';
import { membersOf } from './wire-channel.js';

const MAX_TEXT = 40_000;

export const chatPostEphemeral: Method = {
  knows: ['channel', 'user', ...CONTENT, 'thread_ts', 'username', 'icon_emoji', 'icon_url'],
  run(world, args) {
    needScope(world, 'chat:write');
    const { workspace } = world;
    const channel = writableChannel(world, args.needed('channel'));
    const user = args.needed('user');
    if (!membersOf(workspace, channel).includes(user)) throw new Refusal('user_not_in_channel');
    const threadTs = args.string('thread_ts');
    if (threadTs !== undefined) neededParent(world, channel, threadTs);
    const { text, blocks } = neededContent(args);
    if (text.length > MAX_TEXT) throw new Refusal('msg_too_long');
    const ts = workspace.nextTs();
    workspace.ephemerals.push({
      ts,
      user,
      channel: channel.id,
      ...(threadTs === undefined ? {} : { threadTs }),
      text,
      blocks,
      ...parsingOf(args),
      via: 'postEphemeral',
      at: workspace.now(),
      deleted: false,
      history: [],
    });
    workspace.changed();
    return { message_ts: ts };
  },
};
