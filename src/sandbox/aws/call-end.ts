import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ApiError } from './api-error.js';
import type { Output } from './operation.js';
import type { RecordedCall } from './recorded-call.js';

export const CONTENT_TYPE = 'application/x-amz-json-1.1';

export type Answer = { output: Output } | { error: ApiError };

/** How a call ends, exactly once, and what the record says of it. */
export class CallEnd {
  /** Resolves when the connection is closed: after the answer, or because the client left. */
  readonly gone: Promise<void>;
  readonly requestId = randomUUID();
  readonly #call: RecordedCall;
  readonly #response: ServerResponse;
  readonly #changed: () => void;

  constructor(call: RecordedCall, response: ServerResponse, changed: () => void) {
    this.#call = call;
    this.#response = response;
    this.#changed = changed;
    this.gone = new Promise((resolve) => {
      response.once('close', () => {
        this.#settle('client-gone');
        resolve();
      });
    });
  }

  isGone(): boolean {
    return this.#response.destroyed;
  }

  /** Waits for the release. Whether the client is still there then. */
  async hold(released: Promise<void>): Promise<boolean> {
    await Promise.race([released, this.gone]);
    // That a client has just left is known only after the next looks at the network; without them a released call
    // would be done for nobody.
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return !this.isGone();
  }

  hangUp(): void {
    this.#settle('hangup');
    this.#response.destroy();
  }

  answer(answer: Answer): void {
    if (this.isGone()) return;
    this.#call.requestId = this.requestId;
    const headers = { 'Content-Type': CONTENT_TYPE, 'x-amzn-RequestId': this.requestId };
    if ('output' in answer) {
      this.#response.writeHead(200, headers).end(JSON.stringify(answer.output));
      this.#settle('ok');
    } else {
      const { name, message, status } = answer.error;
      this.#response.writeHead(status, headers).end(JSON.stringify({ __type: name, message }));
      this.#settle(name);
    }
  }

  /** In another protocol than the API's own. */
  answerRaw(status: number, headers: Record<string, string>, body: string, result: string): void {
    if (this.isGone()) return;
    this.#response.writeHead(status, { ...headers, 'x-amz-request-id': randomUUID() }).end(body);
    this.#settle(result);
  }

  #settle(result: string): void {
    if (this.#call.result !== 'pending') return;
    this.#call.result = result;
    this.#changed();
  }
}
