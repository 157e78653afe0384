import { SupportClient } from '@aws-sdk/client-support';
import { noteHosts } from '../telemetry/asked-host.js';
import type { Credentials } from './credentials.js';
import { NoCredentials } from './credentials.js';
import type { Chosen, Endpoint } from './endpoint-choice.js';
import { hasSessionEnded } from './errors.js';
import type { SupportError } from './support-error.js';

/** A client for one call, and how to say what became of it: null where nothing was sent. */
export interface Lent {
  readonly client: SupportClient;
  readonly giveBack: (result: 'ok' | SupportError | null) => void;
}

export interface AccountClientDeps {
  /** In whose name calls are signed; the SDK's client keeps what this gives until shortly before its end. */
  readonly credentials: Credentials;
  /** Of the session that signs; null: the bot's own credentials do. */
  readonly role: string | null;
  /** Where the next call goes. */
  readonly choose: () => Chosen;
}

const CONNECT_MS = 3_000;
const ANSWER_MS = 15_000;

/**
 * The connection to AWS Support in one account's name: one client of the SDK for each endpoint that is asked, all with the
 * same session. Lives until it is retired and its last call has ended.
 */
export class AccountClient {
  readonly #deps: AccountClientDeps;
  /** By endpoint: a client signs for one Region only, the first that it is asked for. */
  readonly #clients = new Map<string, SupportClient>();
  #underWay = 0;
  #isRetired = false;

  constructor(deps: AccountClientDeps) {
    this.#deps = deps;
  }

  get role(): string | null {
    return this.#deps.role;
  }

  /** One of the clients; all have the same. */
  get credentials(): Credentials {
    const [first] = this.#clients.values();
    return (first ?? this.#clientFor(this.#deps.choose().endpoint)).config.credentials;
  }

  lend(): Lent {
    const { endpoint, ended } = this.#deps.choose();
    const client = this.#clientFor(endpoint);
    this.#underWay += 1;
    return {
      client,
      giveBack: (result) => {
        this.#underWay -= 1;
        if (result !== null && !isOfCredentials(result)) ended(isFromThere(result));
        this.#destroyIfOver();
      },
    };
  }

  /** Nobody asks for it any more. */
  retire(): void {
    this.#isRetired = true;
    this.#destroyIfOver();
  }

  #clientFor(endpoint: Endpoint): SupportClient {
    const name = endpoint.url ?? '';
    const known = this.#clients.get(name);
    if (known !== undefined) return known;
    const [first] = this.#clients.values();
    const client = new SupportClient({
      region: endpoint.region,
      ...(endpoint.url === null ? {} : { endpoint: endpoint.url }),
      // That of the first keeps the session for all.
      credentials: first?.config.credentials ?? this.#deps.credentials,
      maxAttempts: 1,
      requestHandler: {
        connectionTimeout: CONNECT_MS,
        requestTimeout: ANSWER_MS,
        throwOnRequestTimeout: true,
      },
    });
    noteHosts(client);
    this.#clients.set(name, client);
    return client;
  }

  #destroyIfOver(): void {
    if (!this.#isRetired || this.#underWay > 0) return;
    for (const client of this.#clients.values()) client.destroy();
  }
}

/** Nothing was sent: it says nothing of the endpoint. */
function isOfCredentials(result: 'ok' | SupportError): boolean {
  return result !== 'ok' && result.cause instanceof NoCredentials;
}

function isFromThere(result: 'ok' | SupportError): boolean {
  return result === 'ok' || result.kind !== 'unreachable' || hasSessionEnded(result);
}
