/**
 * The load balancer in front of the replicas: one address for EventBridge and Slack. Each request goes to any replica
 * that is thought to be up; one that is killed in the middle breaks the request off, one that hangs lets it hang.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param choose the address of a replica; null when none is up. */
export async function startBalancer(choose: () => string | null): Promise<Balancer> {
  const server = createServer((incoming, outgoing) => forward(choose(), incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function forward(target: string | null, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const fail = (): void => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(target === null ? 503 : 502).end();
  };
  incoming.on('error', () => undefined);
  outgoing.on('error', () => undefined);
  if (target === null) {
    incoming.resume();
    fail();
    return;
  }
  const { method, headers, url } = incoming;
  const through = request(new URL(url ?? '/', target), {
    agent: false,
    headers,
    ...(method === undefined ? {} : { method }),
  });
  through.on('error', fail);
  through.on('response', (response) => {
    response.on('error', fail);
    response.once('aborted', fail);
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  // Whoever asked may have lost patience.
  outgoing.once('close', () => through.destroy());
  incoming.pipe(through);
}
