import type { Message } from '../slack/message.js';
import type { Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface TellPersonDeps {
  readonly slack: Pick<Slack, 'postEphemeral' | 'postDirect'>;
  /** Answers a request by the address that came with it; rejects when Slack does not take it. */
  readonly respond: (responseUrl: string, message: Message) => Promise<void>;
  readonly log: Log;
}

/** Who is to be told, and where they asked. */
export interface Asker {
  readonly user: string;
  readonly channel: string;
  /** Null in the channel itself. */
  readonly threadTs: string | null;
  readonly responseUrl: string | null;
}

/**
 * Tells one person something: in the thread in which they asked, else by the request's own address, else in the channel,
 * else directly. False when Slack takes it nowhere.
 *
 * @param about goes into the log.
 */
export async function tellPerson(
  deps: TellPersonDeps,
  asker: Asker,
  said: Message,
  about: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  return (await tryToTell(deps, asker, said, about)) === 'told';
}

/** The same. `later`: Slack did not refuse it everywhere, so it may be taken another time. */
export async function tryToTell(
  { slack, respond, log }: TellPersonDeps,
  { user, channel, threadTs, responseUrl }: Asker,
  said: Message,
  about: Readonly<Record<string, string>> = {},
): Promise<'told' | 'later' | 'never'> {
  const ways = [
    // First, because what is answered by the address may appear outside the thread.
    ...(threadTs === null ? [] : [() => slack.postEphemeral({ channel, threadTs }, user, said)]),
    ...(responseUrl === null ? [] : [() => respond(responseUrl, said)]),
    () => slack.postEphemeral({ channel, threadTs: null }, user, said),
    () => slack.postDirect(user, said),
  ];
  let end: 'later' | 'never' = 'never';
  for (const way of ways) {
    try {
      await way();
      return 'told';
    } catch (error) {
      log.debug('a way to tell a person failed', { ...about, ...errorFields(error) });
      if (error instanceof SlackError && (error.kind === 'unreachable' || error.kind === 'rate-limited'))
        end = 'later';
    }
  }
  return end;
}
