import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { NO_PART } from './reasons.js';
import type { PartUrl, UploadedPart } from './support-api.js';
import { SupportError } from './support-error.js';

/** Without a byte in either direction for so long, the connection is taken for dead. */
const SILENT_MS = 60_000;

/**
 * Puts the bytes of one part to its address. The address is the permission: no credential of ours goes with it, and it
 * stands in no error. Bytes are passed on as they come, with their number announced, since storage takes no other way.
 *
 * @param bytes exactly `size` of them. What they throw is passed on as it is.
 */
export function putPart(
  { part, url }: PartUrl,
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<UploadedPart> {
  return new Promise((resolve, reject) => {
    const refuse = (code: string, cause?: unknown) =>
      reject(
        new SupportError(
          'unreachable',
          code,
          NO_PART,
          // Nothing is said by a part: it can be put there once more.
          'no',
          cause === undefined ? undefined : { cause },
        ),
      );
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = send(url, { method: 'PUT', headers: { 'content-length': size } });
    request.setTimeout(SILENT_MS, () => request.destroy(new Error('silent')));
    request.on('response', (response) => {
      response.resume();
      const { statusCode = 0, headers } = response;
      if (statusCode === 200 && headers.etag !== undefined) resolve({ part, eTag: headers.etag });
      else refuse(`part-${statusCode}`);
      // Refused before it was all sent: what is left of it goes nowhere.
      if (statusCode !== 200) request.destroy();
    });
    let ofBytes: { readonly error: unknown } | null = null;
    const fail = (error: unknown) => {
      if (ofBytes !== null) reject(ofBytes.error);
      else refuse(codeOf(error), error);
    };
    // All was sent, and the connection ends without an answer: the pipeline does not see that any more.
    request.on('error', fail);
    request.on('close', () => refuse('part-unanswered'));
    pipeline(Readable.from(watched(bytes, (error) => (ofBytes = { error }))), request).catch(fail);
  });
}

/** Tells what goes wrong with the bytes themselves from what goes wrong with their way. */
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    onError(error);
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'part-broken';
}
