import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { channelMembers } from './channel-members.js';
import { toSlackError } from './errors.js';
import type { Self } from './found-entry.js';
import { createNames } from './names.js';
import type { Call } from './read-page.js';
import { sharedLook } from './shared-look.js';
import type { Slack, UserKind } from './slack.js';
import { SlackError } from './slack-error.js';
import { isStranger, type Workspace } from './stranger.js';

/** Who asks for the name of a person asks next what they are. */
const SAME_CALL_MS = 3_000;

type OfWorkspace =
  | 'linkTo'
  | 'personName'
  | 'kindOf'
  | 'channelName'
  | 'groupMembers'
  | 'channelMembers'
  | 'check';

/** The workspace and who is in it, ourselves among them. `self` rejects while Slack does not say who we are. */
export function webWorkspace(
  client: WebClient,
  call: Call,
): Pick<Slack, OfWorkspace> & { self(): Promise<Self> } {
  let teamUrl: string | null = null;
  let self: Self | null = null;
  let home: Workspace | null = null;
  let scopes: readonly string[] | null = null;
  const named = createNames();

  const userInfo = sharedLook(
    async (user) => (await call('users.info', () => client.users.info({ user }))).user,
    SAME_CALL_MS,
    () => performance.now(),
  );

  /** Asks, whatever was said before. */
  const identify = async (): Promise<Self> => {
    const identity = await call('auth.test', () => client.auth.test());
    if (typeof identity.url === 'string') {
      teamUrl = identity.url.endsWith('/') ? identity.url : `${identity.url}/`;
    }
    scopes = identity.response_metadata?.scopes ?? null;
    home = { team: identity.team_id, enterprise: identity.enterprise_id };
    self = { botId: identity.bot_id, userId: identity.user_id };
    return self;
  };

  return {
    /** Asked once. */
    self: async () => self ?? identify(),

    linkTo({ channel, ts }) {
      return teamUrl === null ? null : `${teamUrl}archives/${channel}/p${ts.replace('.', '')}`;
    },

    personName: (user) =>
      named(user, async () => {
        const person = await userInfo(user);
        return (
          person?.profile?.real_name || person?.real_name || person?.profile?.display_name || person?.name
        );
      }),

    async kindOf(user): Promise<UserKind> {
      const found = await userInfo(user);
      if (found === undefined)
        throw new SlackError('rejected', 'no_user', 'Slack names no such person.', 'no');
      if (found.is_bot === true) return 'bot';
      if (home === null) await identify();
      if (isStranger(found, home)) return 'stranger';
      return found.is_restricted === true || found.is_ultra_restricted === true ? 'guest' : 'person';
    },

    channelName: (channel) =>
      named(channel, async () => {
        const answer = await call('conversations.info', () => client.conversations.info({ channel }));
        return answer.channel?.name;
      }),

    async groupMembers(usergroup) {
      const { users = [] } = await call('usergroups.users.list', () =>
        client.usergroups.users.list({ usergroup }),
      );
      return new Set(users);
    },

    channelMembers: (channel) => channelMembers(client, call, channel),

    async check(channel) {
      await identify();
      const info = await call('conversations.info', () => client.conversations.info({ channel }));
      const problem = info.channel?.is_archived
        ? 'is_archived'
        : info.channel?.is_member === false
          ? 'not_in_channel'
          : null;
      if (problem !== null) throw toSlackError(new WebAPIPlatformError({ ok: false, error: problem }));
      // Without it, guests and people of other companies cannot be told from our own.
      if (scopes !== null && !scopes.includes('users:read'))
        throw toSlackError(new WebAPIPlatformError({ ok: false, error: 'missing_scope' }));
      // Without it, direct messages wait for ever, and nobody is shown anything outside the channel. What passes by itself
      // is no fault of the channel.
      await call('conversations.members', () => client.conversations.members({ channel, limit: 1 })).catch(
        (error: unknown) => {
          if (!(error instanceof SlackError) || error.kind === 'needs-person') throw error;
        },
      );
    },
  };
}
