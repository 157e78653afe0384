import type { Message } from '../message.js';
import { Refusal } from '../refusal.js';
import { TIMESTAMP } from '../timestamps.js';
import type { CallArguments } from './call-arguments.js';
import { type Method, type MethodWorld, needScope } from './method.js';
import { seenChannel } from './reach-channel.js';

/** A workspace may have emoji of its own, so any name that one could have is taken. */
const NAME = /^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/;

const MAX_EMOJI = 23;

function target(world: MethodWorld, args: CallArguments): { message: Message; name: string } {
  needScope(world, 'reactions:write');
  const name = args.needed('name');
  if (!NAME.test(name)) throw new Refusal('invalid_name');
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
    const { botUser } = world.workspace.app;
    const reactions = message.reactions ?? [];
    const there = reactions.find((each) => each.name === name);
    if (there?.users.includes(botUser)) throw new Refusal('already_reacted');
    if (there === undefined && reactions.length >= MAX_EMOJI) throw new Refusal('too_many_emoji');
    if (there === undefined) message.reactions = [...reactions, { name, users: [botUser] }];
    else there.users.push(botUser);
    world.workspace.changed();
    return {};
  },
};

export const reactionsRemove: Method = {
  knows: ['channel', 'timestamp', 'name'],
  run(world, args) {
    const { message, name } = target(world, args);
    const { botUser } = world.workspace.app;
    const there = message.reactions?.find((each) => each.name === name);
    if (there === undefined || !there.users.includes(botUser)) throw new Refusal('no_reaction');
    there.users = there.users.filter((user) => user !== botUser);
    message.reactions = (message.reactions ?? []).filter((each) => each.users.length > 0);
    if (message.reactions.length === 0) delete message.reactions;
    world.workspace.changed();
    return {};
  },
};
