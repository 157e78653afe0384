import type { Message } from './message.js';

/** A workspace may have emoji of its own, so any name that one could have is taken. */
export const REACTION_NAME = /^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/;

const MAX_EMOJI = 23;

/** Somebody's reaction to a message; or in Slack's words why not, and then nothing is changed. */
export function addReaction(
  message: Message,
  name: string,
  user: string,
): 'added' | 'already_reacted' | 'too_many_emoji' {
  const reactions = message.reactions ?? [];
  const there = reactions.find((each) => each.name === name);
  if (there?.users.includes(user)) return 'already_reacted';
  if (there === undefined && reactions.length >= MAX_EMOJI) return 'too_many_emoji';
  if (there === undefined) message.reactions = [...reactions, { name, users: [user] }];
  else there.users.push(user);
  return 'added';
}

export function removeReaction(message: Message, name: string, user: string): 'removed' | 'no_reaction' {
  const there = message.reactions?.find((each) => each.name === name);
  if (there === undefined || !there.users.includes(user)) return 'no_reaction';
  there.users = there.users.filter((each) => each !== user);
  message.reactions = (message.reactions ?? []).filter((each) => each.users.length > 0);
  if (message.reactions.length === 0) delete message.reactions;
  return 'removed';
}
