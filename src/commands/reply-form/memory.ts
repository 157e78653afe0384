import { z } from 'zod';
import type { SlackFile } from '../../store/outbox-message.js';
import type { CommandDeps } from '../command-deps.js';

/** What the reply form remembers until it is sent. */
export interface ReplyMemory {
  /** Of the case, as text. */
  readonly key: string;
  /** Whose form it is. */
  readonly user: string;
  /** Where the person is told how it ends; `threadTs` null in the channel itself. */
  readonly channel: string;
  readonly threadTs: string | null;
  /** Whether the form says that sending reopens the case. */
  readonly reopens: boolean;
  /** Files of the message that was chosen. */
  readonly files: readonly SlackFile[];
}

/** `private_metadata` (facts: slack.md, section 0). */
const MOST = 3_000;
/** So much of each name is kept where not all fits, as it is written down: a quote takes two characters, others six. */
const SHORT_NAMES = [150, 50, 0];

const Memory = z.object({
  form: z.literal('reply'),
  key: z.string(),
  user: z.string(),
  channel: z.string(),
  threadTs: z.string().nullable(),
  reopens: z.boolean(),
  files: z.array(z.object({ id: z.string(), name: z.string(), size: z.number() })),
});

export function remember({ seal }: Pick<CommandDeps, 'seal'>, memory: ReplyMemory): string {
  let sealed = seal.seal({ form: 'reply', ...memory });
  for (const most of SHORT_NAMES) {
    if (sealed.length <= MOST) break;
    const files = memory.files.map((file) => ({ ...file, name: shortName(file.name, most) }));
    sealed = seal.seal({ form: 'reply', ...memory, files });
  }
  return sealed;
}

/** Null where it was changed on the way, belongs to somebody else, or is of another version. */
export function recall(
  { seal }: Pick<CommandDeps, 'seal'>,
  metadata: string,
  user: string,
): ReplyMemory | null {
  const { data } = Memory.safeParse(seal.open(metadata));
  if (data?.user !== user) return null;
  // The id is enough to send a file: what it is called is asked of Slack then.
  return { ...data, files: data.files.map((file) => ({ ...file, name: file.name || file.id })) };
}

/** The ending says what a file is. */
function shortName(name: string, most: number): string {
  if (writtenLength(name) <= most) return name;
  const ending = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? '';
  let room = most - ending.length;
  if (room <= 0) return '';
  let kept = '';
  for (const character of name.slice(0, -ending.length || undefined)) {
    room -= writtenLength(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}${ending}`;
}

function writtenLength(text: string): number {
  return JSON.stringify(text).length - 2;
}
