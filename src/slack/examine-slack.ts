import type { Log } from '../telemetry/log.js';
import { toSlackError } from './errors.js';
import { createWebClient } from './web-client.js';

/** Looks at what the bot needs in Slack, and changes nothing. Every method rejects with a SlackError only. */
export interface SlackExamination {
  identity(): Promise<SlackIdentity>;
  channel(id: string): Promise<ExaminedChannel>;
  /** Whether they can be told of something. @param id of a person. */
  isActive(id: string): Promise<boolean>;
  /** How many people are in a user group. */
  groupSize(id: string): Promise<number>;
}

export interface SlackIdentity {
  readonly workspace: string;
  /** As people mention it. */
  readonly bot: string;
  /** What the app is allowed; null where Slack does not say. */
  readonly scopes: readonly string[] | null;
}

export interface ExaminedChannel {
  /** Without `#`; null where Slack does not say. */
  readonly name: string | null;
  readonly isArchived: boolean;
  readonly isMember: boolean;
  /** Only some people may write there. */
  readonly isRestricted: boolean;
}

/** How long one call may take: less than a check of the doctor. */
const CALL_MS = 8_000;

export function examineSlack(token: string, slackApiUrl: string, log: Log): SlackExamination {
  const client = createWebClient(token, slackApiUrl, log, CALL_MS);
  const asked = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw toSlackError(error);
    }
  };
  return {
    async identity() {
      const answer = await asked(() => client.auth.test());
      return {
        workspace: answer.team ?? 'a workspace without a name',
        bot: answer.user ?? 'bot',
        scopes: answer.response_metadata?.scopes ?? null,
      };
    },
    async channel(id) {
      const { channel } = await asked(() => client.conversations.info({ channel: id }));
      return {
        name: channel?.name ?? null,
        isArchived: channel?.is_archived === true,
        isMember: channel?.is_member !== false,
        isRestricted: channel?.is_read_only === true,
      };
    },
    async isActive(id) {
      const { user } = await asked(() => client.users.info({ user: id }));
      return user?.deleted !== true;
    },
    async groupSize(id) {
      const { users = [] } = await asked(() => client.usergroups.users.list({ usergroup: id }));
      return users.length;
    },
  };
}

/**
 * Rejects with a SlackError when Slack would not let us in by Socket Mode. Slack names an address to which nobody connects
 * then.
 */
export async function tryAppToken(appToken: string, slackApiUrl: string, log: Log): Promise<void> {
  const client = createWebClient(appToken, slackApiUrl, log, CALL_MS);
  try {
    await client.apps.connections.open();
  } catch (error) {
    throw toSlackError(error);
  }
}
