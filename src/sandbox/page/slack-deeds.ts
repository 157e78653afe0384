/** What people in Slack do on the page, and what their Slack would tell them when the bot does not answer. */
import { z } from 'zod';
import type { Ephemeral } from '../slack/ephemeral.js';
import type { Message } from '../slack/message.js';
import type { Delivery } from '../slack/people/deliver.js';
import type { ScreenView } from '../slack/people/screen-view.js';
import type { Slack } from '../slack/start-slack.js';
import type { Trouble } from '../trouble.js';
import { CannotBeDone, deed, fields } from './deed.js';
import type { Answer, FileGiven, Surface } from './protocol.js';

export interface SlackDeedDeps {
  readonly slack: Slack;
  readonly botUrl: string;
  readonly trouble: Trouble;
}

/** Slack's own limit for what a person types. */
const LONGEST_MESSAGE = 12_000;

const object = z.record(z.string(), z.unknown());
const chosen = z.union([z.string(), z.number(), object, z.array(z.union([z.string(), object]))]);
const values = z.record(z.string(), z.record(z.string(), chosen));
const surface = z.union([
  z.strictObject({ message: z.strictObject({ channel: fields.id, ts: fields.id }) }),
  z.strictObject({ ephemeral: fields.id }),
  z.strictObject({ view: fields.id }),
]);
/** Slack's own limit for the files of a message. */
const MOST_FILES = 10;

const line = z.strictObject({
  user: fields.id,
  channel: fields.id,
  text: z.string().max(LONGEST_MESSAGE, `Slack takes ${LONGEST_MESSAGE} characters at most`),
  threadTs: fields.id.optional(),
});

const said = line.extend({
  files: z.array(fields.file).max(MOST_FILES, `Slack takes ${MOST_FILES} files in a message`).optional(),
});

export function slackDeeds({ slack, botUrl, trouble }: SlackDeedDeps) {
  /** Who cannot reach Slack cannot do anything in it. */
  const online = () => {
    if (trouble.switches['slack-down']) {
      throw new CannotBeDone('Slack is down: you switched that on. Switch it off, and try again.');
    }
  };
  return {
    say: deed(said, async ({ user, channel, text, threadTs, files = [] }) => {
      online();
      if (text.trim() === '' && files.length === 0) throw new CannotBeDone('There is nothing to send yet.');
      const { message } = await slack.write(botUrl, {
        user,
        channel,
        text,
        ...(threadTs && { threadTs }),
        ...(files.length > 0 && { files: files.map(inSlack) }),
      });
      return { ok: true, ts: message.ts };
    }),
    upload: deed(z.strictObject({ user: fields.id, file: fields.file }), ({ user, file }) => {
      online();
      return { ok: true, fileId: slack.upload(user, inSlack(file)).id };
    }),
    command: deed(line, async ({ user, channel, text, threadTs }) => {
      online();
      const [, command = '', rest = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
      if (!slack.commands.some((known) => known.command === command)) {
        throw new CannotBeDone(`${command || text} is not a command here. Type / to see what is.`);
      }
      if (threadTs !== undefined) {
        throw new CannotBeDone(
          `${command} is not supported in threads. Sorry! Type it in the channel, or mention the bot here.`,
        );
      }
      return told(
        await slack.command(botUrl, { command, text: rest, user, channel }),
        `${command} failed because the app did not respond. Is the bot running?`,
      );
    }),
    act: deed(
      z.strictObject({
        user: fields.id,
        on: surface,
        actionId: fields.id,
        value: z.string().optional(),
        chosen: chosen.optional(),
        values: values.optional(),
      }),
      async ({ user, on, actionId, value, chosen: option, values: standing }) => {
        online();
        const delivery = await slack.click(botUrl, {
          user,
          actionId,
          ...place(slack, on),
          ...(value !== undefined && { value }),
          ...(option !== undefined && { selectedOption: option }),
          ...(standing !== undefined && { values: standing }),
        });
        return told(delivery, 'The bot did not answer, so nothing was done. Try again.');
      },
    ),
    submit: deed(
      z.strictObject({ user: fields.id, view: fields.id, values }),
      async ({ user, view, values: given }) => {
        online();
        const delivery = await slack.submitView(botUrl, { user, view: viewOf(slack, view), values: given });
        return told(delivery, 'We had some trouble connecting. Try again?');
      },
    ),
    close: deed(z.strictObject({ user: fields.id, view: fields.id }), async ({ user, view }) => {
      await slack.closeView(botUrl, { user, view: viewOf(slack, view) });
      return { ok: true };
    }),
    suggest: deed(
      z.strictObject({ user: fields.id, on: surface, actionId: fields.id, value: z.string() }),
      async ({ user, on, actionId, value }) => {
        online();
        const typed = { user, actionId, typed: value, ...place(slack, on) };
        const { options, ...delivery } = await slack.suggest(botUrl, typed);
        const answer = told(delivery, 'The bot did not answer. Type again.');
        return answer.ok ? { ok: true, options } : answer;
      },
    ),
    shortcut: deed(
      z.strictObject({ user: fields.id, callbackId: fields.id, channel: fields.id, ts: fields.id }),
      async ({ user, callbackId, channel, ts }) => {
        online();
        const message = messageOf(slack, channel, ts);
        return told(
          await slack.shortcut(botUrl, { user, callbackId, message }),
          'The bot did not answer, so nothing was done. Try again.',
        );
      },
    ),
    react: deed(
      z.strictObject({
        user: fields.id,
        channel: fields.id,
        ts: fields.id,
        name: fields.id,
        on: z.boolean(),
      }),
      async ({ on, ...what }) => {
        online();
        await (on ? slack.react(botUrl, what) : slack.unreact(botUrl, what));
        return { ok: true };
      },
    ),
    home: deed(z.strictObject({ user: fields.id }), async ({ user }) => {
      online();
      await slack.openHome(botUrl, { user });
      return { ok: true };
    }),
  };
}

function inSlack({ fileName, data }: FileGiven) {
  return { name: fileName, data: Buffer.from(data, 'base64') };
}

/** A person hears of a failure only; a good answer shows by itself. */
function told({ failed }: Pick<Delivery, 'failed'>, sentence: string): Answer {
  if (failed === undefined) return { ok: true };
  const isRefused = failed === 'invalid_command_response';
  return {
    ok: false,
    error: isRefused ? 'The app answered with something that Slack does not show.' : sentence,
  };
}

function place(
  slack: Slack,
  on: Surface,
): { message: Message } | { ephemeral: Ephemeral } | { view: ScreenView } {
  if ('message' in on) return { message: messageOf(slack, on.message.channel, on.message.ts) };
  if ('view' in on) return { view: viewOf(slack, on.view) };
  const ephemeral = slack.ephemerals.find((each) => each.ts === on.ephemeral && !each.deleted);
  if (ephemeral === undefined) throw new CannotBeDone('This message is gone.');
  return { ephemeral };
}

function viewOf(slack: Slack, id: string): ScreenView {
  const view = slack.views.find((each) => each.id === id && each.state === 'open');
  if (view === undefined) throw new CannotBeDone('This form is not open any more.');
  return view;
}

function messageOf(slack: Slack, channel: string, ts: string): Message {
  const message = slack
    .threads(channel)
    .flatMap(({ card, replies }) => [card, ...replies])
    .find((each) => each.ts === ts);
  if (message === undefined) throw new CannotBeDone('This message is gone.');
  return message;
}
