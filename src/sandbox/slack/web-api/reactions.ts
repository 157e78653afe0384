import type { Message } from '../message.js';
import { addReaction, REACTION_NAME, removeReaction } from '../reacting.js';
import { Refusal } from '../refusal.js';
import { TIMESTAMP } from '../timestamps.js';
import type { CallArguments } from './call-arguments.js';
import { type Method, type MethodWorld, needScope } from './method.js';
import { seenChannel } from './reach-channel.js';

function target(world: MethodWorld, args: CallArguments): { message: Message; name: string } {
  needScope(world, 'reactions:write');
  const name = args.needed('name');
  if (!REACTION_NAME.test(name)) throw new Refusal('invalid_name');
  const [id, ts] = [args.string('channel'), args.string('timestamp')];
  if (id === undefined || ts === undefined) throw new Refusal('no_item_specified');
  const channel = seenChannel(world, id);
  if (!channel.isMember) throw new Refusal('not_in_channel');
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!TIMESTAMP.test(ts)) throw new Refusal('bad_timestamp');
  const message = world.workspace.message(channel.id, ts);
  if (message === undefined || message.deleted) throw new Refusal('message_not_found');
  return { message, name };
}

export const reactionsAdd: Method = {
  knows: ['channel', 'timestamp', 'name'],
  run(world, args) {
    const { message, name } = target(world, args);
    const done = addReaction(message, name, world.workspace.app.botUser);
    if (done !== 'added') throw new Refusal(done);
    world.workspace.changed();
    return {};
  },
};

export const reactionsRemove: Method = {
  knows: ['channel', 'timestamp', 'name'],
  run(world, args) {
    const { message, name } = target(world, args);
    const done = removeReaction(message, name, world.workspace.app.botUser);
    if (done !== 'removed') throw new Refusal(done);
    world.workspace.changed();
    return {};
  },
};
