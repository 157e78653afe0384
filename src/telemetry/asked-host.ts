/** Of AWS's SDK, which does not say whom it asked in vain: the host is what a firewall has to let through. */

interface Args {
  readonly request?: { readonly hostname?: string };
}
type Handler = (args: Args) => Promise<unknown>;
interface Stack {
  add(middleware: (next: Handler) => Handler, options: object): void;
}

const HOSTS = new WeakMap<object, string>();

/** Notes the host of each call of a client of the SDK, for the client and for the errors of its calls. */
export function noteHosts(client: { readonly middlewareStack: object }): void {
  (client.middlewareStack as Stack).add(
    (next) => async (args) => {
      const host = args.request?.hostname;
      if (host !== undefined) HOSTS.set(client, host);
      try {
        return await next(args);
      } catch (error) {
        if (host !== undefined && error instanceof Error) HOSTS.set(error, host);
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'noteHosts', override: true },
  );
}

/** @param asker a client, or an error of its call; null where nobody was asked. */
export function askedHost(asker: unknown): string | null {
  return typeof asker === 'object' && asker !== null ? (HOSTS.get(asker) ?? null) : null;
}
