/**
 * The stream that keeps open pages up to date. In: "something has changed". Out: the parts of the picture that differ
 * from what the pages were told before. While nobody looks, nothing is collected.
 */
import type { ServerResponse } from 'node:http';
import type { Patch } from './protocol.js';

/** Changes come in flocks; one patch tells of all that happen within this time. */
const GATHER_MS = 30;
const HEARTBEAT_MS = 15_000;
/** A page that reads this slowly is let go: it connects again and gets everything anew. */
const MOST_UNREAD = 8 * 1024 * 1024;

export class LiveStream {
  readonly #collect: () => ReadonlyMap<string, unknown>;
  readonly #pages = new Set<ServerResponse>();
  readonly #heartbeat: NodeJS.Timeout;
  /** What the pages know, as JSON by key. */
  #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(collect: () => ReadonlyMap<string, unknown>) {
    this.#collect = collect;
    // Proxies cut connections that are silent.
    this.#heartbeat = setInterval(() => this.#send(': still here\n\n'), HEARTBEAT_MS).unref();
  }

  /** Answers a request with the stream, for as long as the page stays. */
  open(response: ServerResponse): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    // The others first: whoever is new is told everything as it is now.
    this.#flush();
    const parts = [...this.#told].map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',');
    response.write(`retry: 1000\ndata: {"full":true,"parts":{${parts}}}\n\n`);
    this.#pages.add(response);
    response.once('close', () => this.#pages.delete(response));
  }

  changed(): void {
    if (this.#pages.size === 0) return;
    this.#timer ??= setTimeout(() => this.#flush(), GATHER_MS);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    for (const page of this.#pages) page.end();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const now = new Map<string, string>();
    const patch: Patch = { full: false, parts: {} };
    for (const [key, value] of this.#collect()) {
      const json = JSON.stringify(value);
      now.set(key, json);
      if (this.#told.get(key) !== json) patch.parts[key] = value;
    }
    for (const key of this.#told.keys()) if (!now.has(key)) patch.parts[key] = null;
    this.#told = now;
    if (Object.keys(patch.parts).length > 0) this.#send(`data: ${JSON.stringify(patch)}\n\n`);
  }

  #send(text: string): void {
    for (const page of this.#pages) {
      if (page.writableLength > MOST_UNREAD) page.destroy();
      else page.write(text);
    }
  }
}
