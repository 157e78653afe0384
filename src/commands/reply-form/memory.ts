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
/** Of a name that has to be cut; ten of these leave room for everything else. */
const SHORT_NAME = 150;

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
  const whole = seal.seal({ form: 'reply', ...memory });
  if (whole.length <= MOST) return whole;
  const files = memory.files.map((file) => ({ ...file, name: shortName(file.name) }));
  return seal.seal({ form: 'reply', ...memory, files });
}

/** Null where it was changed on the way, belongs to somebody else, or is of another version. */
export function recall(
  { seal }: Pick<CommandDeps, 'seal'>,
  metadata: string,
  user: string,
): ReplyMemory | null {
  const { data } = Memory.safeParse(seal.open(metadata));
  return data?.user === user ? data : null;
}

/** The ending says what a file is. */
function shortName(name: string): string {
  if (name.length <= SHORT_NAME) return name;
  const ending = /\.[a-z0-9]{1,10}$/i.exec(name)?.[0] ?? '';
  return `${name.slice(0, SHORT_NAME - ending.length).toWellFormed()}${ending}`;
}
