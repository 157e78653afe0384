/** What is said of a part of the way of the events that is as it should be. */
import { type Desired, fingerprintIn } from '../event-path/desired.js';
import type { WholeEventPath } from '../event-path/event-path.js';
import { RETRY_POLICY } from '../event-path/names.js';
import type { Part } from '../event-path/parts.js';
import { USABLE } from '../event-path/plan-changes.js';
import type { EventPathCheckDeps } from './check-event-path.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

export function whatIsWell(
  part: Part,
  wanted: Desired,
  actual: WholeEventPath,
  { publicUrl, keys }: Pick<EventPathCheckDeps, 'publicUrl' | 'keys'>,
): Finding[] {
  const { ok } = found('events', part);
  const { connection, destination } = actual;
  switch (part) {
    case 'connection': {
      const held = fingerprintIn(connection?.description ?? null);
      const key =
        held === null || keys === undefined
          ? 'which key it holds cannot be told'
          : 'it holds the key in EVENT_API_KEY';
      return [ok(`It is ${connection?.state ?? USABLE[0]}; ${key}.`)];
    }
    case 'API destination':
      return [
        ok(
          `It leads to ${destination?.endpoint}${publicUrl == null ? '; whether that is this bot is not known without PUBLIC_URL' : ''}.`,
        ),
      ];
    case 'rule':
      return [ok(`It is on in ${wanted.place.region}, and takes AWS Support's events.`)];
    case 'target':
      return [
        ok(
          `The rule sends to the API destination, ${RETRY_POLICY.MaximumRetryAttempts} times within 24 hours, then to the queue.`,
        ),
      ];
    case 'role':
      return [ok('EventBridge may take it, and nobody else.')];
    case 'role policy':
      return [ok('It allows to use the API destination, and nothing else.')];
    default:
      return [];
  }
}
