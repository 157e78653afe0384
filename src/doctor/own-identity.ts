import type { EventPathClients } from '../event-path/clients.js';
import { EventPathError } from '../event-path/errors.js';
import { type Identity, readIdentity } from '../event-path/identity.js';

/** Whom AWS takes the bot's own credentials for, asked once: where there are none, one finding says so, and not ten. */
export class OwnIdentity {
  readonly #clients: EventPathClients;
  #asked: Promise<Identity | EventPathError> | null = null;

  constructor(clients: EventPathClients) {
    this.#clients = clients;
  }

  ask(): Promise<Identity | EventPathError> {
    this.#asked ??= readIdentity(this.#clients).catch((error: unknown) => {
      if (error instanceof EventPathError) return error;
      throw error;
    });
    return this.#asked;
  }

  /** Why nothing can be asked of AWS at all; null where something can. */
  async trouble(): Promise<EventPathError | null> {
    const own = await this.ask();
    if (!(own instanceof EventPathError)) return null;
    const { kind, cause } = own;
    // Those that one Region does not know may be good in another partition.
    const none = kind === 'no-credentials' && cause instanceof Error && /Provider/.test(cause.name);
    const isAway = kind === 'unreachable' && !hasAnswered(cause);
    return none || isAway || kind === 'expired' ? own : null;
  }
}

function hasAnswered(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode !== undefined;
}
