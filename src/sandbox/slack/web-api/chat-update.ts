import { isReply } from '../message.js';
import { Refusal } from '../refusal.js';
import { acceptMetadata } from './check-metadata.js';
import { CONTENT, contentOf, parsingOf } from './content.js';
import { type Method, needScope } from './method.js';
import { seenChannel } from './reach-channel.js';
import { wireMessage } from './wire-message.js';

const MAX_TEXT = 4_000;

export const chatUpdate: Method = {
  knows: ['channel', 'ts', ...CONTENT, 'metadata', 'reply_broadcast'],
  run(world, args) {
    needScope(world, 'chat:write');
    const { workspace } = world;
    const channel = seenChannel(world, args.needed('channel'));
    const ts = args.needed('ts');
    if (channel.isArchived) throw new Refusal('is_inactive');
    const message = workspace.message(channel.id, ts);
    if (message === undefined || message.deleted) throw new Refusal('message_not_found');
    if (message.botId !== workspace.app.botId) throw new Refusal('cant_update_message');
    const { text, blocks } = contentOf(args);
    if (text !== undefined && text.length > MAX_TEXT) throw new Refusal('msg_too_long');
    const given = args.nested('metadata', 'invalid_metadata_format');
    const metadata = given === undefined ? undefined : acceptMetadata(given);
    const broadcast = args.flag('reply_broadcast') === true;
    const hasContent = text !== undefined || blocks !== undefined;
    if (broadcast && hasContent) throw new Refusal('no_dual_broadcast_content_update');
    const nextText = text ?? message.text;
    // Text alone takes the blocks away; blocks alone leave the text as the notification.
    const nextBlocks = blocks ?? (text === undefined ? message.blocks : []);
    if (!broadcast && given === undefined && !hasContent) throw new Refusal('no_text');
    if (nextText === '' && nextBlocks.length === 0) throw new Refusal('no_text');
    message.text = nextText;
    message.blocks = nextBlocks;
    if (hasContent) {
      delete message.parse;
      delete message.linkNames;
      Object.assign(message, parsingOf(args));
    }
    if (given !== undefined) {
      delete message.metadata;
      if (metadata !== undefined) message.metadata = metadata;
    }
    if (broadcast && isReply(message)) message.broadcast = true;
    // The mark "edited" is for text only; an update of blocks leaves none.
    if (text !== undefined && nextBlocks.length === 0) message.editedTs = workspace.nextTs();
    workspace.changed();
    return { channel: channel.id, ts, text: message.text, message: wireMessage(workspace, message, 'all') };
  },
};
