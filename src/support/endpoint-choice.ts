import type { Log } from '../telemetry/log.js';
import { afterCall, FIRST, type Standing, standingAt } from './failover.js';

/** Where a service is asked. */
export interface Endpoint {
  /** For which requests are signed: that of the address, or AWS refuses them. */
  readonly region: string;
  /** Null: the one that the SDK finds by its own rules. */
  readonly url: string | null;
}

export interface EndpointChoiceDeps {
  readonly service: 'support' | 'sts';
  readonly now: () => number;
  readonly log: Pick<Log, 'info' | 'warn'> | null;
}

/** An endpoint to which a call goes, and how to say what became of it. */
export interface Chosen {
  readonly endpoint: Endpoint;
  readonly ended: (isReached: boolean) => void;
}

/** The endpoint in use, for all who have the same list of them. */
export class EndpointChoice {
  readonly #deps: EndpointChoiceDeps;
  readonly #standings = new Map<string, Standing>();

  constructor(deps: EndpointChoiceDeps) {
    this.#deps = deps;
  }

  /** @param endpoints at least one. */
  choose(endpoints: readonly [Endpoint, ...Endpoint[]]): Chosen {
    const name = endpoints.map(({ url, region }) => url ?? region).join(' ');
    const { at } = this.#change(name, endpoints, (standing) => standing);
    return {
      endpoint: endpoints[at] ?? endpoints[0],
      ended: (isReached) => {
        this.#change(name, endpoints, (standing) =>
          afterCall(standing, { at, isReached }, endpoints.length, this.#deps.now()),
        );
      },
    };
  }

  #change(name: string, endpoints: readonly Endpoint[], next: (now: Standing) => Standing): Standing {
    const before = this.#standings.get(name) ?? FIRST;
    const back = standingAt(before, this.#deps.now());
    if (back.at !== before.at) this.#say('info', 'the first endpoint is tried again', endpoints, back);
    const after = next(back);
    if (after.at !== back.at)
      this.#say('warn', 'an endpoint cannot be reached, another is asked', endpoints, after);
    if (after.at === 0 && after.failures === 0) this.#standings.delete(name);
    else this.#standings.set(name, after);
    return after;
  }

  #say(level: 'info' | 'warn', event: string, endpoints: readonly Endpoint[], { at }: Standing): void {
    const { service, log } = this.#deps;
    const endpoint = endpoints[at];
    log?.[level](event, { service, region: endpoint?.region, host: hostOf(endpoint?.url ?? null) });
  }
}

/** An address may hold a password. */
function hostOf(url: string | null): string | undefined {
  return url !== null && URL.canParse(url) ? new URL(url).host : undefined;
}
