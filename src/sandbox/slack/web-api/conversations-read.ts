import { isReply } from '../message.js';
import { Refusal } from '../refusal.js';
import type { Method } from './method.js';
import { inRange, PAGING, page } from './page.js';
import { readableChannel } from './reach-channel.js';
import { wireMessage } from './wire-message.js';

/** Newest first; replies only where they were broadcast. */
export const conversationsHistory: Method = {
  knows: ['channel', ...PAGING],
  run(world, args) {
    const channel = readableChannel(world, args.needed('channel'));
    const shown = world.workspace
      .messagesIn(channel.id)
      .filter((message) => !isReply(message) || message.broadcast === true)
      .reverse();
    const { page: messages, rest } = page(inRange(shown, args), args, 100);
    const metadata = args.flag('include_all_metadata') === true ? 'all' : 'type';
    return {
      messages: messages.map((each) => wireMessage(world.workspace, each, metadata)),
      pin_count: 0,
      ...rest,
    };
  },
};

/**
 * Oldest first. The parent leads every page, whatever `oldest` and the cursor say (slackdump counts on it), and counts
 * towards the first page's `limit`. A reply's own ts returns that reply alone.
 */
export const conversationsReplies: Method = {
  knows: ['channel', 'ts', ...PAGING],
  run(world, args) {
    const { workspace } = world;
    const channel = readableChannel(world, args.needed('channel'));
    const asked = workspace.message(channel.id, args.needed('ts'));
    if (asked === undefined) throw new Refusal('thread_not_found');
    const replies = isReply(asked) ? [] : inRange(workspace.repliesTo(channel.id, asked.ts), args);
    const { page: messages, rest } = page([asked, ...replies], args, 1_000);
    if (messages[0] !== asked) messages.unshift(asked);
    const metadata = args.flag('include_all_metadata') === true ? 'all' : 'type';
    return { messages: messages.map((each) => wireMessage(workspace, each, metadata)), ...rest };
  },
};
