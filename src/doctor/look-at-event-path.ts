import type { Config } from '../config.js';
import type { EventPathClients } from '../event-path/clients.js';
import { EventPathError } from '../event-path/errors.js';
import { CALLS_REGION, DEFAULT_NAME } from '../event-path/names.js';
import { readEventPath } from '../event-path/read-event-path.js';
import { readUsedPath } from '../event-path/read-used-path.js';
import { whyNotRegion } from '../event-path/region.js';
import { checkEventPath } from './check-event-path.js';
import { readPolicyNames } from './check-role-policies.js';
import type { Finding } from './finding.js';
import { found, splitSentence } from './found.js';
import type { OwnIdentity } from './own-identity.js';

export async function lookAtEventPath(
  {
    publicUrl,
    eventApiKeys,
    eventsName = DEFAULT_NAME,
    eventsCalls,
    file,
    sweepIntervalSeconds,
  }: Partial<Config>,
  clients: EventPathClients,
  own: OwnIdentity,
): Promise<Finding[]> {
  if ((await own.trouble()) !== null) return [];
  const { ok, warn, fail } = found('events', 'EventBridge');
  const nowhere = whyNotRegion(clients.region);
  if (nowhere !== null) {
    const { says, remedy } = splitSentence(nowhere);
    // Outside of the standard partition there is nothing that could be set up.
    return [/^(cn|us-gov)-/.test(clients.region) ? ok(nowhere) : fail(says, remedy)];
  }
  const identity = await own.ask();
  if (identity instanceof EventPathError) {
    const { kind, says, remedy } = identity;
    return [(kind === 'throttled' ? warn : fail)(says, remedy)];
  }
  const listed = file?.accounts.map(({ id }) => id) ?? [];
  return checkEventPath({
    identity,
    region: clients.region,
    base: eventsName,
    calls: eventsCalls,
    listed,
    sweeps: sweepIntervalSeconds !== 0,
    publicUrl,
    keys: eventApiKeys,
    // Tags need permissions of their own, and tell nothing that would matter here.
    read: (names) =>
      readEventPath(clients, names, {
        tags: false,
        // Others send their events to it.
        bus: listed.some((id) => id !== identity.account),
        calls: eventsCalls !== undefined && clients.region === CALLS_REGION,
      }),
    readUsed: (path, names) => readUsedPath(clients, path, names),
    readPolicyNames: (role) => readPolicyNames(clients, role),
  });
}
