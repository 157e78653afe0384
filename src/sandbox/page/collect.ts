/** The whole picture that the page shows, part by part. */
import { agreement } from '../agreement/agreement.js';
import type { EventBridge } from '../aws/event-bridge.js';
import type { Aws } from '../aws/start-aws.js';
import type { Slack } from '../slack/start-slack.js';
import type { About, BotState, Counters, Parts, Trouble } from './protocol.js';

export interface Sources {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly bridge: EventBridge;
  readonly about: About;
  readonly bot: () => BotState;
  readonly trouble: () => Trouble;
}

export function collect({ slack, aws, bridge, about, bot, trouble }: Sources): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  const put = <Key extends keyof Parts & string>(key: Key, value: Parts[Key]) => parts.set(key, value);
  put('about', about);
  put('bot', bot());
  put('trouble', trouble());
  put('counters', counters(bridge));
  for (const user of slack.users) put(`user:${user.id}`, user);
  const threads = new Map(slack.channels.map(({ id }) => [id, slack.threads(id)]));
  for (const channel of slack.channels) {
    put(`channel:${channel.id}`, channel);
    for (const { card, replies } of threads.get(channel.id) ?? []) {
      for (const message of [card, ...replies]) put(`message:${message.channel}:${message.ts}`, message);
    }
  }
  for (const ephemeral of slack.ephemerals) {
    if (!ephemeral.deleted) put(`ephemeral:${ephemeral.ts}`, ephemeral);
  }
  for (const view of slack.views) if (view.state === 'open') put(`view:${view.id}`, view);
  const cases = aws.cases();
  for (const each of cases) put(`case:${each.caseId}`, each);
  put('agreement', agreement(cases, threads.get(about.channel) ?? [], slack.textOf));
  return parts;
}

function counters({ events, lost, sent, delivered, retried }: EventBridge): Counters {
  return { events, lost, sent, delivered, retried };
}
