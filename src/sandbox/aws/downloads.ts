import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AttachmentRoom } from './attachment-room.js';
import type { Fault, Faults } from './faults.js';
import type { RecordedCall } from './recorded-call.js';
import { wholeSecond, wireTime } from './wire-time.js';

/**
 * Presigned addresses of files (GetAttachmentDownloadLink), and the files behind them. Whoever has an address gets the
 * file, any number of times, until it expires. How long the real ones work is not published.
 */
const LINK_LIFE_MS = 15 * 60_000;
/** What is recorded of a request, and what a fault of it is put on. */
export const DOWNLOAD = 'download';
const CHUNK = 64 * 1024;

interface Link {
  readonly accountId: string;
  readonly attachmentId: string;
  readonly expires: number;
}

export interface DownloadsDeps {
  readonly attachments: AttachmentRoom;
  readonly faults: Faults;
  readonly record: (call: RecordedCall) => void;
  readonly changed: () => void;
  readonly now: () => number;
}

export class Downloads {
  /** Where the addresses lead. */
  origin = '';
  readonly #deps: DownloadsDeps;
  readonly #links = new Map<string, Link>();

  constructor(deps: DownloadsDeps) {
    this.#deps = deps;
  }

  issue(accountId: string, attachmentId: string): { url: string; expiryDate: string } {
    const expires = wholeSecond(this.#deps.now() + LINK_LIFE_MS);
    const path = `/attachments/${randomBytes(18).toString('base64url')}`;
    this.#links.set(path, { accountId, attachmentId, expires });
    const signed = `X-Amz-Expires=${LINK_LIFE_MS / 1000}&X-Amz-Signature=${randomBytes(32).toString('hex')}`;
    return { url: `${this.origin}${path}?${signed}`, expiryDate: wireTime(expires) };
  }

  /** Whether the request is for a file; then it is answered. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { pathname } = new URL(request.url ?? '/', 'http://aws');
    if (!pathname.startsWith('/attachments/')) return false;
    const { now, faults, record, changed } = this.#deps;
    const link = this.#links.get(pathname);
    const { accountId: account = '', attachmentId = '' } = link ?? {};
    const call: RecordedCall = {
      operation: DOWNLOAD,
      account,
      input: { attachmentId },
      at: now(),
      result: 'pending',
      done: false,
    };
    record(call);
    response.once('close', () => {
      if (call.result === 'pending') call.result = response.writableFinished ? 'ok' : 'client-gone';
      changed();
    });
    const fault = faults.take(call);
    await this.#answer(request, response, link, fault);
    fault?.meet();
    return true;
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
    link: Link | undefined,
    fault: Fault | undefined,
  ): Promise<void> {
    const does = fault?.options;
    if (does?.kind === 'hangup-before') {
      response.destroy();
      return;
    }
    if (does?.kind === 'status') return refuse(response, does.status, 'InternalError');
    if (does?.kind === 'error') return refuse(response, does.status ?? 403, does.name);
    if (does?.kind === 'slow') await sleep(does.ms, undefined, { ref: false });
    if (does?.kind === 'hold-before') {
      fault?.meet();
      await fault?.released;
    }
    if (request.method !== 'GET') return refuse(response, 405, 'MethodNotAllowed');
    // A second way to say who one is makes the real service refuse the request; here it would be a secret given away.
    if (request.headers.authorization !== undefined) return refuse(response, 400, 'InvalidArgument');
    const file = link === undefined ? undefined : this.#deps.attachments.find(link.attachmentId);
    if (link === undefined || file === undefined || link.expires <= this.#deps.now()) {
      return refuse(response, 403, 'AccessDenied');
    }
    const { fileName, data } = file;
    const announced = does?.kind === 'wrong-length' ? data.byteLength + 7 : data.byteLength;
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-length': String(announced),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName.toWellFormed())}`,
    });
    const sent = does?.kind === 'broken-off' ? Math.floor(data.byteLength / 2) : data.byteLength;
    const isWhole = sent === announced;
    // A client that breaks off is no trouble here.
    await pipeline(pieces(data.subarray(0, sent)), response, { end: isWhole }).catch(() => undefined);
    if (!isWhole) response.destroy();
  }
}

function* pieces(data: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < data.byteLength; at += CHUNK) yield data.subarray(at, at + CHUNK);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}
