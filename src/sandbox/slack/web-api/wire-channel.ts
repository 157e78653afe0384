import type { JsonObject } from '../json-object.js';
import type { Channel, Workspace } from '../workspace.js';

const CREATED = 1_600_000_000;

/** A conversation as conversations.info and conversations.list show it. */
export function wireChannel(workspace: Workspace, channel: Channel): JsonObject {
  const common = { id: channel.id, is_archived: channel.isArchived, created: CREATED };
  if (channel.im !== undefined) return { ...common, is_im: true, user: channel.im, is_open: true };
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_member: channel.isMember,
    is_general: false,
    ...(channel.isReadOnly === true ? { is_read_only: true } : {}),
    context_team_id: workspace.app.teamId,
  };
}

/** Who is in it: those whom it names, else all people who are active, and the bot where it has been invited. */
export function membersOf(workspace: Workspace, channel: Channel): string[] {
  const { botUser } = workspace.app;
  if (channel.im !== undefined) return [channel.im, botUser];
  return [...workspace.users.values()]
    .filter((user) =>
      user.isBot
        ? user.id === botUser && channel.isMember
        : (channel.members?.includes(user.id) ?? user.isDeactivated !== true),
    )
    .map((user) => user.id);
}
