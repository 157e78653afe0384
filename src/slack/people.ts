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
  /** The same, of the last two seconds: before somebody is refused who may have joined a moment ago. */
  inChannelNow(channel: string): Promise<ReadonlySet<string> | null>;
  /** Somebody acts in a channel, so they are in it. */
  seenIn(channel: string, user: string): void;
  /**
   * Why Slack does not say it of a person, a user group or a channel, behind "because", where that does not pass by
   * itself; else null.
   */
  whyNot(id: string): string | null;
}

export interface PeopleTiming {
  readonly kinds: Remembering;
  readonly groups: Remembering;
  /** People come and go, and nobody outside is to see anything. */
  readonly channels: Remembering;
}

const WAIT = { renewMs: 700, firstMs: 1_500, pauseMs: 2_000 } as const;
const MINUTE_MS = 60_000;

export const PEOPLE_TIMING: PeopleTiming = {
  // Whoever was a guest is one while Slack is away, however long: of whom nothing is known may count as a member.
  kinds: { forMs: 60 * MINUTE_MS, renewAfterMs: 5 * MINUTE_MS, lastMs: 24 * 60 * MINUTE_MS, ...WAIT },
  groups: { forMs: 5 * MINUTE_MS, renewAfterMs: 3 * MINUTE_MS, ...WAIT },
  channels: { forMs: MINUTE_MS, renewAfterMs: MINUTE_MS / 2, ...WAIT },
};

const NOW_MS = 2_000;
/** A call that breaks off so soon is made once more: most such failures last for one call. */
const AT_ONCE_MS = 500;

export function createPeople(
  slack: Pick<Slack, 'kindOf' | 'groupMembers' | 'channelMembers'>,
  timing: PeopleTiming,
  log: Log,
  now: () => number,
): People {
  const memory = <T>(how: Remembering, method: string, look: (id: string) => Promise<T>) =>
    remembered<T>(
      how,
      (id) => orOnceMore(() => look(id), now),
      now,
      (error) => log.warn('Slack does not say who may', { method, ...errorFields(error) }),
    );
  const kinds = memory(timing.kinds, 'users.info', slack.kindOf);
  const groups = memory(timing.groups, 'usergroups.users.list', async (group) =>
    slack.groupMembers(group).catch((error: unknown) => {
      // Deleted, or never there: nobody is in it.
      if (!(error instanceof SlackError) || error.code !== 'no_such_subteam') throw error;
      log.warn('CONFIG_FILE names a user group that Slack does not know', { group });
      return new Set<string>();
    }),
  );
  const channels = memory(timing.channels, 'conversations.members', slack.channelMembers);
  return {
    kindOf: kinds.get,
    inGroup: groups.get,
    inChannel: channels.get,
    inChannelNow: (channel) => channels.getSince(channel, NOW_MS),
    seenIn: (channel, user) =>
      channels.mend(channel, (members) => (members.has(user) ? members : new Set([...members, user]))),
    whyNot: (id) =>
      reasonOf(kinds.whyNot(id), 'users:read') ??
      reasonOf(groups.whyNot(id), 'usergroups:read') ??
      reasonOf(channels.whyNot(id), 'channels:read or groups:read'),
  };
}

async function orOnceMore<T>(look: () => Promise<T>, now: () => number): Promise<T> {
  const begun = now();
  return look().catch((error: unknown) => {
    const hasPassed = error instanceof SlackError && error.kind === 'unreachable';
    if (!hasPassed || now() - begun > AT_ONCE_MS) throw error;
    return look();
  });
}

function reasonOf(error: unknown, scope: string): string | null {
  if (!(error instanceof SlackError) || error.kind === 'unreachable' || error.kind === 'rate-limited')
    return null;
  if (error.code === 'missing_scope') return `the app lacks ${scope} in Slack`;
  return `Slack refuses to say it (${error.code})`;
}
