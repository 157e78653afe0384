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
  /** The connection breaks after so many bytes of the body. */
  cutAfter?: number;
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
      this.#response.writeHead(answer.status, answer.headers);
      if (answer.cutAfter === undefined) this.#response.end(answer.body);
      else this.#response.write(bytesOf(answer).subarray(0, answer.cutAfter), () => this.#response.destroy());
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
      case 'login-page':
        return LOGIN_PAGE;
      case 'redirect':
        return { status: 302, headers: { location: does.to }, body: '' };
      case 'cut':
        return { ...deed(), cutAfter: does.bytes };
      case 'short': {
        const answer = deed();
        const body = bytesOf(answer).subarray(0, does.bytes);
        return { ...answer, headers: { ...answer.headers, 'content-length': String(body.length) }, body };
      }
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

/** What Slack shows to whoever may not see a file, with the status of success. */
export const LOGIN_PAGE: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html lang="en"><head><title>Login | Slack</title></head><body><h1>Sign in to Acme</h1></body></html>',
};

function bytesOf({ body }: Answer): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

function failure(does: { status: number; body?: string }): Answer {
  return {
    status: does.status,
    headers: { 'content-type': 'text/plain' },
    body: does.body ?? 'fault on demand',
  };
}
