import type { IncomingMessage } from 'node:http';

/** The body is larger than the limit; what had come until then was let go. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/** The client went away, or was too slow, before the body was complete. */
export class BodyIncomplete extends Error {
  override readonly name = 'BodyIncomplete';
}

/** Reads a request's body, and stops as soon as it is larger than `limit` bytes, announced or not. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(new BodyTooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) {
        request.off('data', onData);
        reject(new BodyTooLarge());
      } else {
        chunks.push(chunk);
      }
    };
    request.on('data', onData);
    // Every request is closed at last: an error made for that would cost each good one a stack trace.
    const onCut = (): void => reject(new BodyIncomplete());
    request.on('end', () => {
      request.off('close', onCut);
      resolve(Buffer.concat(chunks));
    });
    request.on('error', onCut);
    request.on('close', onCut);
  });
}
