import type { Command, CommandDeps } from './command-deps.js';
import { inTime } from './in-time.js';

/** A name that takes longer is not worth the wait. */
export const NAME_MS = 800;

/** The person's full name, or what Slack calls them in the request. */
export async function personName(
  { slack }: Pick<CommandDeps, 'slack'>,
  command: Pick<Command, 'user' | 'userName'>,
): Promise<string> {
  const name = await inTime(slack.personName(command.user), NAME_MS, null);
  return name ?? (command.userName || command.user);
}
