import type { JsonObject } from '../json-object.js';
import { Refusal } from '../refusal.js';
import type { User } from '../workspace.js';
import { LIST_PAGING, listPage } from './list-page.js';
import { type Method, type MethodWorld, needScope } from './method.js';

function wireUser(world: MethodWorld, user: User): JsonObject {
  return {
    id: user.id,
    team_id: user.teamId ?? world.workspace.app.teamId,
    name: user.name,
    deleted: user.isDeactivated === true,
    real_name: user.realName,
    tz: 'Europe/Berlin',
    tz_offset: 3_600,
    is_bot: user.isBot,
    is_restricted: user.guest !== undefined,
    is_ultra_restricted: user.guest === 'single-channel',
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.displayName,
      display_name_normalized: user.displayName,
      ...(world.scopes.includes('users:read.email') && !user.isBot
        ? { email: `${user.name}@acme.example` }
        : {}),
    },
  };
}

export const usersInfo: Method = {
  knows: ['user', 'include_locale'],
  run(world, args) {
    needScope(world, 'users:read');
    const user = world.workspace.users.get(args.needed('user'));
    if (user === undefined) throw new Refusal('user_not_found');
    return { user: wireUser(world, user) };
  },
};

export const usersList: Method = {
  knows: ['include_locale', ...LIST_PAGING],
  run(world, args) {
    needScope(world, 'users:read');
    const { workspace } = world;
    const { page, rest } = listPage([...workspace.users.values()], (each) => each.id, args, 1_000);
    return {
      members: page.map((user) => wireUser(world, user)),
      cache_ts: Math.floor(workspace.now() / 1_000),
      ...rest,
    };
  },
};
