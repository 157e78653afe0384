import type { AppMentionEvent } from '@slack/types';
import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import type { CommandDeps } from './command-deps.js';
import { oncePerKey } from './once-per-key.js';
import { readMention } from './read-mention.js';
import { respond } from './respond.js';
import { tellPerson } from './tell-person.js';
import { threadCommand } from './thread-command.js';
import { WORDS } from './words.js';

/** A message that names the bot, with what Slack says around it. */
export interface Mention {
  readonly event: AppMentionEvent & { readonly edited?: unknown; readonly thread_ts?: string };
  /** The bot's own user; null when Slack does not say. */
  readonly botUser: string | null;
  /** The workspace of the bot. */
  readonly team: string;
  /** Whether people of other companies are in the channel (Slack Connect). */
  readonly isShared: boolean;
}

/** Slack repeats an event within minutes. */
const REMEMBERED = 1_000;

/**
 * `@Casethread …`: the way to act in a thread, where Slack allows no slash commands. An event has no address by which it
 * could be answered, so people are told as they are told how a reply ended.
 *
 * @param orSayBroken does the work, and turns a mistake of ours into words.
 */
export function mentions(
  deps: CommandDeps,
  orSayBroken: (work: () => Promise<Message[]>) => Promise<Message[]>,
): (mention: Mention) => Promise<void> {
  const once = oncePerKey(REMEMBERED);
  return async (mention) => {
    const { channel, user, ts, thread_ts, client_msg_id } = { client_msg_id: null, ...mention.event };
    if (user === undefined || !isToBeAnswered(mention)) return;
    // Slack has been seen to send one message as two, with different times.
    const keys = [`${channel} ${ts}`, ...(typeof client_msg_id === 'string' ? [client_msg_id] : [])];
    await once(keys, async () => {
      const asker = { user, channel, threadTs: thread_ts ?? null, responseUrl: null };
      for (const said of await orSayBroken(() => answersTo(deps, mention, user))) {
        if (await tellPerson({ ...deps, respond }, asker, said)) continue;
        deps.log.warn('an answer did not reach Slack', { channel });
        return;
      }
    });
  };
}

/** Other bots may quote anything, and an edited message was answered when it was written. */
function isToBeAnswered({ event, botUser }: Mention): boolean {
  const isOfBot =
    event.bot_id !== undefined || event.subtype === 'bot_message' || event.user === (botUser ?? '');
  return !isOfBot && event.edited === undefined;
}

async function answersTo(
  deps: CommandDeps,
  { event, botUser, team, isShared }: Mention,
  user: string,
): Promise<Message[]> {
  const rest = botUser === null ? null : readMention(event.text, botUser);
  if (rest === null) return [answer(WORDS.talkOnly)];
  // Slash commands are for the people of this workspace, too.
  const from = event.user_team ?? event.team;
  if (isShared && from !== undefined && from !== team) return [answer(WORDS.otherWorkspace)];
  const { channel, ts, thread_ts } = event;
  const answers = await threadCommand(deps, {
    name: '/support',
    rest,
    user,
    userName: '',
    channel,
    threadTs: thread_ts ?? null,
    responseUrl: null,
    // The message itself: whenever Slack sends it again, it is the same reply.
    request: `mention ${channel} ${ts}`,
  });
  return event.files === undefined || event.files.length === 0
    ? answers
    : [...answers, answer(WORDS.filesStay)];
}
