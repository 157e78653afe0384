import type { AppMentionEvent } from '@slack/types';
import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import { caseOfThread } from './case-of-thread.js';
import type { CommandDeps } from './command-deps.js';
import { firstWord } from './first-word.js';
import { slackFiles } from './form-parts/files.js';
import { Later } from './later.js';
import { oncePerRequest } from './once-per-request.js';
import { readMention } from './read-mention.js';
import { respond } from './respond.js';
import { tryToTell } from './tell-person.js';
import { threadCommand } from './thread-command.js';
import { deedOfWord } from './wanted.js';
import { WORDS } from './words/words.js';

/** A message that names the bot, with what Slack says around it. */
export interface Mention {
  readonly event: AppMentionEvent & { readonly edited?: unknown; readonly thread_ts?: string };
  /** The bot's own user; null when Slack does not say. */
  readonly botUser: string | null;
  /** The workspace of the bot. */
  readonly team: string;
  /** Whether people of other companies are in the channel (Slack Connect). */
  readonly isShared: boolean;
  /** The same whenever Slack sends the event again; null when Slack does not say. */
  readonly eventId: string | null;
}

/**
 * `@Casethread …`: the way to act in a thread, where Slack allows no slash commands. An event has no address by which it
 * could be answered, so people are told as they are told how a reply ended. Each is answered once, however often and to
 * whichever replica Slack sends it. What is returned rejects when it is to be sent again.
 *
 * @param orSayBroken does the work, and turns a mistake of ours into words.
 */
export function mentions(
  deps: CommandDeps,
  orSayBroken: (work: () => Promise<Message[]>) => Promise<Message[]>,
): (mention: Mention, onBegun: () => void) => Promise<void> {
  return async (mention, onBegun) => {
    const { channel, user, thread_ts } = mention.event;
    if (user === undefined || !isToBeAnswered(mention)) return;
    await oncePerRequest(deps.store, keysOf(mention), async () => {
      onBegun();
      const asker = { user, channel, threadTs: thread_ts ?? null, responseUrl: null };
      const later = new Later(deps.log);
      const answers = await orSayBroken(() => answersTo(deps, mention, user, later.add));
      for (const [index, said] of answers.entries()) {
        const told = await tryToTell({ ...deps, respond }, asker, said);
        if (told === 'told') continue;
        deps.log.warn('an answer did not reach Slack', { channel });
        // Whoever has heard nothing hears it when Slack sends the event again.
        if (index === 0 && told === 'later') throw new Error('nobody could be told');
        return;
      }
      later.begin();
    });
  };
}

/** By event, and by message: Slack has been seen to send one message as two events, also with different times. */
function keysOf({ event, eventId }: Mention): string[] {
  const { channel, ts, client_msg_id } = { client_msg_id: null, ...event };
  return [
    ...(eventId === null ? [] : [`event ${eventId}`]),
    `mention ${channel} ${ts}`,
    ...(typeof client_msg_id === 'string' ? [`message ${client_msg_id}`] : []),
  ];
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
  afterwards: (work: () => Promise<void>) => void,
): Promise<Message[]> {
  const { channel, ts, thread_ts } = event;
  const rest = botUser === null ? null : readMention(event.text, botUser);
  // Slash commands are for the people of this workspace, too.
  const from = event.user_team ?? event.team;
  const isOfOthers = isShared && from !== undefined && from !== team;
  if (rest === null) {
    if (isOfOthers || thread_ts === undefined) return [answer(WORDS.talkOnly)];
    const found = await caseOfThread(deps, channel, thread_ts, WORDS.talkElsewhere);
    return [answer(!found.found && found.say === WORDS.talkElsewhere ? found.say : WORDS.talkOnly)];
  }
  if (isOfOthers) {
    const [word] = firstWord(rest);
    const stranger = { user, userName: '', channel, threadTs: thread_ts ?? null };
    await deps.trail.refused(stranger, deedOfWord(word), 'other-company');
    return [answer(WORDS.otherWorkspace)];
  }
  return threadCommand(deps, {
    name: '/support',
    rest,
    user,
    userName: '',
    channel,
    threadTs: thread_ts ?? null,
    responseUrl: null,
    // The message itself: whenever Slack sends it again, it is the same reply.
    request: `mention ${channel} ${ts}`,
    files: slackFiles(event.files ?? []),
    afterwards,
  });
}
