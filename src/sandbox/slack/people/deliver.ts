import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { SignedRequest } from './signed-request.js';

export interface Delivery {
  /** 0 when there was no answer. */
  status: number;
  body: string;
  tookMs: number;
  /** What Slack tells the person when the app did not answer well in time. */
  failed?: 'dispatch_failed' | 'operation_timeout' | 'invalid_command_response';
  /** For `slack.resend`. */
  request: SignedRequest;
}

/** Sends it and waits as long as Slack does. Never rejects: a person gets a message, not an exception. */
export function deliver(request: SignedRequest, timeoutMs: number): Promise<Delivery> {
  const started = performance.now();
  return new Promise((resolve) => {
    const settle = (status: number, body: string, failed?: Delivery['failed']) => {
      clearTimeout(timer);
      const tookMs = performance.now() - started;
      resolve({ status, body, tookMs, request, ...(failed === undefined ? {} : { failed }) });
    };
    const send = request.url.startsWith('https:') ? httpsRequest : httpRequest;
    const outgoing = send(request.url, {
      method: 'POST',
      // A connection of its own: a kept one would hold up the app's shutdown.
      agent: false,
      headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
    });
    const timer = setTimeout(() => {
      settle(0, '', 'operation_timeout');
      outgoing.destroy();
    }, timeoutMs);
    outgoing.on('error', () => settle(0, '', 'dispatch_failed'));
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => settle(0, '', 'dispatch_failed'));
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        const body = Buffer.concat(chunks).toString('utf8');
        settle(status, body, status === 200 ? undefined : 'dispatch_failed');
      });
    });
    outgoing.end(request.body);
  });
}
