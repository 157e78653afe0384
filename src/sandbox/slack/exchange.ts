import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActiveFault } from './faults.js';
import type { JsonObject } from './json-object.js';
import type { ApiCall } from './workspace.js';

const GRACE_MS = 10;

export interface Answer {
  status: number;
  headers: { [name: string]: string };
  body: string | Uint8Array;
}

export function jsonAnswer(status: number, body: JsonObject, headers: Answer['headers'] = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function rateLimited(seconds: number): Answer {
  return jsonAnswer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) });
}

/** One request on its way through: the deed, the answer, and the fault it may meet before either. */
export class Exchange {
  readonly #response: ServerResponse;
  readonly #closed: Promise<void>;
  #gone = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    this.#closed = new Promise((resolve) => {
      response.once('close', () => {
        this.#gone = !response.writableFinished;
        resolve();
      });
    });
  }

  /** Does the deed and answers, as far as the fault allows; the call's `answer` tells whether it arrived. */
  async settle(call: ApiCall, fault: ActiveFault | undefined, deed: () => Answer): Promise<void> {
    const answer = fault === undefined ? deed() : await this.#suffer(fault, call, deed);
    if (answer === undefined || this.#isGone) {
      call.answer = 'lost';
      this.#response.socket?.destroy();
      this.#response.destroy();
    } else {
      call.answer = 'sent';
      this.#response.writeHead(answer.status, answer.headers).end(answer.body);
    }
    fault?.reach();
  }

  /** What comes of the deed under this fault; undefined for a connection that breaks. */
  async #suffer(fault: ActiveFault, call: ApiCall, deed: () => Answer): Promise<Answer | undefined> {
    const { does } = fault;
    switch (does.kind) {
      case 'ratelimited':
        call.result = { ok: false, error: 'ratelimited' };
        return rateLimited(does.retryAfter);
      case 'error':
        call.result = { ok: false, error: does.error };
        return jsonAnswer(200, call.result);
      case 'status':
        return failure(does);
      case 'status-after':
        deed();
        return failure(does);
      case 'hangup-before':
        return undefined;
      case 'hangup-after':
        deed();
        return undefined;
      case 'hold-before':
        await this.#held(fault);
        return this.#isGone ? undefined : deed();
      case 'hold-after': {
        const answer = deed();
        await this.#held(fault);
        return answer;
      }
      case 'slow':
        await sleep(does.ms);
        return deed();
    }
  }

  async #held(fault: ActiveFault): Promise<void> {
    fault.reach();
    await Promise.race([fault.released, this.#closed]);
    // The end of a client that was killed a moment ago takes a few turns of the event loop to be seen. Without this
    // grace, a deed would be done for a client that had died before the release.
    await sleep(GRACE_MS);
  }

  get #isGone(): boolean {
    return this.#gone || this.#response.destroyed || this.#response.socket?.destroyed === true;
  }
}

function failure(does: { status: number; body?: string }): Answer {
  return {
    status: does.status,
    headers: { 'content-type': 'text/plain' },
    body: does.body ?? 'fault on demand',
  };
}
