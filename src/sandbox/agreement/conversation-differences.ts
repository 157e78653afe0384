import type { CommunicationState } from '../aws/case-state.js';
import { entryFinder } from './entry-finder.js';
import { type Look, looksOf, type Said } from './looks.js';
import { outOfOrder } from './out-of-order.js';
import { type ReadMessage, shapeOf } from './read-message.js';

/** Shorter pieces of a text may be like anything. */
const SHORTEST_PART = 12;

/**
 * What is missing, doubled, cut off or out of place among the entries of a thread.
 *
 * @returns `others`: the messages that show no communication.
 */
export function conversationDifferences(
  communications: readonly CommunicationState[],
  messages: readonly ReadMessage[],
): { what: string[]; others: ReadMessage[] } {
  const looks = looksOf(communications);
  const find = entryFinder(looks);
  const what: string[] = [];
  const others: ReadMessage[] = [];
  const order: Said[] = [];
  for (let at = 0; at < messages.length; ) {
    const message = messages[at];
    const entry = find(messages, at);
    if (message !== undefined && entry === null && !isAboutFile(message, communications))
      others.push(message);
    const said = entry?.look.said[entry.look.times];
    if (entry !== null) entry.look.times += 1;
    if (said !== undefined) {
      order.push(said);
      if (said.communication.from === 'aws' && !entry?.head.includes('AWSSupport')) {
        what.push(`${nameOf(said)} does not say that it is by AWS Support`);
      }
    }
    at = entry?.end ?? at + 1;
  }

  const inPart = new Set<Look>();
  for (const { shape, starts } of others) {
    const part = shape.slice(starts[0]) || shape;
    if (part.length < SHORTEST_PART) continue;
    const look = looks.find(({ shapes }) => [...shapes].some((each) => each.includes(part)));
    if (look === undefined) continue;
    if (look.times === 0) inPart.add(look);
    else what.push(...look.said.slice(0, 1).map((each) => `a part of ${nameOf(each)} is there twice`));
  }
  for (const look of looks) {
    const { said, times } = look;
    const often = times === said.length + 1 ? 'twice' : `${times - said.length + 1} times`;
    if (times > said.length) what.push(...said.slice(-1).map((each) => `${nameOf(each)} is there ${often}`));
    const lack = times === 0 && inPart.has(look) ? 'only in part in the thread' : 'not in the thread yet';
    what.push(...said.slice(times).map((each) => `${nameOf(each)} is ${lack}`));
  }
  what.push(...outOfOrder(order).map((each) => `${nameOf(each)} is not in its place`));
  return { what, others };
}

/** A message that shows a file, or says of one of the case's why it does not: its words are no entry and no deed. */
function isAboutFile(
  { shape, hasFiles }: ReadMessage,
  communications: readonly CommunicationState[],
): boolean {
  if (hasFiles) return true;
  const names = communications.flatMap(({ attachments }) => attachments.map(({ fileName }) => fileName));
  return names.some((name) => startsWithName(shape, name));
}

/** The beginning of a name is enough: long ones are cut. */
function startsWithName(shape: string, name: string): boolean {
  const letters = shapeOf(name).slice(0, 40);
  return letters !== '' && shape.slice(0, 80).includes(letters);
}

/** What it is called in a sentence. Only for those that are spoken of: to write a time is slow. */
function nameOf({ communication, index, signed }: Said): string {
  const { from, submittedBy, timeCreated } = communication;
  if (index === 0) return 'the opening text';
  const person = signed?.replace(/ via .*/, '') ?? /<([^<>]+)>\s*$/.exec(submittedBy)?.[1] ?? submittedBy;
  // Of whoever looks at the page: it is on the same machine.
  const time = new Date(timeCreated).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return `the reply by ${from === 'aws' ? 'AWS' : person} of ${time}`;
}
