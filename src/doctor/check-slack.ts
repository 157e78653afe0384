import { groupsIn } from '../case/permit.js';
import { RIGHTS } from '../case/right.js';
import type { ConfigFile } from '../config/config-file.js';
import type { ExaminedChannel, SlackExamination } from '../slack/examine-slack.js';
import { SCOPES } from '../slack/scopes.js';
import { SlackError } from '../slack/slack-error.js';
import { atMost } from './at-most.js';
import type { Finding } from './finding.js';
import { type Found, found, splitSentence } from './found.js';

export interface SlackCheckDeps {
  readonly slack: SlackExamination;
  /** Undefined where the setting is wrong, which is said elsewhere. */
  readonly slackChannel: string | undefined;
  readonly file: Pick<ConfigFile, 'routes' | 'administrators' | 'rules' | 'audit'>;
  /** Rejects with a SlackError when Slack would not let us in by Socket Mode; null without it. */
  readonly tryAppToken: (() => Promise<void>) | null;
}

const AT_A_TIME = 4;
const CONNECT = 'Let this machine reach Slack by HTTPS (firewall, proxy, DNS).';

/** Token, scopes, channels, people. When the token does not work, that is all that is said. */
export async function checkSlack(deps: SlackCheckDeps): Promise<Finding[]> {
  const { slack, tryAppToken } = deps;
  const socket = tryAppToken === null ? [] : checkAppToken(tryAppToken);
  const { ok } = found('slack', 'token');
  let identity: Awaited<ReturnType<SlackExamination['identity']>>;
  try {
    identity = await slack.identity();
  } catch (error) {
    return [ofError(error, found('slack', 'token')), ...(await socket)];
  }
  const inTurn = atMost(AT_A_TIME);
  const channels = placesOf(deps).map(([id, places]) => inTurn(() => checkChannel(slack, id, places)));
  const people = inTurn(() => checkPeople(slack, deps.file));
  const groups = groupsIn(deps.file, RIGHTS).map((id) => inTurn(() => checkGroup(slack, id)));
  return [
    ok(`It is that of @${identity.bot} in ${identity.workspace}.`),
    checkScopes(identity.scopes),
    ...(await socket),
    ...(await Promise.all(channels)),
    ...(await people),
    ...(await Promise.all(groups)),
  ];
}

function checkScopes(granted: readonly string[] | null): Finding {
  const { ok, warn, fail } = found('slack', 'scopes');
  if (granted === null) return warn('Slack does not say what the app is allowed.', 'Try again.');
  const missing = SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return ok(`All ${SCOPES.length} that manifest.yml names are granted.`);
  return fail(
    `The app lacks ${missing.join(', ')}.`,
    'Paste manifest.yml into the app (App Manifest), install the app again, and set SLACK_BOT_TOKEN to the token that it shows.',
  );
}

async function checkAppToken(tryAppToken: () => Promise<void>): Promise<Finding[]> {
  const { ok, fail } = found('slack', 'Socket Mode');
  try {
    await tryAppToken();
    return [ok('Slack takes SLACK_APP_TOKEN.')];
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind === 'unreachable' || error.kind === 'rate-limited') {
      return [ofError(error, found('slack', 'Socket Mode'))];
    }
    return [
      fail(
        `Slack does not let SLACK_APP_TOKEN in by Socket Mode (${error.code}).`,
        'In the app: Socket Mode must be on, and the token one of App-Level Tokens with the scope connections:write.',
      ),
    ];
  }
}

/** Each channel once, with what names it. */
function placesOf({ slackChannel, file }: SlackCheckDeps): [id: string, places: string[]][] {
  const places = new Map<string, string[]>();
  const add = (id: string, place: string) => places.set(id, [...(places.get(id) ?? []), place]);
  if (slackChannel !== undefined) add(slackChannel, 'SLACK_CHANNEL');
  for (const [index, { channel }] of file.routes.entries()) add(channel, `route ${index + 1}`);
  if (file.audit !== null) add(file.audit.channel, 'audit');
  for (const [index, { channels }] of file.rules.entries())
    for (const channel of channels) add(channel, `permissions, rule ${index + 1}`);
  return [...places];
}

async function checkChannel(
  slack: SlackExamination,
  id: string,
  places: readonly string[],
): Promise<Finding> {
  const where = places.join(', ');
  let channel: ExaminedChannel;
  try {
    channel = await slack.channel(id);
  } catch (error) {
    const { ok: _, fail } = found('slack', `channel ${id}`);
    if (error instanceof SlackError && error.code === 'channel_not_found') {
      return fail(
        `Slack knows no such channel, or it is private and the bot is not in it (${where}).`,
        `Invite the bot with /invite in that channel, or correct the id in ${where}.`,
      );
    }
    return ofError(error, found('slack', `channel ${id}`));
  }
  const { ok, fail } = found('slack', channel.name === null ? `channel ${id}` : `channel #${channel.name}`);
  if (channel.isArchived)
    return fail(`It is archived (${where}).`, `Restore it, or name another channel in ${where}.`);
  if (!channel.isMember)
    return fail(`The bot is not in it (${where}).`, `Invite the bot with /invite in that channel.`);
  if (channel.isRestricted)
    return fail(`Only some people may write in it (${where}).`, 'Let the bot post there: a channel setting.');
  return ok(`The bot is in it (${where}).`);
}

/** Those whom routes mention, administrators, and those whom permissions name; not user groups. */
async function checkPeople(slack: SlackExamination, file: SlackCheckDeps['file']): Promise<Finding[]> {
  const named = [
    ...file.routes.flatMap(({ mention }) => mention),
    ...file.administrators,
    ...file.rules.flatMap(({ who }) => who),
  ];
  const people = [...new Set(named)].filter((id) => /^[UW]/.test(id));
  if (people.length === 0) return [];
  const { ok } = found('slack', 'people in CONFIG_FILE');
  const inTurn = atMost(AT_A_TIME);
  const problems = (await Promise.all(people.map((id) => inTurn(() => checkPerson(slack, id))))).flat();
  const well = people.length - problems.length;
  if (well === 0) return problems;
  return [ok(well === 1 ? 'One is known to Slack.' : `${well} are known to Slack.`), ...problems];
}

/** Of those whom permissions name: whoever hangs on one that is not there may nothing. */
async function checkGroup(slack: SlackExamination, id: string): Promise<Finding> {
  const { ok, warn, fail } = found('slack', `user group ${id}`);
  try {
    const size = await slack.groupSize(id);
    if (size > 0) return ok(size === 1 ? 'One person is in it.' : `${size} people are in it.`);
    return warn(
      'Nobody is in it, so nobody may what permissions give to it.',
      'Add people to it in Slack, or name another one in CONFIG_FILE.',
    );
  } catch (error) {
    if (error instanceof SlackError && error.code === 'no_such_subteam')
      return fail(
        'Slack knows no such user group, or it is disabled, so nobody may what permissions give to it.',
        'Put another user group into CONFIG_FILE (permissions), or enable this one in Slack.',
      );
    const { says, remedy } = wordsOf(error);
    return fail(says, remedy);
  }
}

async function checkPerson(slack: SlackExamination, id: string): Promise<Finding[]> {
  const { warn } = found('slack', `person ${id}`);
  const remedy = 'Put another person into CONFIG_FILE, or take this one out.';
  try {
    if (await slack.isActive(id)) return [];
    return [warn('They are deactivated in Slack, so nobody is told.', remedy)];
  } catch (error) {
    if (error instanceof SlackError && error.code === 'user_not_found')
      return [warn('Slack knows no such person.', remedy)];
    const { says, remedy: other } = wordsOf(error);
    return [warn(says, other)];
  }
}

/** What passes by itself is no failure. */
function ofError(error: unknown, { warn, fail }: Found): Finding {
  const { says, remedy } = wordsOf(error);
  return (error instanceof SlackError && error.kind === 'rate-limited' ? warn : fail)(says, remedy);
}

function wordsOf(error: unknown): { says: string; remedy: string } {
  if (!(error instanceof SlackError)) return { says: 'Slack could not be asked.', remedy: CONNECT };
  if (error.kind === 'rejected')
    return { says: `Slack refuses to say (${error.code}).`, remedy: 'Try again.' };
  const { says, remedy } = splitSentence(error.sentence);
  return { says, remedy: remedy ?? (error.kind === 'unreachable' ? CONNECT : 'Try again in a minute.') };
}
