/**
 * The one HTTP server: requests come in, each route answers for itself, and whatever goes wrong becomes a JSON answer
 * with a sentence. Slow or endless requests are cut off; stopping lets what is under way finish.
 */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorFields, type Log } from '../telemetry/log.js';
import { LINGER_MS, refuse, refuseUnread } from './answer.js';

export type RouteHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/** Path, then method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, RouteHandler>>>>;

export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly routes: Routes;
  readonly log: Log;
  readonly limits?: ServerLimits;
}

/** How long a client may take, in milliseconds. */
export interface ServerLimits {
  readonly headersMs: number;
  /** For the whole request, headers included. */
  readonly requestMs: number;
  /** How often it is looked at. */
  readonly everyMs: number;
}

export interface HttpServer {
  /** The port that it listens on; another than asked for only when 0 was. */
  readonly port: number;
  /** Takes no new connections and resolves when the last request is answered, or the time is up. */
  close(graceMs: number): Promise<void>;
}

const LIMITS: ServerLimits = { headersMs: 10_000, requestMs: 20_000, everyMs: 2_000 };
/** While closing: how often connections are let go whose last request has been answered. */
const TIDY_MS = 50;

/** Rejects with a sentence for people when the address cannot be used. */
export async function startServer({
  host,
  port,
  routes,
  log,
  limits = LIMITS,
}: ServerOptions): Promise<HttpServer> {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.everyMs,
      // Left to Node, the answer would have no body.
      requireHostHeader: false,
    },
    listener(routes, log),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, reason, message] = CLIENT_ERRORS[error.code ?? ''] ?? BAD_REQUEST;
    const body = JSON.stringify({ error: reason, message });
    const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}`;
    socket.end(`${head}\r\n\r\n${body}`);
    // A client that does not hang up either would keep its connection for ever.
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  });
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    refuseUnread(request, response, 417, 'expectation_failed', 'No Expect but 100-continue is met here.');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(cannotListen(host, port, cause), { cause })),
    );
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: (graceMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), graceMs);
        // A connection that is kept alive is idle only once its answer is out; until then it is looked at again.
        const tidy = setInterval(() => server.closeIdleConnections(), TIDY_MS);
        server.close(() => {
          clearTimeout(timer);
          clearInterval(tidy);
          resolve();
        });
      }),
  };
}

/** Also of the absolute form (`GET http://host/path`), which proxies may send. */
function pathOf(url: string): string {
  const path = url.startsWith('/') ? url : URL.canParse(url) ? new URL(url).pathname : url;
  return path.split('?', 1)[0] ?? path;
}

type ClientError = [status: string, reason: string, message: string];

const BAD_REQUEST: ClientError = ['400 Bad Request', 'bad_request', 'This is not a complete HTTP request.'];

const CLIENT_ERRORS: Readonly<Record<string, ClientError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'timeout', 'The request took too long.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers_too_large',
    'The headers are too large.',
  ],
};

function listener(routes: Routes, log: Log): RequestListener {
  return async (request, response) => {
    // Without a listener, a client that goes away in the middle of an answer would end the process.
    response.on('error', () => undefined);
    request.on('error', () => undefined);
    const path = pathOf(request.url ?? '/');
    const methods = Object.hasOwn(routes, path) ? routes[path] : undefined;
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const handler = methods !== undefined && Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (methods === undefined) {
      return refuseUnread(request, response, 404, 'not_found', 'There is nothing at this address.');
    }
    if (handler === undefined) {
      response.setHeader('allow', Object.keys(methods).join(', '));
      return refuseUnread(
        request,
        response,
        405,
        'method_not_allowed',
        `Use ${Object.keys(methods).join(' or ')} here.`,
      );
    }
    try {
      await handler(request, response);
    } catch (error) {
      log.error('a request failed', { path, ...errorFields(error) });
      refuse(response, 500, 'internal', 'Something went wrong in Casethread; its log says what.');
    }
  };
}

function cannotListen(host: string, port: number, { code }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use by another program. Stop that, or set PORT to another number.`;
    case 'EACCES':
      return `PORT: this user may not listen on ${port}. Take a port from 1024 on.`;
    default:
      return `HOST: cannot listen on ${host}:${port} (${code ?? 'unknown'}). Set HOST to an address of this machine.`;
  }
}
