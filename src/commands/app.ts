/** Everything that people can do in Slack: a table of contents. What each does is in the file of its name. */

import { randomUUID } from 'node:crypto';
import { App, type EnvelopedEvent, LogLevel, type Receiver, type SlashCommand } from '@slack/bolt';
import type { Message } from '../slack/message.js';
import { sdkLogger } from '../slack/sdk-logger.js';
import { webClientOptions } from '../slack/web-client.js';
import { errorFields } from '../telemetry/log.js';
import { ackWhenDone } from './ack-when-done.js';
import { answer } from './answer.js';
import type { Command, CommandDeps } from './command-deps.js';
import { oneAtATime } from './doctor/one-at-a-time.js';
import { inTime } from './in-time.js';
import { registerInteractions } from './interactions.js';
import { Later } from './later.js';
import { type Mention, mentions } from './mentions.js';
import { respond } from './respond.js';
import { slashCommand } from './slash-command.js';
import { tellPerson } from './tell-person.js';
import { WORDS } from './words/words.js';
import { wordsOfBroken } from './words-of-failure.js';

/** Slack gives up on an answer after three seconds. */
const ACK_MS = 2_400;

export interface SlackAppOptions {
  readonly botToken: string;
  readonly slackApiUrl: string;
  readonly receiver: Receiver;
}

/**
 * The Bolt app. Every listener keeps what must be kept before it acknowledges, so that a command either is ours for good
 * or fails before the person's eyes.
 */
export function createSlackApp(
  given: CommandDeps,
  { botToken, slackApiUrl, receiver }: SlackAppOptions,
): App {
  const deps = { ...given, examine: oneAtATime(given.examine) };
  const app = new App({
    receiver,
    authorize: async () => ({ botToken }),
    clientOptions: webClientOptions(slackApiUrl, deps.log),
    convoStore: false,
    logger: sdkLogger(deps.log),
    logLevel: LogLevel.WARN,
  });

  // Whatever name the command has in this workspace: the manifest may be changed where /support is taken.
  app.command(/^\/.+$/, async ({ command, ack }) => {
    const later = new Later(deps.log);
    const asked = { ...commandOf(command), afterwards: later.add };
    const answers = orSayBroken(deps, () => slashCommand(deps, asked));
    const inTimeOrNot = await inTime(answers, ACK_MS, null);
    const [first, ...more] = inTimeOrNot ?? [answer(WORDS.takesLonger)];
    await ack(
      first === undefined
        ? undefined
        : { response_type: 'ephemeral', text: first.text, blocks: first.blocks, parse: 'none' },
    );
    for (const message of inTimeOrNot === null ? await answers : more) {
      // Whoever was told that the answer comes here waits for it: another way is better than none.
      const asker = { ...asked, threadTs: null };
      if (!(await tellPerson({ ...deps, respond }, asker, message)))
        deps.log.warn('an answer did not reach Slack', { channel: asker.channel });
    }
    later.begin();
  });

  // An event needs no answer, only to be kept; what is said to the person may come later.
  ackWhenDone(app, deps.log);
  const onMention = mentions(deps, (work) => orSayBroken(deps, work));
  app.event('app_mention', async ({ event, body }) => {
    let isOurs = false;
    const handled = onMention(mentionOf(event, body), () => {
      isOurs = true;
    });
    const late = await inTime(
      handled.then(() => false),
      ACK_MS,
      true,
    );
    // Whoever has it may have died with it: Slack shall send it again, for the case that we die as well.
    if (late && !isOurs) throw new Error('an event is under way elsewhere');
  });

  registerInteractions(app, deps);

  app.error(async (error) => {
    // What is a bug was logged as one where it happened; Slack sends events again, and people see that it failed.
    deps.log.warn('a request from Slack was not taken', errorFields(error));
    // What Bolt takes for handled it acknowledges, and Slack would not send it again.
    throw error;
  });
  return app;
}

async function orSayBroken(deps: CommandDeps, work: () => Promise<Message[]>): Promise<Message[]> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('a command failed', errorFields(error));
    return [answer(await wordsOfBroken(deps, error))];
  }
}

function commandOf(command: SlashCommand): Command {
  return {
    name: command.command,
    rest: command.text ?? '',
    user: command.user_id,
    userName: command.user_name,
    channel: command.channel_id,
    threadTs: null,
    responseUrl: command.response_url ?? null,
    request: command.trigger_id ?? randomUUID(),
    ...(command.trigger_id === undefined ? {} : { trigger: command.trigger_id }),
  };
}

function mentionOf(event: Mention['event'], body: EnvelopedEvent): Mention {
  const us = body.authorizations?.find((each) => each.is_bot);
  return {
    event,
    botUser: us?.user_id ?? null,
    // In a channel of several companies, the event's own team may be that of the sender.
    team: us?.team_id ?? body.team_id,
    isShared: body.is_ext_shared_channel === true,
    eventId: body.event_id ?? null,
  };
}
