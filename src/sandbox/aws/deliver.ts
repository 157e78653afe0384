import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Delivery {
  status: number;
  body: string;
  headers: IncomingHttpHeaders;
}

export interface DeliverOptions {
  /** Added to the fixed headers or put in their place; `undefined` leaves one out. */
  headers?: Record<string, string | undefined> | undefined;
  /** For the whole answer; default 5000 (facts 4 "Timeout"). */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** The answer did not come in time. */
export class DeliveryTimeout extends Error {
  constructor(ms: number) {
    super(`no complete answer within ${ms} ms`);
    this.name = 'DeliveryTimeout';
  }
}

/**
 * One POST as an API destination makes it, with its fixed headers (facts 4 "Fixed request headers"). What is not a string
 * is sent as JSON: one event, or an array of them as the newer Custom Event Bus does. `apiKey` undefined sends no key.
 * Redirects are not followed. Without an answer, it rejects.
 */
export async function deliver(
  url: string,
  apiKey: string | undefined,
  eventOrEvents: unknown,
  options: DeliverOptions = {},
): Promise<Delivery> {
  const body = Buffer.from(typeof eventOrEvents === 'string' ? eventOrEvents : JSON.stringify(eventOrEvents));
  const timeoutMs = options.timeoutMs ?? 5000;
  const headers: Record<string, string | undefined> = {
    'User-Agent': 'Amazon/EventBridge/ApiDestinations',
    Range: 'bytes=0-1048575',
    'Content-Type': 'application/json; charset=utf-8',
    'Accept-Encoding': 'gzip,deflate',
    Connection: 'close',
    'Content-Length': String(body.length),
    'X-Api-Key': apiKey,
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    const known = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
    headers[known ?? name] = value;
  }
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const makeRequest = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = makeRequest(url, {
      method: 'POST',
      // A connection of its own each time, as `Connection: close` says.
      agent: false,
      headers: sent,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const deadline = setTimeout(() => request.destroy(new DeliveryTimeout(timeoutMs)), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(deadline);
      reject(error);
    };
    request.on('error', fail);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.once('end', () => {
        clearTimeout(deadline);
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          headers: response.headers,
        });
      });
    });
    request.end(body);
  });
}
