import { Refusal } from '../refusal.js';
import { type Method, needScope } from './method.js';

export const usersInfo: Method = {
  knows: ['user', 'include_locale'],
  run(world, args) {
    needScope(world, 'users:read');
    const user = world.workspace.users.get(args.needed('user'));
    if (user === undefined) throw new Refusal('user_not_found');
    return {
      user: {
        id: user.id,
        team_id: world.workspace.app.teamId,
        name: user.name,
        deleted: false,
        real_name: user.realName,
        tz: 'Europe/Berlin',
        tz_offset: 3_600,
        is_bot: user.isBot,
        profile: {
          real_name: user.realName,
          real_name_normalized: user.realName,
          display_name: user.displayName,
          display_name_normalized: user.displayName,
          ...(world.scopes.includes('users:read.email') && !user.isBot
            ? { email: `${user.name}@acme.example` }
            : {}),
        },
      },
    };
  },
};
