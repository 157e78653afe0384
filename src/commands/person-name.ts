import type { Command, CommandDeps } from './command-deps.js';

/** Slack waits three seconds for an answer: a name that takes longer is not worth it. */
const LOOK_UP_MS = 800;

/** The person's full name, or what Slack calls them in the request. */
export async function personName(
  { slack }: Pick<CommandDeps, 'slack'>,
  command: Pick<Command, 'user' | 'userName'>,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LOOK_UP_MS);
  });
  const name = await Promise.race([slack.personName(command.user), late]);
  clearTimeout(timer);
  return name ?? (command.userName || command.user);
}
