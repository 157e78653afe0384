import type { Config } from '../config.js';
import type { EventPathClients } from '../event-path/clients.js';
import { EventPathError } from '../event-path/errors.js';
import { DEFAULT_NAME } from '../event-path/names.js';
import { readEventPath } from '../event-path/read-event-path.js';
import { checkEventPath } from './check-event-path.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import type { OwnIdentity } from './own-identity.js';

export async function lookAtEventPath(
  { publicUrl, eventApiKeys, eventsName = DEFAULT_NAME }: Partial<Config>,
  clients: EventPathClients,
  own: OwnIdentity,
): Promise<Finding[]> {
  if ((await own.trouble()) !== null) return [];
  const identity = await own.ask();
  if (identity instanceof EventPathError)
    return [found('events', 'EventBridge').fail(identity.says, identity.remedy)];
  return checkEventPath({
    identity,
    region: clients.region,
    base: eventsName,
    publicUrl,
    keys: eventApiKeys,
    // Tags need permissions of their own, and tell nothing that would matter here.
    read: (names) => readEventPath(clients, names, { tags: false, bus: false }),
  });
}
