/** What a message says, as postMessage, postEphemeral, update and response_urls take it. */
import { acceptBlocks } from '../blocks/accept-blocks.js';
import type { Block, Parsing } from '../message.js';
import { Refusal, refusalWhere } from '../refusal.js';
import type { CallArguments } from './call-arguments.js';

export const CONTENT = ['text', 'blocks', 'attachments', 'markdown_text', 'parse', 'link_names', 'as_user'];

const PARSE = ['none', 'full', 'client'] as const;

export function parsingOf(args: CallArguments): Parsing {
  const given = args.string('parse');
  const parse = PARSE.find((each) => each === given);
  if (given !== undefined && parse === undefined) {
    throw refusalWhere('invalid_arguments', [`must be one of: ${PARSE.join(', ')} [json-pointer:/parse]`]);
  }
  const linkNames = args.flag('link_names');
  return {
    ...(parse === undefined ? {} : { parse }),
    ...(linkNames === undefined ? {} : { linkNames }),
  };
}

/** Text and blocks as given; undefined where nothing was. */
export function contentOf(args: CallArguments): { text?: string; blocks?: Block[] } {
  // Nobody could see them here, so they are refused rather than swallowed.
  for (const name of ['attachments', 'markdown_text']) {
    const value = args.shown[name];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
      throw refusalWhere('invalid_arguments', [`${name} is not supported here: use blocks`]);
    }
  }
  const text = args.string('text');
  const blocks = args.nested('blocks', 'invalid_blocks_format');
  return {
    ...(text === undefined ? {} : { text }),
    ...(blocks === undefined ? {} : { blocks: acceptBlocks(blocks) }),
  };
}

export function neededContent(args: CallArguments): { text: string; blocks: Block[] } {
  const { text = '', blocks = [] } = contentOf(args);
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  return { text, blocks };
}
