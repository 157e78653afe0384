import type { IncomingMessage, ServerResponse } from 'node:http';

/** Time for a client to read an answer that came before it had sent everything. */
export const LINGER_MS = 1_000;

export type Headers = Readonly<Record<string, string>>;

export function answerJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Headers = {},
): void {
  answerText(response, status, JSON.stringify(body), {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });
}

export function answerText(response: ServerResponse, status: number, body: string, headers: Headers): void {
  // An answer may already be under way when a client is both too slow and gone.
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}

/** @param error a word for programs. @param message a sentence for people. */
export function refuse(
  response: ServerResponse,
  status: number,
  error: string,
  message: string,
  headers: Headers = {},
): void {
  answerJson(response, status, { error, message }, headers);
}

/**
 * Refuses before the body has been read. What is still coming is thrown away, and the connection is closed, so that
 * nobody can make us read what we will not use.
 */
export function refuseUnread(
  request: IncomingMessage,
  response: ServerResponse,
  ...[status, error, message]: [status: number, error: string, message: string]
): void {
  const isComing =
    Number(request.headers['content-length'] ?? 0) > 0 || 'transfer-encoding' in request.headers;
  refuse(response, status, error, message, isComing ? { connection: 'close' } : {});
  if (!isComing) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(timer));
}
