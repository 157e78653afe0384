import { Refusal } from '../refusal.js';
import { CallArguments } from '../web-api/call-arguments.js';
import type { Channel } from '../workspace.js';
import type { Delivery } from './deliver.js';
import { escapeTyped } from './escape-typed.js';
import { type People, person, place, responseUrl, sendForm } from './people.js';
import type { Signature } from './signed-request.js';

export interface CommandOptions {
  command: string;
  text?: string;
  user: string;
  channel: string;
  triggerId?: string;
  responseUrl?: string;
  /** As the manifest's `should_escape`, which counts unless this is given; true without a manifest. */
  escape?: boolean;
  signature?: Signature;
}

/** Slack names only public channels to an app. */
function nameShown(channel: Channel): string {
  if (channel.im !== undefined) return 'directmessage';
  return channel.isPrivate ? 'privategroup' : channel.name;
}

/**
 * A person types a slash command in a channel. Throws for one that the app's manifest does not have. In a thread Slack itself refuses it, so there is no thread here.
 */
export function command(people: People, botUrl: string, options: CommandOptions): Promise<Delivery> {
  const { workspace } = people;
  const user = person(people, options.user);
  const channel = place(people, options.channel);
  const target = { user: user.id, channel: channel.id };
  const { manifest } = workspace;
  const known = manifest?.commands.find((each) => each.command === options.command);
  if (manifest !== undefined && known === undefined)
    throw new Error(`${options.command} is not a valid command.`);
  const escapes = options.escape ?? known?.shouldEscape ?? true;
  const typed = options.text ?? '';
  const fields = {
    token: workspace.app.verificationToken,
    team_id: workspace.app.teamId,
    team_domain: workspace.app.teamDomain,
    channel_id: channel.id,
    channel_name: nameShown(channel),
    user_id: user.id,
    user_name: user.name,
    command: options.command,
    text: escapes ? escapeTyped(workspace, typed, 'command') : typed,
    api_app_id: workspace.app.appId,
    is_enterprise_install: 'false',
    response_url: options.responseUrl ?? responseUrl(people, 'commands', target),
    trigger_id: people.triggers.issue(user.id, options.triggerId),
  };
  return sendForm(people, botUrl, fields, {
    signature: options.signature,
    afterwards: (delivery) => showAck(people, target, delivery),
  });
}

function showAck(people: People, target: { user: string; channel: string }, delivery: Delivery): Delivery {
  const body = delivery.body.trim();
  if (delivery.failed !== undefined || body === '') return delivery;
  try {
    const json = body.startsWith('{') ? body : JSON.stringify({ text: body });
    people.urls.answer(target, CallArguments.read('application/json', json, ''), 'ack');
    return delivery;
  } catch (error) {
    if (error instanceof Refusal) return { ...delivery, failed: 'invalid_command_response' };
    throw error;
  }
}
