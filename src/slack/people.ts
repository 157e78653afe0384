import { errorFields, type Log } from '../telemetry/log.js';
import { type Remembering, remembered } from './remembered.js';
import type { Slack, UserKind } from './slack.js';
import { SlackError } from './slack-error.js';

/**
 * What people are in Slack, remembered for a while: what they may do hangs on it. Null where Slack has never said it, and
 * does not say it in time. Nothing rejects.
 */
export interface People {
  kindOf(user: string): Promise<UserKind | null>;
  /** Who is in a user group. */
  inGroup(group: string): Promise<ReadonlySet<string> | null>;
  inChannel(channel: string): Promise<ReadonlySet<string> | null>;
}

export interface PeopleTiming {
  readonly kinds: Remembering;
  readonly groups: Remembering;
  /** People come and go, and nobody outside is to see anything. */
  readonly channels: Remembering;
}

const WAIT = { renewMs: 700, firstMs: 1_500, pauseMs: 2_000 } as const;

export const PEOPLE_TIMING: PeopleTiming = {
  kinds: { forMs: 300_000, ...WAIT },
  groups: { forMs: 300_000, ...WAIT },
  channels: { forMs: 60_000, ...WAIT },
};

export function createPeople(
  slack: Pick<Slack, 'kindOf' | 'groupMembers' | 'channelMembers'>,
  timing: PeopleTiming,
  log: Log,
  now: () => number,
): People {
  const failed = (what: string) => (error: unknown) =>
    log.warn('Slack does not say who may', { what, ...errorFields(error) });
  const kinds = remembered<UserKind>(
    timing.kinds,
    async (user) => {
      const kind = await slack.kindOf(user);
      if (kind === null) throw new SlackError('unreachable', 'unknown', 'Slack does not say.', 'no');
      return kind;
    },
    now,
    failed('a person'),
  );
  const groups = remembered(
    timing.groups,
    async (group) =>
      slack.groupMembers(group).catch((error: unknown) => {
        // Deleted, or never there: nobody is in it.
        if (!(error instanceof SlackError) || error.code !== 'no_such_subteam') throw error;
        log.warn('CONFIG_FILE names a user group that Slack does not know', { group });
        return new Set<string>();
      }),
    now,
    failed('a user group'),
  );
  const channels = remembered(timing.channels, slack.channelMembers, now, failed('a channel'));
  return {
    kindOf: kinds,
    inGroup: groups,
    inChannel: channels,
  };
}
