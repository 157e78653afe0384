import { call } from './call.js';
import type { CarryOutDeps } from './carry-out-change.js';
import type { Desired } from './desired.js';
import { EventPathError, isThereAlready } from './errors.js';
import type { Connection } from './event-path.js';
import { type Change, ON_THE_WAY, USABLE } from './plan-changes.js';
import { readConnection } from './read-event-path.js';

/** How long AWS is given to authorize a connection, and to delete one. */
const PATIENCE_SECONDS = 60;
/** How long a connection may still be what it was before it was changed. */
const SLOW_SECONDS = 10;
const POLL_MS = 2_000;

/** Makes or changes the connection and waits until it can be used: AWS wants that before there is a destination. */
export async function connect({ verb }: Change, wanted: Desired, deps: CarryOutDeps): Promise<void> {
  const { clients, key } = deps;
  const { base } = wanted.names;
  const about = `the connection ${base}`;
  const events = await clients.events();
  const settings = {
    Name: base,
    Description: wanted.connection.description,
    AuthorizationType: 'API_KEY',
    AuthParameters: {
      ApiKeyAuthParameters: { ApiKeyName: wanted.connection.header, ApiKeyValue: key },
    },
  } as const;
  const change = () =>
    call(clients, 'events:UpdateConnection', about, () => events.updateConnection(settings));

  if (verb === 'create') {
    await untilGone(base, deps);
    const made = await call(clients, 'events:CreateConnection', about, async () => {
      try {
        await events.createConnection(settings);
        return true;
      } catch (error) {
        if (isThereAlready(error)) return false;
        throw error;
      }
    });
    if (!made) await change();
  } else if (verb === 'change') {
    await change();
  }
  await untilUsable(base, deps);
}

/** A connection that is being deleted still has its name. */
async function untilGone(name: string, { clients, clock }: CarryOutDeps): Promise<void> {
  const end = clock.now() + PATIENCE_SECONDS * 1000;
  while ((await readConnection(clients, name))?.state === 'DELETING' && clock.now() < end)
    await clock.sleep(POLL_MS);
}

async function untilUsable(name: string, { clients, clock }: CarryOutDeps): Promise<void> {
  const start = clock.now();
  for (;;) {
    const connection = await readConnection(clients, name);
    const state = connection?.state ?? 'gone';
    if (USABLE.includes(state)) return;
    const waited = (clock.now() - start) / 1000;
    if (waited >= (ON_THE_WAY.includes(state) ? PATIENCE_SECONDS : SLOW_SECONDS))
      throw notAuthorized(name, connection);
    await clock.sleep(POLL_MS);
  }
}

export function notAuthorized(name: string, connection: Connection | null): EventPathError {
  const state = connection?.state ?? 'gone';
  const reason =
    connection?.stateReason == null ? 'AWS gives no reason' : `AWS says: ${connection.stateReason}`;
  return new EventPathError(
    'not-authorized',
    'events:DescribeConnection',
    `The connection ${name} did not become AUTHORIZED: it is ${state}. ${reason.replace(/\.$/, '')}.`,
    'Without it AWS delivers nothing.',
  );
}
