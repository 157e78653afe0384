import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that sends exactly the bytes it is told, and never hangs up by itself. */
export interface RawClient {
  readonly socket: Socket;
  send(text: string | Buffer): void;
  /** All that has come back so far. */
  readonly heard: string;
  /** Resolves when the server has ended or cut the connection. */
  readonly over: Promise<void>;
  /** The status of the first answer; NaN when there is none. */
  readonly status: number;
  /** The body of the first answer, as JSON. */
  readonly body: unknown;
  close(): void;
}

export async function rawClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on('error', () => undefined);
  const over = new Promise<void>((resolve) => {
    socket.once('end', resolve);
    socket.once('close', () => resolve());
  });
  await once(socket, 'connect');
  return {
    socket,
    over,
    send: (text) => void socket.write(text),
    get heard() {
      return heard;
    },
    get status() {
      return Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1]);
    },
    get body() {
      return JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4)) as unknown;
    },
    close: () => socket.destroy(),
  };
}
