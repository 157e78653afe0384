/** The HTTP face: `/api/<method>` for the Web API, beside it response_urls and files, and faults in front of all. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type Answer, Exchange } from './exchange.js';
import type { Faults } from './faults.js';
import { acceptUpload, ENVELOPE_BYTES, fileIn, serveFile, uploadedBytes } from './files/file-server.js';
import type { StoredFile } from './files/stored-file.js';
import type { JsonObject } from './json-object.js';
import { answerResponseUrl } from './people/answer-response-url.js';
import type { ResponseUrls } from './people/response-urls.js';
import { readBody } from './read-body.js';
import { Refusal } from './refusal.js';
import { answerCall, type WebApi } from './web-api/answer-call.js';
import { CallArguments } from './web-api/call-arguments.js';
import type { ApiCall } from './workspace.js';

const MAX_BODY = 4 * 1024 * 1024;

export class SlackServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #api: WebApi;
  readonly #urls: ResponseUrls;
  readonly #faults: Faults;
  #down = false;

  constructor(api: WebApi, urls: ResponseUrls, faults: Faults) {
    this.#api = api;
    this.#urls = urls;
    this.#faults = faults;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        // A client that broke off while it sent gets nothing. Anything else is a bug here: say so to the app.
        if (response.destroyed || response.headersSent) response.destroy();
        else response.writeHead(500).end(error instanceof Error ? error.stack : String(error));
      });
    });
    this.#server.on('connection', (socket) => {
      if (this.#down) socket.destroy();
      else {
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
      }
    });
  }

  /** Listens, and returns its origin. */
  async start(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  down(): void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  up(): void {
    this.#down = false;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.down();
    this.#faults.cancelAll();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(request.url ?? '/', 'http://slack');
    const fileId = request.method === 'GET' ? fileIn(pathname) : undefined;
    const upload = request.method === 'POST' ? this.#api.workspace.files.awaitedAt(pathname) : undefined;
    const method = pathname.startsWith('/api/') ? pathname.slice('/api/'.length) : undefined;
    const bearer = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
    const exchange = new Exchange(response);
    if (fileId !== undefined) {
      const deed = () => serveFile(this.#api, fileId, pathname, bearer);
      await this.#settle(exchange, 'file_download', { file: fileId }, deed);
    } else if (upload !== undefined) {
      await this.#receive(request, exchange, upload);
    } else if (method === undefined && !this.#urls.has(pathname)) {
      response.writeHead(404).end('no such page');
    } else {
      const body = await readBody(request, MAX_BODY);
      if (body === undefined) {
        response.writeHead(413).end();
        return;
      }
      const args = read(request.headers['content-type'] ?? '', body.toString('utf8'), search.slice(1));
      const shown = args instanceof CallArguments ? args.shown : {};
      await this.#settle(exchange, method ?? 'response_url', shown, (call) =>
        method === undefined
          ? answerResponseUrl(this.#urls, pathname, call, args)
          : answerCall(this.#api, call, bearer, args),
      );
    }
  }

  async #receive(request: IncomingMessage, exchange: Exchange, file: StoredFile): Promise<void> {
    // One that is longer than announced is refused for its length, so it need not be kept whole.
    const body = await readBody(request, file.size + ENVELOPE_BYTES);
    const bytes = body && (await uploadedBytes(request.headers['content-type'] ?? '', body));
    const deed = () => acceptUpload(this.#api, file, bytes);
    await this.#settle(exchange, 'file_upload', { file: file.id }, deed);
  }

  /** Records the call, lets it meet its fault, and answers. */
  async #settle(
    exchange: Exchange,
    method: string,
    args: JsonObject,
    deed: (call: ApiCall) => Answer,
  ): Promise<void> {
    const { workspace } = this.#api;
    const call: ApiCall = { method, args, at: workspace.now(), answer: 'pending' };
    workspace.record(call);
    await exchange.settle(call, this.#faults.meet(call.method, call.args), () => {
      const answer = deed(call);
      call.result ??= { ok: answer.status === 200, status: answer.status };
      workspace.changed();
      return answer;
    });
    workspace.changed();
  }
}

function read(contentType: string, body: string, query: string): CallArguments | Refusal {
  try {
    return CallArguments.read(contentType, body, query);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
