/** Everything that people can do in Slack: a table of contents. What each does is in the file of its name. */

import { randomUUID } from 'node:crypto';
import {
  App,
  type BlockAction,
  type EnvelopedEvent,
  LogLevel,
  type Receiver,
  type SlashCommand,
} from '@slack/bolt';
import { StoreUnclear } from '../outbox/outbox.js';
import type { Message } from '../slack/message.js';
import { webClientOptions } from '../slack/web-client.js';
import { errorFields } from '../telemetry/log.js';
import { ackWhenDone } from './ack-when-done.js';
import { ACTIONS } from './action-ids.js';
import { answer } from './answer.js';
import { boltLogger } from './bolt-logger.js';
import { agreeToReopen, cancel, pickedToResolve, sendAgain } from './buttons.js';
import type { Command, CommandDeps } from './command-deps.js';
import { inTime } from './in-time.js';
import { listPageOf } from './list.js';
import { type Mention, mentions } from './mentions.js';
import { respond } from './respond.js';
import { slashCommand } from './slash-command.js';
import { tellPerson } from './tell-person.js';
import { WORDS } from './words.js';
import { wordsOfFailure } from './words-of-failure.js';

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
export function createSlackApp(deps: CommandDeps, { botToken, slackApiUrl, receiver }: SlackAppOptions): App {
  const app = new App({
    receiver,
    authorize: async () => ({ botToken }),
    clientOptions: webClientOptions(slackApiUrl),
    convoStore: false,
    logger: boltLogger(deps.log),
    logLevel: LogLevel.WARN,
  });

  // Whatever name the command has in this workspace: the manifest may be changed where /support is taken.
  app.command(/^\/.+$/, async ({ command, ack }) => {
    const answers = orSayBroken(deps, () => slashCommand(deps, commandOf(command)));
    const inTimeOrNot = await inTime(answers, ACK_MS, null);
    const [first, ...more] = inTimeOrNot ?? [answer(WORDS.takesLonger)];
    await ack(
      first === undefined
        ? undefined
        : { response_type: 'ephemeral', text: first.text, blocks: first.blocks, parse: 'none' },
    );
    for (const message of inTimeOrNot === null ? await answers : more) {
      // Whoever was told that the answer comes here waits for it: another way is better than none.
      const asker = { ...commandOf(command), threadTs: null };
      if (!(await tellPerson({ ...deps, respond }, asker, message)))
        deps.log.warn('an answer did not reach Slack', { channel: asker.channel });
    }
  });

  // An event needs no answer, only to be kept; what is said to the person may come later.
  ackWhenDone(app);
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

  const onClick = (
    id: string | RegExp,
    act: (body: BlockAction, value: string) => Promise<Message>,
  ): void => {
    app.action<BlockAction>(id, async ({ body, ack }) => {
      let isBroken = false;
      const [said] = await orSayBroken(
        deps,
        async () => [await act(body, chosenValue(body))],
        () => {
          isBroken = true;
        },
      );
      await ack();
      // What could not be done must not take the place of the buttons, and of the person's words above them.
      if (said !== undefined) await tryToRespond(deps, body.response_url, said, !isBroken);
    });
  };
  onClick(new RegExp(`^${ACTIONS.listPage}`), (_, value) => listPageOf(deps, value));
  onClick(ACTIONS.resolvePick, (body, value) => pickedToResolve(deps, commandOfClick(body), value));
  onClick(ACTIONS.agreeToReopen, (body, reference) => agreeToReopen(deps, clickOf(body, reference)));
  onClick(ACTIONS.sendAgain, (body, reference) => sendAgain(deps, clickOf(body, reference)));
  onClick(ACTIONS.cancel, (body, reference) => cancel(deps, clickOf(body, reference)));

  app.error(async (error) => {
    // What is a bug was logged as one where it happened; Slack sends events again, and people see that it failed.
    deps.log.warn('a request from Slack was not taken', errorFields(error));
    // What Bolt takes for handled it acknowledges, and Slack would not send it again.
    throw error;
  });
  return app;
}

async function orSayBroken(
  deps: CommandDeps,
  work: () => Promise<Message[]>,
  onBroken: () => void = () => undefined,
): Promise<Message[]> {
  try {
    return await work();
  } catch (error) {
    deps.log.error('a command failed', errorFields(error));
    onBroken();
    return [answer(error instanceof StoreUnclear ? WORDS.storeUnclear : await wordsOfFailure(deps))];
  }
}

async function tryToRespond(
  deps: CommandDeps,
  url: string | undefined,
  message: Message,
  instead: boolean,
): Promise<void> {
  if (url === undefined) return;
  await respond(url, message, instead).catch((error: unknown) => {
    deps.log.warn('an answer did not reach Slack', errorFields(error));
  });
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

function commandOfClick(body: BlockAction): Command {
  return {
    name: '/support',
    rest: '',
    user: body.user.id,
    userName: 'name' in body.user ? (body.user.name ?? '') : '',
    channel: body.channel?.id ?? '',
    threadTs: null,
    responseUrl: body.response_url ?? null,
    request: body.trigger_id,
  };
}

function clickOf(body: BlockAction, reference: string) {
  return { reference, user: body.user.id, responseUrl: body.response_url ?? null };
}

function chosenValue(body: BlockAction): string {
  const action = body.actions[0];
  if (action?.type === 'button') return action.value ?? '';
  if (action?.type === 'static_select') return action.selected_option?.value ?? '';
  return '';
}
