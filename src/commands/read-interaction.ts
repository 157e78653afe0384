/** What Slack sends of what people do, in our words: see interaction.ts. */
import type {
  BlockAction,
  BlockSuggestion,
  MessageShortcut,
  ViewClosedAction,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { Act, Closed, OnMessage, OpenView, Submission, Typing, ViewValues } from './interaction.js';

export function actOf(body: BlockAction): Act {
  const [action] = body.actions;
  const { container } = body as { container: Readonly<Record<string, unknown>> | undefined };
  const messageTs = text(container?.message_ts) ?? body.message?.ts ?? null;
  return {
    user: body.user.id,
    userName: 'name' in body.user ? (body.user.name ?? '') : '',
    trigger: body.trigger_id ?? '',
    channel: body.channel?.id ?? '',
    messageTs,
    threadTs: threadOf(body, container, messageTs),
    isEphemeral: container?.is_ephemeral === true,
    value: chosenValue(action),
    responseUrl: body.response_url || null,
    view: body.view === undefined ? null : viewOf(body.view),
    isStranger: isOfAnotherCompany(body),
  };
}

/**
 * Where the person is looking: in the thread, or at its first message in the channel, below which an answer in the thread
 * would go unseen.
 */
export function answerThreadOf({
  container,
  message,
}: Pick<BlockAction, 'container' | 'message'>): string | null {
  const thread = text((container as { thread_ts?: unknown } | undefined)?.thread_ts);
  const replyTo = text(message?.thread_ts);
  return thread ?? (replyTo === message?.ts ? null : replyTo);
}

export function messageOf(body: MessageShortcut): OnMessage {
  const { message } = body;
  const { files } = { files: undefined, ...message } as { files: unknown };
  return {
    user: body.user.id,
    userName: body.user.name,
    trigger: body.trigger_id,
    channel: body.channel.id,
    messageTs: body.message_ts,
    threadTs: text(message.thread_ts) ?? body.message_ts,
    author: text(message.bot_id) === null ? text(message.user) : null,
    text: message.text ?? '',
    files: Array.isArray(files) ? files.filter((file) => typeof file === 'object' && file !== null) : [],
    responseUrl: body.response_url || null,
    isStranger: isOfAnotherCompany(body),
  };
}

export function submissionOf(body: ViewSubmitAction): Submission {
  return {
    user: body.user.id,
    userName: body.user.name ?? '',
    isStranger: isOfAnotherCompany(body),
    trigger: text((body as { trigger_id?: unknown }).trigger_id) ?? '',
    view: viewOf(body.view),
  };
}

export function closedOf(body: ViewClosedAction): Closed {
  return {
    user: body.user.id,
    userName: body.user.name ?? '',
    view: viewOf(body.view),
    withAll: body.is_cleared === true,
  };
}

export function typingOf(body: BlockSuggestion): Typing {
  return {
    user: body.user.id,
    channel: body.channel?.id ?? '',
    typed: body.value,
    view: body.view === undefined ? null : viewOf(body.view),
  };
}

/**
 * Cards stand in channels that several companies may share (Slack Connect): what their people may do, the permissions
 * say, and menus of cases are for those of this one. Within an Enterprise Grid, another workspace is none of another company.
 */
export function isOfAnotherCompany({
  user,
  team,
  enterprise,
}: Pick<
  BlockAction | MessageShortcut | BlockSuggestion | ViewSubmitAction,
  'user' | 'team' | 'enterprise'
>): boolean {
  if (enterprise != null || team == null) return false;
  return user.team_id != null && user.team_id !== team.id;
}

/** A message of the channel itself leads a thread, which an ephemeral one does not. */
function threadOf(
  { message }: BlockAction,
  container: Readonly<Record<string, unknown>> | undefined,
  messageTs: string | null,
): string | null {
  const thread = text(container?.thread_ts) ?? text(message?.thread_ts);
  if (thread !== null) return thread;
  return container?.is_ephemeral === true ? null : messageTs;
}

function chosenValue(action: unknown): string {
  const { value, selected_option } = { value: null, selected_option: null, ...(action as object) };
  const option = (selected_option as { value?: unknown } | null)?.value;
  return text(option) ?? text(value) ?? '';
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function viewOf(view: ViewOutput): OpenView {
  return {
    id: view.id,
    hash: view.hash,
    isOver: view.previous_view_id != null,
    callbackId: view.callback_id ?? '',
    metadata: view.private_metadata ?? '',
    blocks: (view.blocks ?? []) as KnownBlock[],
    values: (view.state?.values ?? {}) as ViewValues,
  };
}
