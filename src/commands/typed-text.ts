import { isBlank } from '../case/folded.js';
import { plainText } from '../slack/plain-text.js';
import type { CommandDeps } from './command-deps.js';
import { inTime } from './in-time.js';
import { NAME_MS } from './person-name.js';

/** What somebody wrote in Slack, as it reads outside Slack; `''` for what nobody could read. A name that Slack does not tell in time stays an id. */
export async function typedText({ slack }: Pick<CommandDeps, 'slack'>, typed: string): Promise<string> {
  const plain = await plainText(typed, {
    person: (id) => inTime(slack.personName(id), NAME_MS, null),
    channel: (id) => inTime(slack.channelName(id), NAME_MS, null),
  });
  return isBlank(plain) ? '' : plain.trim();
}
