import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * One keep-alive connection that costs the load generator next to nothing: it writes a request that is bytes already,
 * and of the answer it looks at the status and waits for the end. For answers with a content-length only.
 */
export interface RawConnection {
  /** Resolves with the status. One request at a time. */
  send(request: Buffer | string): Promise<number>;
  close(): void;
}

interface Waiting {
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

export async function rawConnection(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let waiting: Waiting | null = null;
  let answer = '';
  const fail = (error: Error) => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.setEncoding('latin1');
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server hung up')));
  socket.on('data', (chunk: string) => {
    answer += chunk;
    if (!isComplete(answer)) return;
    const status = Number(answer.slice(9, 12));
    answer = '';
    const done = waiting;
    waiting = null;
    done?.resolve(status);
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        // A write to a socket that is gone raises no event any more.
        if (socket.destroyed) fail(new Error('the server has hung up'));
        else socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function isComplete(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return answer.length >= end + 4 + Number(length ?? 0);
}
