import { clip } from './clip.js';
import { escapeText } from './escape.js';
import type { Message } from './message.js';
import { bold, channel, emoji, italic, link, plain, richText } from './rich-text.js';

/** A case as a notice names it. */
export interface NamedCase {
  readonly name: string;
  /** Where it can be seen. */
  readonly url: string;
  /** The channel of its thread, where that is another one than that of the notice. */
  readonly channel: string | null;
}

export interface NoticeContent {
  /** What is wrong and what to do: a sentence, or several. */
  readonly reason: string;
  /** How many cases wait for it. */
  readonly count: number;
  /** The first of them. */
  readonly named: readonly NamedCase[];
}

/** Sentences of ours are far shorter; names come from AWS. */
const REASON = 1_500;
const NAME = 100;

/** Said in the channel when cases wait for a person. */
export function renderNotice({ reason, count, named }: NoticeContent): Message {
  const head = count === 1 ? '1 case needs a person.' : `${count} cases need a person.`;
  const more = count - named.length;
  const list = named.flatMap((each, index) => [
    plain(index === 0 ? '' : ', '),
    link(each.url, clip(each.name, NAME)),
    ...(each.channel === null ? [] : [plain(' in '), channel(each.channel)]),
  ]);
  const name = named.map((each) => clip(each.name, NAME)).join(', ');
  const rest = more > 0 ? ` and ${more} more` : '';
  return {
    text: escapeText(`${head} ${clip(reason, REASON)} Waiting: ${name}${rest}.`),
    blocks: [
      richText(
        [emoji('warning'), plain(' '), bold(head), plain(` ${clip(reason, REASON)}`)],
        [plain('\nWaiting: '), ...list, plain(`${rest}.`)],
        [
          plain(
            count === 1
              ? '\nOnce that is put right, it goes on by itself within a few minutes. Nothing is lost meanwhile.'
              : '\nOnce that is put right, they go on by themselves within a few minutes. Nothing is lost meanwhile.',
          ),
        ],
      ),
    ],
  };
}

/**
 * In place of the notice, when nothing waits for it any more.
 *
 * @param reason empty where it is not known any more.
 */
export function renderSettled(reason: string): Message {
  const head = 'Settled: no case waits for this any more.';
  const what = clip(reason, REASON);
  return {
    text: escapeText(`${head} ${what}`.trimEnd()),
    blocks: [richText([emoji('white_check_mark'), plain(` ${head} `), italic(what)])],
  };
}
