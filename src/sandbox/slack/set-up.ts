import type { WebApi } from './web-api/answer-call.js';
import type { Pace } from './web-api/pacing.js';
import type { Channel } from './workspace.js';

/** Who and what is in the workspace, and what the app may do there: as its administrators have it, at any time. */
export function setUp(api: WebApi) {
  const { workspace } = api;
  return {
    addChannel(channel: {
      id: string;
      name: string;
      isPrivate?: boolean;
      isArchived?: boolean;
      isMember?: boolean;
      members?: readonly string[];
    }): void {
      workspace.addChannel({ isPrivate: false, isArchived: false, isMember: true, ...channel });
    },
    changeChannel(id: string, change: Partial<Omit<Channel, 'id'>>): void {
      const channel = workspace.channels.get(id);
      if (channel === undefined) throw new Error(`There is no channel ${id}`);
      workspace.addChannel({ ...channel, ...change });
    },
    addUser(user: {
      id: string;
      name: string;
      realName: string;
      displayName?: string;
      teamId?: string;
      guest?: 'multi-channel' | 'single-channel';
      isDeactivated?: boolean;
    }): void {
      workspace.addUser({ displayName: user.name, ...user, isBot: false });
    },
    /** Who is in a user group from now on. */
    setGroup(group: { id: string; handle: string; users: readonly string[]; isDisabled?: boolean }): void {
      workspace.groups.set(group.id, { isDisabled: false, ...group });
      workspace.changed();
    },
    setScopes(granted: readonly string[]): void {
      api.scopes = granted;
    },
    setPace(to: Pace): void {
      api.pacing.set(to);
    },
  };
}
