import { isUtf8 } from 'node:buffer';
import { parse } from 'node:querystring';
import { z } from 'zod';

/**
 * What a signed request must look like before Bolt sees it. Bolt believes its types: a body of `null` or a deep
 * `challenge` ended the process, and a field of another type was answered with 500 or not at all. Only what Bolt and we
 * read is looked at, so that fields which Slack adds or changes do no harm (facts: slack.md, sections 7 and 11).
 */

/** Of people, channels and workspaces. */
const Id = z.string().regex(/^[A-Z0-9]{1,50}$/, 'must be an id of Slack');
/** Kept in the store, which ends a text at a NUL and knows no half characters. */
const Token = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,500}$/u, 'must have 1 to 500 characters');
const Timestamp = z.string().regex(/^\d{1,20}\.\d{1,20}$/, 'must be the ts of a message');
const Address = z.string().regex(/^https?:\/\//, 'must be an address');
const Fields = z.looseObject({});
const Words = z.string();
/** Bolt keeps a client for each team, under its id: `__proto__` is none. */
const Team = z.object({ id: Id.nullish(), enterprise_id: Id.nullish() });

const Command = z.object({
  command: z.string().regex(/^\/.{1,100}$/, 'must be a command'),
  text: Words.optional(),
  user_id: Id,
  user_name: Words.optional(),
  channel_id: Id,
  response_url: Address.optional(),
  trigger_id: Token.optional(),
  team_id: Id.optional(),
  enterprise_id: Id.optional(),
});

const Action = z.object({
  type: Words,
  action_id: Words,
  block_id: Words.optional(),
  value: Words.nullish(),
  selected_option: z.object({ value: Words.nullish() }).nullish(),
});

const Values = z.record(z.string(), z.record(z.string(), Fields));

const View = z.object({
  id: Words.nullish(),
  callback_id: Words.nullish(),
  private_metadata: Words.nullish(),
  blocks: z.array(Fields).nullish(),
  state: z.object({ values: Values.nullish() }).nullish(),
  app_installed_team_id: Id.nullish(),
});

const Shown = z.object({
  ts: Timestamp.nullish(),
  thread_ts: Timestamp.nullish(),
  text: Words.nullish(),
  files: z.array(z.unknown()).nullish(),
});

const Container = z.object({
  message_ts: Timestamp.nullish(),
  thread_ts: Timestamp.nullish(),
  is_ephemeral: z.boolean().nullish(),
});

/** Clicks, shortcuts, views, and what is typed into a menu. */
const Interaction = z
  .object({
    type: Words,
    user: z.object({ id: Id, name: Words.nullish(), team_id: Id.nullish() }),
    team: Team.nullish(),
    enterprise: Team.nullish(),
    channel: z.object({ id: Words.nullish() }).optional(),
    response_url: Address.or(z.literal('')).nullish(),
    response_urls: z.array(Fields).optional(),
    trigger_id: Token.optional(),
    callback_id: Words.optional(),
    view: View.optional(),
    message: Shown.nullish(),
    message_ts: Timestamp.optional(),
    container: Container.nullish(),
    action_id: Words.optional(),
    value: Words.nullish(),
    actions: z.array(Action).min(1).optional(),
    function_data: Fields.nullish(),
  })
  .refine(({ type, actions }) => type !== 'block_actions' || actions !== undefined, 'must have actions')
  .refine(
    ({ type, view }) => !type.startsWith('view_') || typeof view?.callback_id === 'string',
    'must have a view with a callback_id',
  )
  .refine(
    ({ type, channel, message, message_ts }) =>
      type !== 'message_action' ||
      (typeof channel?.id === 'string' && message != null && message_ts !== undefined),
    'must have a message in a channel',
  )
  .refine(
    ({ type, action_id, value }) =>
      type !== 'block_suggestion' || (action_id !== undefined && typeof value === 'string'),
    'must have an action_id and a value',
  );

/** Any event: what Bolt reads of it. */
const Event = z.object({
  type: Words,
  user: Words.or(Fields).optional(),
  channel: Words.or(Fields).optional(),
  item: Fields.optional(),
  subteam: Fields.optional(),
});

const Mention = z.object({
  channel: Id,
  ts: Timestamp,
  thread_ts: Timestamp.optional(),
  user: Id.optional(),
  text: Words,
  client_msg_id: Token.nullish(),
  bot_id: Words.nullish(),
  subtype: Words.nullish(),
  team: Words.nullish(),
  user_team: Words.nullish(),
  files: z.array(z.unknown()).nullish(),
});

const Envelope = z.object({
  type: Words,
  event_id: Token.optional(),
  team_id: Id.nullish(),
  enterprise_id: Id.nullish(),
  authorizations: z
    .array(z.object({ user_id: Id.nullish(), team_id: Id.nullish(), enterprise_id: Id.nullish() }))
    .nullish(),
});

/**
 * What is wrong with a request, in words for whoever sends it; null when Bolt may have it. Names fields, never values.
 *
 * @param contentType compared as Bolt compares it: whole.
 */
export function payloadProblem(contentType: string | undefined, body: Buffer): string | null {
  if (!isUtf8(body)) return 'it is not UTF-8';
  const payload = payloadOf(contentType, body.toString('utf8'));
  if (!isFields(payload)) return 'it is not an object';
  if (payload.ssl_check === '1') return null;
  if (payload.type === 'url_verification')
    return typeof payload.challenge === 'string' ? null : 'challenge: must be a text';
  // In the order in which Bolt decides what it is.
  if (payload.event !== undefined) {
    const isMention = isFields(payload.event) && payload.event.type === 'app_mention';
    return (
      problem(Envelope, payload) ??
      problem(Event, payload.event) ??
      (isMention ? problem(Mention, payload.event) : null)
    );
  }
  return problem(payload.command === undefined ? Interaction : Command, payload);
}

/** As Bolt reads it. Undefined for what is not JSON. */
function payloadOf(contentType: string | undefined, body: string): unknown {
  try {
    if (contentType !== 'application/x-www-form-urlencoded') return JSON.parse(body);
    const fields = parse(body);
    return typeof fields.payload === 'string' ? JSON.parse(fields.payload) : { ...fields };
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problem(shape: z.ZodType, value: unknown): string | null {
  const { error } = shape.safeParse(value);
  const issue = error?.issues[0];
  return issue === undefined ? null : `${issue.path.join('.') || 'it'}: ${issue.message}`;
}
