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
  /** Where they began to write, if `channel` says none. */
  readonly began?: string;
}

const KINDS: Readonly<Record<UserKind, PersonKind>> = {
  person: 'member',
  guest: 'guest',
  stranger: 'stranger',
  // A program is nobody of ours.
  bot: 'stranger',
};

/** What is known of a person, as far as the rights hang on it. */
export async function knownOf(
  { people }: Pick<PermitDeps, 'people'>,
  permissions: Permissions,
  { user, isStranger = false }: PermitAsker,
  rights: readonly Right[],
): Promise<Omit<KnownOfPerson, 'inChannel'>> {
  const [kind, groups] = await Promise.all([
    isStranger ? ('stranger' as const) : people.kindOf(user),
    Promise.all(
      groupsIn(permissions, rights).map(async (group) => {
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
  if (asker.channel === channel) return true;
  const members = await people.inChannel(channel);
  return members === null ? null : members.has(asker.user);
}
