import { addReaction, REACTION_NAME, removeReaction } from '../reacting.js';
import type { Delivery } from './deliver.js';
import { isSubscribed } from './event.js';
import { eventWithRetries } from './event-retries.js';
import { type People, person, place } from './people.js';

export interface Reacting {
  user: string;
  channel: string;
  /** The message's. */
  ts: string;
  /** Of the emoji, without colons: `eyes`, `wave::skin-tone-2`. */
  name: string;
}

/**
 * A person puts a reaction on a message, or takes theirs away. Slack tells the app, if it has subscribed and is in the
 * channel; undefined where it has not. Throws where a person could not do it.
 */
export async function react(
  people: People,
  botUrl: string,
  { user, channel: id, ts, name }: Reacting,
  what: 'added' | 'removed',
): Promise<Delivery | undefined> {
  const { workspace } = people;
  const reactor = person(people, user);
  const channel = place(people, id);
  if (!REACTION_NAME.test(name)) throw new Error(`:${name}: is no emoji`);
  if (channel.isArchived) throw new Error(`#${channel.name} is archived: nobody can react there`);
  if (channel.im !== undefined && channel.im !== reactor.id)
    throw new Error(`Only ${channel.im} and the bot are in this conversation`);
  const message = workspace.message(channel.id, ts);
  if (message === undefined || message.deleted) throw new Error(`There is no message ${ts} to react to`);
  const done =
    what === 'added' ? addReaction(message, name, reactor.id) : removeReaction(message, name, reactor.id);
  if (done !== what) throw new Error(`${reactor.id} cannot react with :${name}: (${done})`);
  workspace.changed();
  const type = `reaction_${what}`;
  if (!channel.isMember || !isSubscribed(people, type)) return undefined;
  return eventWithRetries(people, botUrl, {
    type,
    user: reactor.id,
    reaction: name,
    item: { type: 'message', channel: channel.id, ts: message.ts },
    item_user: message.user,
    event_ts: workspace.nextTs(),
  });
}
