import assert from 'node:assert/strict';
import { stringify } from 'node:querystring';
import type { Message } from '../../src/sandbox/slack/start-slack.js';
import { signed } from '../fuzz/signed.js';
import { onlyThread } from './reading.js';
import { CHANNEL, type World } from './world.js';

let clicks = 0;

/**
 * Somebody uses an element of the card, with all that Slack says of it. Also one that this card does not show any more:
 * people's screens may be older.
 */
async function onCard(
  world: World,
  user: string,
  action: Readonly<Record<string, unknown>>,
  team = world.slack.app.teamId,
): Promise<void> {
  const { card } = onlyThread(world.slack);
  clicks += 1;
  const { teamId, teamDomain, appId } = world.slack.app;
  const name = world.slack.users.find((each) => each.id === user)?.name ?? '';
  const body = stringify({
    payload: JSON.stringify({
      type: 'block_actions',
      user: { id: user, username: name, name, team_id: team },
      api_app_id: appId,
      token: 'token',
      team: { id: teamId, domain: teamDomain },
      enterprise: null,
      is_enterprise_install: false,
      trigger_id: `1.2.on-card-${clicks}`,
      channel: { id: CHANNEL, name: 'aws-cases' },
      container: { type: 'message', message_ts: card.ts, channel_id: CHANNEL, is_ephemeral: false },
      message: { type: 'message', ts: card.ts, thread_ts: card.ts, text: card.text },
      state: { values: {} },
      actions: [{ block_id: 'actions', action_ts: '1.2', ...action }],
    }),
  });
  const { status } = await fetch(`${world.botUrl}/slack/events`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...signed(body) },
  });
  assert.equal(status, 200);
}

/** @param team the workspace of the person; that of the bot unless given. */
export function pressOnCard(
  world: World,
  user: string,
  actionId: string,
  value: string,
  team?: string,
): Promise<void> {
  return onCard(world, user, { type: 'button', action_id: actionId, value }, team);
}

export function chooseOnCard(world: World, user: string, actionId: string, value: string): Promise<void> {
  return onCard(world, user, { type: 'overflow', action_id: actionId, selected_option: { value } });
}

/** Who has the case, as the card carries it. */
export function ownerOnCard(world: World): string | undefined {
  return onlyThread(world.slack).card.metadata?.event_payload.owner as string | undefined;
}

/** What the bot has written to one person directly, oldest first. */
export function directsTo({ slack }: World, user: string): Message[] {
  const channel = slack.channels.find((each) => each.im === user)?.id;
  return channel === undefined ? [] : slack.messages(channel);
}
