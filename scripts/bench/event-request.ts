import { EVENT_KEY } from '../../test/world/world.js';

/** A delivery as EventBridge makes it, as bytes for a keep-alive connection. */
export function eventRequest(event: object): Buffer {
  const body = Buffer.from(JSON.stringify(event));
  const head = [
    'POST /aws/events HTTP/1.1',
    'Host: 127.0.0.1',
    'User-Agent: Amazon/EventBridge/ApiDestinations',
    'Range: bytes=0-1048575',
    'Content-Type: application/json; charset=utf-8',
    'Accept-Encoding: gzip,deflate',
    `Content-Length: ${body.length}`,
    `X-Api-Key: ${EVENT_KEY}`,
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]);
}
