import { acceptBlocks } from '../blocks/accept-blocks.js';
import { isObject } from '../json-object.js';
import type { Block, Message, Unfurl } from '../message.js';
import { Refusal, refusalWhere } from '../refusal.js';
import type { SharedLink } from '../shared-links.js';
import type { CallArguments } from './call-arguments.js';
import { type Method, type MethodWorld, needScope } from './method.js';

/** Where the links are: in a message, or in one that somebody is writing. */
interface Target {
  readonly shared: SharedLink | undefined;
  readonly message: Message | undefined;
}

export const chatUnfurl: Method = {
  knows: ['channel', 'ts', 'unfurl_id', 'source', 'unfurls'],
  run(world, args) {
    needScope(world, 'links:write');
    const given = args.nested('unfurls', 'invalid_unfurls_format');
    if (given === undefined) throw new Refusal('missing_unfurls');
    if (!isObject(given)) throw new Refusal('invalid_unfurls_format');
    const { shared, message } = targetOf(world, args);
    const unfurls = Object.entries(given).map(([url, unfurl]): Unfurl => {
      // Keys are links as the event named them: of the message, and of which the app was told.
      if (shared?.urls.includes(url) !== true) throw new Refusal('cannot_unfurl_message');
      if (!shared.acknowledged) throw new Refusal('cannot_unfurl_url');
      return { url, blocks: blocksOf(unfurl) };
    });
    // A link has one: another call shows it anew.
    const merged = (before: Unfurl[]) => [
      ...before.filter(({ url }) => !unfurls.some((each) => each.url === url)),
      ...unfurls,
    ];
    if (message !== undefined) message.unfurls = merged(message.unfurls ?? []);
    else if (shared !== undefined) shared.previews = merged(shared.previews);
    world.workspace.changed();
    return {};
  },
};

/** Either pair says it: `channel` and `ts`, or `unfurl_id` and `source`; of both, the latter counts here. */
function targetOf({ workspace }: MethodWorld, args: CallArguments): Target {
  const [id, source] = [args.string('unfurl_id'), args.string('source')];
  if (id !== undefined || source !== undefined) {
    if (id === undefined) throw new Refusal('missing_unfurl_id');
    if (source === undefined) throw new Refusal('missing_source');
    if (source !== 'composer' && source !== 'conversations_history') throw new Refusal('invalid_source');
    const shared = workspace.sharedLinks.byId(id);
    if (shared === undefined || shared.source !== source) throw new Refusal('invalid_unfurl_id');
    return { shared, message: source === 'composer' ? undefined : posted(shared.channel, shared.ts) };
  }
  const [channel, ts] = [args.string('channel'), args.string('ts')];
  if (channel === undefined || channel === '') throw new Refusal('missing_channel');
  if (ts === undefined || ts === '') throw new Refusal('missing_ts');
  const shared = workspace.sharedLinks.byMessage(channel, ts);
  if (shared?.source === 'composer') return { shared, message: undefined };
  if (!workspace.channels.has(channel)) throw new Refusal('cannot_find_channel');
  return { shared, message: posted(channel, ts) };

  function posted(inChannel: string, at: string): Message {
    const message = workspace.message(inChannel, at);
    if (message === undefined || message.deleted) throw new Refusal('cannot_find_message');
    return message;
  }
}

/** Blocks alone: what attachments had before them, nobody could see here. */
function blocksOf(unfurl: unknown): Block[] {
  if (!isObject(unfurl)) throw new Refusal('cannot_parse_attachment');
  const { blocks, ...others } = unfurl;
  const unknown = Object.keys(others);
  if (unknown.length > 0)
    throw refusalWhere('cannot_parse_attachment', [`not supported here: ${unknown.join(', ')}`]);
  if (!Array.isArray(blocks) || blocks.length === 0) throw new Refusal('cannot_parse_attachment');
  const accepted = acceptBlocks(blocks);
  // slackapi/java-slack-sdk#948, #876: links do not unfurl into it.
  if (accepted.some(({ type }) => type === 'rich_text'))
    throw refusalWhere('invalid_blocks', ['unsupported type: rich_text']);
  return accepted;
}
