import type { Message } from '../message.js';
import { isReply } from '../message.js';
import { Refusal } from '../refusal.js';
import type { Channel } from '../workspace.js';
import { acceptMetadata } from './check-metadata.js';
import { CONTENT, neededContent, parsingOf } from './content.js';
import { type Method, type MethodWorld, needScope } from './method.js';
import { writableChannel } from './reach-channel.js';
import { wireMessage } from './wire-message.js';

const PIECE = 4_000;
const MAX_TEXT = 40_000;

/**
 * Slack shows a long text as several messages. Docs speak of 40,000 characters; in practice the text is cut into
 * messages of 4,000, and only the first one's ts is returned (slack-go#972, rocketride-server#1831).
 */
export function pieces(text: string): string[] {
  const rest = text.slice(0, MAX_TEXT);
  const cut: string[] = [];
  for (let from = 0; from < rest.length; ) {
    let to = Math.min(from + PIECE, rest.length);
    // Never between the halves of a surrogate pair.
    if (to < rest.length && /[\ud800-\udbff]/.test(rest.charAt(to - 1))) to -= 1;
    cut.push(rest.slice(from, to));
    from = to;
  }
  return cut.length === 0 ? [''] : cut;
}

/** The parent to reply to. A reply's own ts is refused too: the docs advise against it, and it loses the thread. */
export function neededParent(world: MethodWorld, channel: Channel, ts: string): Message {
  const parent = world.workspace.message(channel.id, ts);
  if (parent === undefined || isReply(parent)) throw new Refusal('thread_not_found');
  return parent;
}

export const chatPostMessage: Method = {
  knows: [
    'channel',
    ...CONTENT,
    'thread_ts',
    'reply_broadcast',
    'metadata',
    'unfurl_links',
    'unfurl_media',
    'mrkdwn',
    'username',
    'icon_emoji',
    'icon_url',
  ],
  run(world, args) {
    needScope(world, 'chat:write');
    if (['username', 'icon_emoji', 'icon_url'].some((name) => args.names.includes(name))) {
      needScope(world, 'chat:write.customize');
    }
    for (const name of ['unfurl_links', 'unfurl_media', 'mrkdwn', 'as_user']) args.flag(name);
    const channel = writableChannel(world, args.needed('channel'));
    const asked = args.string('thread_ts');
    const isOrphan = asked !== undefined && world.workspace.message(channel.id, asked) === undefined;
    const threadTs = isOrphan && world.orphanReplies === 'in-channel' ? undefined : asked;
    if (threadTs !== undefined) neededParent(world, channel, threadTs);
    const { text, blocks } = neededContent(args);
    const given = args.nested('metadata', 'invalid_metadata_format');
    const metadata = given === undefined ? undefined : acceptMetadata(given);
    const { workspace } = world;
    const [first] = (blocks.length > 0 ? [text.slice(0, MAX_TEXT)] : pieces(text)).map((piece, index) =>
      workspace.post({
        channel: channel.id,
        user: workspace.app.botUser,
        botId: workspace.app.botId,
        text: piece,
        blocks,
        ...parsingOf(args),
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(threadTs !== undefined && args.flag('reply_broadcast') === true ? { broadcast: true } : {}),
        ...(index > 0 || metadata === undefined ? {} : { metadata }),
      }),
    );
    if (first === undefined) throw new Refusal('no_text');
    return {
      channel: channel.id,
      ts: first.ts,
      message: wireMessage(workspace, first, 'all'),
    };
  },
};
