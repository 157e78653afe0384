/** The page's own HTTP server, for browsers on this machine only: the built page, the live stream, deeds, files. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { LiveStream } from './live-stream.js';
import type { Answer } from './protocol.js';

export interface PageOptions {
  readonly port: number;
  /** The built page. */
  readonly folder: string;
  readonly live: LiveStream;
  /** Does what somebody at the page asks for; never rejects. */
  readonly perform: (deed: string, input: unknown) => Promise<Answer>;
  /** A file to look at or to save, by its path; null where there is none. */
  readonly file: (path: string) => { name: string; data: Uint8Array } | null;
}

/** Three attachments of 5 MB in base64, and some. */
const MAX_BODY = 24 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.md': 'text/markdown; charset=utf-8',
};
/** Files that people put in may be looked at only as these; the rest is saved. */
const SHOWN = new Set(['.png', '.jpg', '.jpeg', '.gif']);

const SAFETY = {
  // Nothing on the page may reach another machine, whatever a case or a message holds.
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export class PageServer {
  readonly #server: Server;
  readonly #options: PageOptions;
  readonly #assets: ReadonlyMap<string, Buffer>;

  constructor(options: PageOptions) {
    this.#options = options;
    this.#assets = readAll(options.folder);
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => {
        if (response.headersSent) response.destroy();
        else answer(response, 500, { ok: false, error: 'Something went wrong in the sandbox. Try again.' });
      });
    });
  }

  /** Listens and returns its address. Rejects with the error of `listen`, EADDRINUSE among them. */
  async start(): Promise<string> {
    this.#server.listen(this.#options.port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    this.#options.live.close();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SAFETY)) response.setHeader(name, value);
    if (!isOurs(request)) {
      refuse(response, 403, 'The sandbox answers its own page only.');
      return;
    }
    const [pathname = '/'] = (request.url ?? '/').split('?');
    const deed = /^\/do\/([a-z-]+)$/.exec(pathname)?.[1];
    if (deed !== undefined) {
      await this.#perform(deed, request, response);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      refuse(response, 405, 'Only GET is possible here.');
    } else if (pathname === '/live' && request.method === 'GET') {
      this.#options.live.open(response);
    } else {
      this.#show(pathname, response);
    }
  }

  async #perform(deed: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return refuse(response, 405, 'Only POST is possible here.');
    // A form of another site cannot send this type without being asked first.
    if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
      return refuse(response, 415, 'The body must be JSON.');
    }
    const body = await read(request);
    if (body === null) return refuse(response, 413, 'That is too much at once: 16 MB of files are the most.');
    let input: unknown;
    try {
      input = JSON.parse(body);
    } catch {
      return refuse(response, 400, 'The body is not JSON.');
    }
    const done = await this.#options.perform(deed, input);
    // A refusal is an answer as well: browsers write other statuses to the console as errors.
    answer(response, 200, done);
  }

  #show(pathname: string, response: ServerResponse): void {
    const asset = this.#assets.get(pathname === '/' ? '/index.html' : pathname);
    if (asset !== undefined) {
      const isForever = pathname.startsWith('/assets/');
      response.writeHead(200, {
        'content-type': TYPES[extname(pathname === '/' ? '.html' : pathname)] ?? TYPES['.html'],
        'cache-control': isForever ? 'public, max-age=31536000, immutable' : 'no-cache',
      });
      response.end(asset);
      return;
    }
    const file = this.#options.file(pathname);
    if (file === null) {
      refuse(response, 404, 'There is no such page.');
      return;
    }
    const type = extname(file.name).toLowerCase();
    const isShown = SHOWN.has(type);
    response.writeHead(200, {
      'content-type': isShown ? TYPES[type] : 'application/octet-stream',
      'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
    response.end(file.data);
  }
}

/** Another site that a browser on this machine has open must not reach in: by a name of its own, or from its pages. */
function isOurs({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  return headers.origin === undefined || headers.origin === `http://${host}`;
}

async function read(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(response: ServerResponse, status: number, error: string): void {
  answer(response, status, { ok: false, error });
}

function answer(response: ServerResponse, status: number, body: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** All files of the built page by their path in it. */
function readAll(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length).replaceAll('\\', '/'), readFileSync(file)];
    }),
  );
}
