import { callsThere } from '../../src/event-path/calls-there.js';
import type { EventPathClients } from '../../src/event-path/clients.js';
import { type Desired, desired, type Place } from '../../src/event-path/desired.js';
import { organizationIn } from '../../src/event-path/documents.js';
import { EventPathError } from '../../src/event-path/errors.js';
import {
  type EventPath,
  isUnread,
  isWhole,
  unreadIn,
  type WholeEventPath,
} from '../../src/event-path/event-path.js';
import { DEFAULT_CALLS, eventPathNames } from '../../src/event-path/names.js';
import { readEventPath } from '../../src/event-path/read-event-path.js';
import { type Spared, spareUnread } from '../../src/event-path/spare-unread.js';
import type { Options } from './options.js';

export interface Looked {
  readonly wanted: Desired;
  /** Of which `wanted` does not tell. */
  readonly key: string;
  readonly actual: WholeEventPath;
  /** Why something was not looked at that is not needed; null where it was. */
  readonly unread: Pick<Spared, 'calls' | 'plans'>;
  /** Why the policy of the bus was not looked at, where nobody has named an organization; null where it was. */
  readonly unreadBus: EventPathError | null;
}

/** What is there, and what is wanted: what nobody says is as it is there. Throws an EventPathError. */
export async function look(place: Place, options: Options, clients: EventPathClients): Promise<Looked> {
  const seen = await readEventPath(clients, eventPathNames(place.base, place.region));
  const { path, organization, unreadBus } = withOrganization(seen, place, options);
  const calls = options.calls ?? callsThere(path);
  const asked = wantedOf(place, { ...options, organization, calls });
  const { actual, unread } = wholeOf(path, asked.wanted.calls !== null);
  const wanted = unread.plans === null ? asked.wanted : withoutPlans(asked.wanted);
  return { wanted, key: asked.key, actual, unread, unreadBus };
}

/**
 * Whoever has opened the bus to an organization need not say so again: its statement has to go with what is wanted now,
 * or EventBridge refuses what the accounts send.
 */
function withOrganization(path: EventPath, { base }: Place, { organization }: Options) {
  const { busPolicy } = path;
  if (organization !== null) return { path, organization, unreadBus: null };
  if (!isUnread(busPolicy))
    return { path, organization: organizationIn(busPolicy ?? [], base), unreadBus: null };
  return { path: { ...path, busPolicy: null }, organization, unreadBus: busPolicy.unread };
}

/** What was asked for, with the key, of which it does not tell. */
export function wantedOf(
  place: Place,
  { publicUrl, key, organization, calls }: Options,
): { wanted: Desired; key: string } {
  if (publicUrl === null || key === null) throw new Error('options without --remove have both');
  return { wanted: desired(place, { publicUrl, key, organization, calls: calls ?? DEFAULT_CALLS }), key };
}

/** It is not known what of them is there, so it stays as it is. */
function withoutPlans(wanted: Desired): Desired {
  return { ...wanted, calls: wanted.calls === null ? null : { ...wanted.calls, plans: null } };
}

const WITHOUT_CALLS = 'Or do without what CloudTrail tells of calls (--calls none, or EVENTS_CALLS=none).';

/**
 * Nothing is planned upon half of what is there; what is not needed may stay unread, and says why.
 *
 * @param calls whether what is for calls of cases is needed.
 */
export function wholeOf(
  path: EventPath,
  calls: boolean,
): { actual: WholeEventPath; unread: Pick<Spared, 'calls' | 'plans'> } {
  const { path: actual, ...unread } = spareUnread(path, calls);
  if (isWhole(actual)) return { actual, unread };
  const errors = unreadIn(path);
  const [first] = unreadIn(actual);
  if (first === undefined) throw new Error('a part that is unread says so');
  // Several permissions that are missing are asked for at once, not one by one.
  const says = [...new Set(errors.map((each) => each.says))].join('\n');
  const wouldDo = isWhole(spareUnread(path, false).path);
  const remedy = wouldDo ? `${first.remedy} ${WITHOUT_CALLS}` : first.remedy;
  throw new EventPathError(first.kind, first.action, says, remedy, { cause: first });
}
