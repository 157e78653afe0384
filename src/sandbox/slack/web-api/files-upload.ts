/** An app's upload, from the URL to post the bytes to, to the message that shows the file. */
import { acceptBlocks } from '../blocks/accept-blocks.js';
import { inMessage } from '../files/files.js';
import type { StoredFile } from '../files/stored-file.js';
import { wireFile } from '../files/wire-file.js';
import { isObject, stringIn } from '../json-object.js';
import { Refusal, refusalWhere } from '../refusal.js';
import type { Channel } from '../workspace.js';
import type { CallArguments } from './call-arguments.js';
import { neededParent } from './chat-post-message.js';
import { type Method, type MethodWorld, needScope } from './method.js';
import { writableChannel } from './reach-channel.js';

const MAX_BYTES = 1024 ** 3;
const MAX_SNIPPET = 1024 ** 2;
const MAX_ALT_TEXT = 1_000;

export const filesGetUploadUrlExternal: Method = {
  // The documentation says alt_txt, the SDK sends alt_text.
  knows: ['filename', 'length', 'alt_txt', 'alt_text', 'snippet_type'],
  run(world, args) {
    needScope(world, 'files:write');
    const name = args.needed('filename');
    const size = args.integer('length') ?? 0;
    // Slack's name for an empty file, too.
    if (size <= 0) throw new Refusal('missing_argument');
    if (size > MAX_BYTES) throw new Refusal('file_upload_size_restricted');
    if (args.string('snippet_type') !== undefined && size > MAX_SNIPPET)
      throw new Refusal('snippet_too_large');
    const altText = args.string('alt_txt') ?? args.string('alt_text');
    if (altText !== undefined && altText.length > MAX_ALT_TEXT) throw new Refusal('alt_txt_too_large');
    const { workspace } = world;
    const announced = { name, size, ...(altText === undefined ? {} : { altText }) };
    const [file, path] = workspace.files.announce(workspace.app.botUser, announced);
    return { upload_url: `${workspace.origin}${path}`, file_id: file.id };
  },
};

/** Called again, it shares again: an app that lost the answer has to look before it repeats. */
export const filesCompleteUploadExternal: Method = {
  knows: ['files', 'channel_id', 'channels', 'thread_ts', 'initial_comment', 'blocks'],
  run(world, args) {
    needScope(world, 'files:write');
    const { workspace } = world;
    const given = neededFiles(world, args);
    const channels = channelsOf(args).map((id) => sharedIn(world, id));
    const threadTs = args.string('thread_ts');
    if (threadTs !== undefined) {
      const [channel, ...others] = channels;
      if (channel === undefined || others.length > 0)
        throw refusalWhere('invalid_arguments', ['thread_ts needs one channel']);
      neededParent(world, channel, threadTs);
    }
    const text = args.string('initial_comment') ?? '';
    const givenBlocks = args.nested('blocks', 'invalid_blocks_format');
    // With a comment, Slack leaves the blocks out.
    const blocks = givenBlocks === undefined || text !== '' ? [] : acceptBlocks(givenBlocks);
    for (const { file, title } of given) {
      file.title = title ?? file.title;
      file.state = 'complete';
    }
    // The kind of a file and where it is shared are found out after the answer.
    const answer = given.map(({ file }) => wireFile(workspace, file, { fresh: true }));
    for (const channel of channels) {
      const { ts } = workspace.post({
        channel: channel.id,
        user: workspace.app.botUser,
        botId: workspace.app.botId,
        text,
        blocks,
        files: given.map(({ file }) => inMessage(file)),
        ...(threadTs === undefined ? {} : { threadTs }),
      });
      const share = { channel: channel.id, ts, ...(threadTs === undefined ? {} : { threadTs }) };
      for (const { file } of given) workspace.files.share(file, share);
    }
    return { files: answer };
  },
};

function neededFiles(
  { workspace }: MethodWorld,
  args: CallArguments,
): { file: StoredFile; title?: string | undefined }[] {
  const files = args.nested('files', 'invalid_arguments');
  if (!Array.isArray(files) || files.length === 0 || !files.every(isObject))
    throw refusalWhere('invalid_arguments', ['missing required field: files']);
  return files.map((each) => {
    const file = workspace.files.get(stringIn(each, 'id') ?? '');
    if (file === undefined || file.user !== workspace.app.botUser || file.data === undefined)
      throw new Refusal('file_not_found');
    return { file, title: stringIn(each, 'title') };
  });
}

function channelsOf(args: CallArguments): string[] {
  const one = args.string('channel_id');
  if (one !== undefined) return [one];
  return (args.string('channels') ?? '').split(',').filter((id) => id !== '');
}

/** chat:write.public opens no door for files. */
function sharedIn(world: MethodWorld, id: string): Channel {
  const channel = writableChannel(world, id);
  if (!channel.isMember) throw new Refusal('not_in_channel');
  return channel;
}
