import { Refusal } from '../refusal.js';
import { type Method, needScope } from './method.js';

/** All of them at once: the real one pages no more. A group that was disabled has to be asked for. */
export const usergroupsUsersList: Method = {
  knows: ['usergroup', 'include_disabled', 'team_id'],
  run(world, args) {
    needScope(world, 'usergroups:read');
    const group = world.workspace.groups.get(args.needed('usergroup'));
    const isShown = group !== undefined && (!group.isDisabled || args.flag('include_disabled') === true);
    if (!isShown) throw new Refusal('no_such_subteam');
    return { users: [...group.users] };
  },
};
