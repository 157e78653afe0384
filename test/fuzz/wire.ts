import fc from 'fast-check';
import { anyText } from '../any-text.js';
import { type RawClient, rawClient } from '../ingress/raw-client.js';

/** Far longer than the limits of a test's server: what is not over then hangs. */
export const HANGS_MS = 8_000;

export interface Heard {
  /** NaN when the connection was cut without a word. */
  readonly status: number;
  readonly text: string;
}

/** Sends bytes, piece by piece, until there is an answer or the connection is cut. Rejects when there is neither. */
export async function exchange(port: number, pieces: readonly (string | Buffer)[]): Promise<Heard> {
  const client = await rawClient(port);
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer after ${HANGS_MS} ms: ${shown(pieces)}`)), HANGS_MS);
  });
  try {
    const answered = new Promise<void>((resolve) => {
      client.socket.on('data', () => {
        if (isWhole(client.heard)) resolve();
      });
    });
    for (const piece of pieces) await sent(client, piece);
    await Promise.race([client.over, answered, hangs]);
    return { status: client.status, text: client.heard };
  } finally {
    clearTimeout(timer);
    client.close();
  }
}

function isWhole(heard: string): boolean {
  const length = /^content-length: (\d+)\r$/im.exec(heard)?.[1];
  return length !== undefined && bodyOf(heard).length >= Number(length);
}

function sent(client: RawClient, piece: string | Buffer): Promise<void> {
  if (client.socket.destroyed || client.socket.writableEnded) return Promise.resolve();
  // One piece after the other: each may arrive by itself.
  return new Promise((resolve) => client.socket.write(piece, () => setImmediate(resolve)));
}

function shown(pieces: readonly (string | Buffer)[]): string {
  return JSON.stringify(
    pieces
      .map((piece) => piece.toString('latin1'))
      .join('')
      .slice(0, 500),
  );
}

/** The body of a raw answer. */
export function bodyOf(heard: string): string {
  const end = heard.indexOf('\r\n\r\n');
  return end < 0 ? '' : heard.slice(end + 4);
}

/** A text cut where nobody would cut it. */
export function cutUp(body: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, index) => body.subarray(from, places[index] ?? body.length));
}

/** As chunks of `transfer-encoding: chunked`. */
export function chunks(pieces: readonly Buffer[]): Buffer[] {
  const full = pieces.filter((piece) => piece.length > 0);
  return [
    ...full.map((piece) =>
      Buffer.concat([Buffer.from(`${piece.length.toString(16)};x="y"\r\n`), piece, Buffer.from('\r\n')]),
    ),
    Buffer.from('0\r\ntrailer: x\r\n\r\n'),
  ];
}

/** Bodies that are nearly JSON, or nothing at all, made from true ones. */
export function spoiltBodies(bodies: readonly string[]): fc.Arbitrary<Buffer> {
  const good = fc.constantFrom(...bodies).map((body) => Buffer.from(body));
  const place = fc.nat({ max: 100_000 });
  return fc.oneof(
    fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    anyText({ maxLength: 500 }).map((text) => Buffer.from(JSON.stringify(text))),
    fc.tuple(good, place).map(([body, at]) => body.subarray(0, at % body.length)),
    fc.tuple(good, place, fc.nat({ max: 255 })).map(([body, at, byte]) => {
      const spoilt = Buffer.from(body);
      spoilt[at % body.length] = byte;
      return spoilt;
    }),
    fc
      .tuple(good, place, fc.uint8Array({ minLength: 1, maxLength: 20 }))
      .map(([body, at, bytes]) =>
        Buffer.concat([body.subarray(0, at % body.length), bytes, body.subarray(at % body.length)]),
      ),
    fc
      .tuple(
        fc.constantFrom('[', '{"a":', '{"detail":', '{"event":', '[{"":'),
        fc.constantFrom(10, 1_000, 100_000),
      )
      .map(([open, depth]) => Buffer.from(open.repeat(depth))),
  );
}
