import { groupsIn, type Permissions, type PersonKind } from '../case/permit.js';
import type { KnownOfPerson } from '../case/permit-in-doubt.js';
import type { Right } from '../case/right.js';
import type { UserKind } from '../slack/slack.js';
import type { PermitDeps } from './permit.js';

/** Who asks, and where: whoever acts in a channel is in it. `''` where there is none. */
export interface PermitAsker {
  readonly user: string;
  readonly channel: string;
  /** Slack has said with their request that they are of another company. */
  readonly isStranger?: boolean;
  /** What Slack calls them in the request. */
  readonly userName?: string;
  readonly threadTs?: string | null;
  /** Where they began to write, if `channel` says none: as we have it, and not as their client says. */
  readonly began?: string;
}

const KINDS: Readonly<Record<UserKind, PersonKind>> = {
  person: 'member',
  guest: 'guest',
  stranger: 'stranger',
  // A program is nobody of ours.
  bot: 'stranger',
};

/**
 * What is known of a person, as far as the rights hang on it.
 *
 * @param named the user groups that count; those of all rules unless given.
 */
export async function knownOf(
  { people }: Pick<PermitDeps, 'people'>,
  permissions: Permissions,
  { user, isStranger = false }: PermitAsker,
  rights: readonly Right[],
  named: readonly string[] = groupsIn(permissions, rights),
): Promise<Omit<KnownOfPerson, 'inChannel'>> {
  const [kind, groups] = await Promise.all([
    isStranger ? ('stranger' as const) : people.kindOf(user),
    Promise.all(
      named.map(async (group) => {
        const members = await people.inGroup(group);
        return [group, members === null ? null : members.has(user)] as const;
      }),
    ),
  ]);
  return { user, kind: kind === null ? null : KINDS[kind], groups: new Map(groups) };
}

/** Whether they are in a channel; null where nobody can say it now. */
export async function isIn(
  { people }: Pick<PermitDeps, 'people'>,
  asker: PermitAsker,
  channel: string,
): Promise<boolean | null> {
  if (asker.channel === channel) {
    people.seenIn(channel, asker.user);
    return true;
  }
  const members = await people.inChannel(channel);
  return members === null ? beganIn(asker, channel) : members.has(asker.user);
}

/** The same of somebody who is not in it as far as is remembered: they may have joined a moment ago. */
export async function hasJoined(
  { people }: Pick<PermitDeps, 'people'>,
  asker: PermitAsker,
  channel: string,
): Promise<boolean | null> {
  const members = await people.inChannelNow(channel);
  return members === null ? beganIn(asker, channel) : members.has(asker.user);
}

/** While Slack does not answer, whoever began to write in the channel is taken to be in it still. */
function beganIn({ began }: PermitAsker, channel: string): true | null {
  return began === channel ? true : null;
}

/**
 * Why what is not known cannot be known, behind "because"; null where Slack does not answer, which passes.
 *
 * @param channel that of the case.
 */
export function whyNotKnown(
  { people }: Pick<PermitDeps, 'people'>,
  { user, kind, groups, inChannel }: KnownOfPerson,
  channel: string,
): string | null {
  const unknown = [
    ...(kind === null ? [user] : []),
    ...[...groups].flatMap(([group, isIn]) => (isIn === null ? [group] : [])),
    ...(inChannel === null ? [channel] : []),
  ];
  return unknown.map((id) => people.whyNot(id)).find((why) => why !== null) ?? null;
}
