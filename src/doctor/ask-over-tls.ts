import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface Question {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly longestMs: number;
  /** Certificates to trust instead of those that Node trusts. */
  readonly ca?: string | undefined;
  readonly lookup?: LookupFunction | undefined;
}

export interface Reply {
  readonly status: number;
  /** The beginning of it. */
  readonly body: string;
  /** Until when the certificate is good, in milliseconds since 1970. */
  readonly certificateEndsAt: number | null;
  /** Where the name leads. */
  readonly address: string | null;
}

/** More than the answer of a bot has. */
const MAX_BODY = 4_096;

/**
 * Posts over HTTPS, and follows no redirect. What is sent leaves only once the certificate is found good. Rejects with
 * Node's own error, whose `code` tells what went wrong.
 */
export function askOverTls({ url, headers, body, longestMs, ca, lookup }: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal: AbortSignal.timeout(longestMs),
      ...(ca === undefined ? {} : { ca }),
      ...(lookup === undefined ? {} : { lookup }),
    });
    asked.once('error', reject);
    asked.once('response', (response) => {
      const socket = response.socket as TLSSocket;
      const endsAt = Date.parse(socket.getPeerCertificate().valid_to);
      const reply = {
        status: response.statusCode ?? 0,
        certificateEndsAt: Number.isNaN(endsAt) ? null : endsAt,
        address: socket.remoteAddress ?? null,
      };
      let text = '';
      const end = () => {
        resolve({ ...reply, body: text.slice(0, MAX_BODY) });
        asked.destroy();
      };
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length >= MAX_BODY) end();
      });
      response.once('end', end);
      response.once('error', reject);
    });
    asked.end(body);
  });
}
