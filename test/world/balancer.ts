import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands before several replicas: each request goes to the next of them. */
export interface Balancer {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param targets the addresses of those that are up; asked for each request. */
export async function startBalancer(targets: () => readonly string[]): Promise<Balancer> {
  let turn = 0;
  const server = createServer((request, response) => {
    const up = targets();
    turn += 1;
    const target = up[turn % up.length];
    if (target === undefined) {
      response.writeHead(502).end();
      return;
    }
    const { method = 'GET', headers } = request;
    const onward = send(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // One that dies with a request in hand: the client gets no answer, and asks again or does not.
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
