import { TAKEN } from '../../case/direct.js';
import type { Person } from '../../case/people.js';
import type { Message } from '../../slack/message.js';
import { answer } from '../answer.js';
import { caseLink } from '../case-line.js';
import type { CommandDeps } from '../command-deps.js';
import type { FoundCase } from '../find-case.js';
import { quoted } from '../quoted.js';
import type { Doing } from '../trail.js';
import { PEOPLE_WORDS } from '../words/people.js';
import { peopleButtons } from './people-buttons.js';

type Found = Omit<Extract<FoundCase, { found: true }>, 'found'>;

/**
 * The person has the case from now on; whoever had it is told. Safe to do again: what died with its process in between is
 * made up for, except that nobody is told twice.
 */
export async function take(
  deps: CommandDeps,
  found: Found,
  person: Person,
  where: Pick<Doing, 'channel' | 'threadTs'>,
): Promise<Message> {
  const { store, markCard, markDirect, trail } = deps;
  const { key } = found;
  const doing = {
    user: person.user,
    userName: person.name,
    channel: where.channel,
    threadTs: where.threadTs,
    found,
  };
  const before = await store.setOwner(key, person, await trail.line(doing, 'take'));
  const isNew = before?.user !== person.user;
  if (isNew && before !== null) await markDirect({ key, about: TAKEN, user: before.user });
  await markCard(key);
  // Whoever takes a case wants to hear of it again.
  const { muted } = (await store.caseFile(key)).people;
  if (isNew && muted.includes(person.user)) await store.follow(key, person.user, null);
  const name = nameOf(deps, found);
  if (!isNew) return answer(PEOPLE_WORDS.yoursAlready(name), peopleButtons(key, 'giveBack'));
  const said = before === null ? PEOPLE_WORDS.taken(name) : PEOPLE_WORDS.takenOver(name, quoted(before.name));
  return answer(said, peopleButtons(key, 'giveBack', 'mute'));
}

/** Nobody has the case any more, if it was this person who had it; null and nothing done when it was not. */
export async function giveBack(deps: CommandDeps, found: Found, doing: Doing): Promise<Message | null> {
  const { key } = found;
  const line = await deps.trail.line({ ...doing, found }, 'give-back');
  if (!(await deps.store.giveBack(key, doing.user, line))) return null;
  await deps.markCard(key);
  return answer(PEOPLE_WORDS.givenBack(nameOf(deps, found)), peopleButtons(key, 'take', 'follow'));
}

export function nameOf(
  { slack }: Pick<CommandDeps, 'slack'>,
  { key, displayId, record }: Omit<Found, 'found'>,
): string {
  return caseLink(slack, record ?? { key, displayId, channel: null, threadTs: null });
}
