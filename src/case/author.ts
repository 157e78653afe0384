import type { Caller } from './calls/caller.js';
import type { Communication } from './communication.js';
import { isFromAws } from './communication.js';
import type { Fact } from './fact.js';
import { readStamp } from './stamp.js';

export type Side = 'aws' | 'customer' | 'unknown';

/** Who said or did something, and how we know. Nothing here is guessed. */
export interface Author {
  readonly side: Side;
  /** `AWS Support`, a person's name, what AWS wrote into `submittedBy`, or '' where nothing names anybody. */
  readonly name: string;
  /** How it reached AWS: from Slack by this bot, by another way, or not known. */
  readonly way: 'slack' | 'elsewhere' | 'unknown';
  /** Who called AWS, as CloudTrail tells. Not there: it tells nothing, or the outbox knows better. */
  readonly caller?: Caller;
}

export const AWS_SUPPORT: Author = { side: 'aws', name: 'AWS Support', way: 'unknown' };

/** Whoever closes a case without a call of ours, although CloudTrail's records of our calls do reach us. */
export const AWS_WITHOUT_CALL: Author = {
  side: 'aws',
  name: 'AWS (CloudTrail shows no call of yours)',
  way: 'unknown',
};

export function fromSlack(name: string): Author {
  return { side: 'customer', name, way: 'slack' };
}

/**
 * The author of a communication: the outbox knows which of them people sent from Slack; `submittedBy` tells AWS from
 * the customer; where it is empty, the `origin` of the event that announced it does.
 */
export function authorOf(
  communication: Communication,
  announcedBy: Fact | undefined,
  sentBy: string | undefined,
): Author {
  if (sentBy !== undefined) return fromSlack(sentBy);
  if (isFromAws(communication)) return AWS_SUPPORT;
  const name = communication.submittedBy.trim();
  // A stamp that the outbox does not know may be ours from before the store was lost, or somebody's quote.
  const way = readStamp(communication.body) === null ? 'elsewhere' : 'unknown';
  if (name !== '') return { side: 'customer', name, way };
  return authorOfFact(announcedBy);
}

/** All that an event alone can say of who spoke. */
export function authorOfFact(fact: Fact | undefined): Author {
  if (fact?.origin === 'AWS') return AWS_SUPPORT;
  if (fact?.origin === 'CUSTOMER') return { side: 'customer', name: '', way: 'unknown' };
  return { side: 'unknown', name: '', way: 'unknown' };
}
