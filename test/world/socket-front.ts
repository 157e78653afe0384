import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Slack } from '../../src/sandbox/slack/start-slack.js';

/** Slack's Web API as the stand-in gives it, and Socket Mode in front of it. */
export interface SocketFront {
  /** For SLACK_API_URL. */
  readonly url: string;
  /** Sends a payload over the open socket and resolves with what the app acknowledges it with. */
  send(type: 'slash_commands' | 'interactive' | 'events_api', payload: object): Promise<unknown>;
  readonly connected: Promise<void>;
  stop(): Promise<void>;
}

export async function startSocketFront(slack: Slack, appToken: string): Promise<SocketFront> {
  const acknowledged = new Map<string, (payload: unknown) => void>();
  let socket: WebSocket | null = null;
  let onConnected: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => {
    onConnected = resolve;
  });

  const server = createServer(async (request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/api/apps.connections.open') {
      const isOurs = request.headers.authorization === `Bearer ${appToken}`;
      const { port } = server.address() as AddressInfo;
      const answer = isOurs
        ? { ok: true, url: `ws://127.0.0.1:${port}/link` }
        : { ok: false, error: 'invalid_auth' };
      response.end(JSON.stringify(answer));
      return;
    }
    const answer = await fetch(`${slack.origin}${request.url}`, {
      method: 'POST',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': request.headers['content-type'] ?? '',
      },
      body: await bodyOf(request),
    });
    response.statusCode = answer.status;
    const scopes = answer.headers.get('x-oauth-scopes');
    if (scopes !== null) response.setHeader('x-oauth-scopes', scopes);
    response.end(await answer.text());
  });
  const sockets = new WebSocketServer({ server, path: '/link' });
  sockets.on('connection', (opened) => {
    socket = opened;
    opened.on('message', (data) => {
      const message = JSON.parse(String(data)) as { envelope_id?: string; payload?: unknown };
      acknowledged.get(message.envelope_id ?? '')?.(message.payload);
    });
    opened.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
    onConnected();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    connected,
    send: (type, payload) =>
      new Promise((resolve) => {
        const envelope = randomUUID();
        acknowledged.set(envelope, resolve);
        socket?.send(
          JSON.stringify({ type, envelope_id: envelope, payload, accepts_response_payload: true }),
        );
      }),
    async stop() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
