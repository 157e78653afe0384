import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { answerJson } from '../../src/ingress/answer.js';
import { type HttpServer, type Routes, startServer } from '../../src/ingress/server.js';
import { createLog } from '../../src/telemetry/log.js';
import { until } from '../until.js';

describe('the HTTP server', () => {
  const lines: Record<string, unknown>[] = [];
  const cleanups: (() => unknown)[] = [];
  let release: () => void;
  let waiting: number;
  let routes: Routes;

  beforeEach(() => {
    lines.length = 0;
    waiting = 0;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    routes = {
      '/healthz': { GET: (_, response) => answerJson(response, 200, { ok: true }) },
      '/both': {
        GET: (_, response) => answerJson(response, 200, { by: 'GET' }),
        POST: (_, response) => answerJson(response, 200, { by: 'POST' }),
      },
      '/slow': {
        GET: async (_, response) => {
          waiting += 1;
          await released;
          answerJson(response, 200, { ok: true });
        },
      },
      '/bug': {
        GET: () => {
          throw new TypeError('the text of a case');
        },
      },
      '/late-bug': {
        GET: async (_, response) => {
          answerJson(response, 200, { ok: true });
          throw new TypeError('the text of a case');
        },
      },
    };
  });
  afterEach(async () => {
    release();
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const start = async (port = 0, host = '127.0.0.1'): Promise<HttpServer> => {
    const log = createLog('debug', (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
    const server = await startServer({ host, port, routes, log });
    cleanups.push(() => server.close(0));
    return server;
  };
  const ask = async (server: HttpServer, path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };

  it('finds a route by its path, whatever is asked of it, and by its method', async () => {
    const server = await start();
    assert.deepEqual(JSON.parse((await ask(server, '/both?x=1&y=/healthz')).text), { by: 'GET' });
    assert.deepEqual(JSON.parse((await ask(server, '/both', { method: 'POST', body: 'x' })).text), {
      by: 'POST',
    });
    const { status, headers, text } = await ask(server, '/healthz');
    assert.deepEqual([status, text], [200, '{"ok":true}']);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('answers HEAD as GET, without the body', async () => {
    const { status, text, headers } = await ask(await start(), '/healthz', { method: 'HEAD' });
    assert.deepEqual([status, text, headers.get('content-length')], [200, '', '11']);
  });

  for (const path of [
    '/',
    '/health',
    '/healthz/',
    '/HEALTHZ',
    '/__proto__',
    '/constructor',
    '/toString',
    '//healthz',
  ]) {
    it(`answers 404 at ${path}, in JSON`, async () => {
      for (const method of ['GET', 'POST']) {
        const { status, text } = await ask(await start(), path, { method });
        assert.equal(status, 404);
        assert.deepEqual(JSON.parse(text), {
          error: 'not_found',
          message: 'There is nothing at this address.',
        });
      }
    });
  }

  it('answers 405 with the methods that are allowed, in JSON', async () => {
    const server = await start();
    for (const [path, method, allow] of [
      ['/healthz', 'POST', 'GET'],
      ['/both', 'DELETE', 'GET, POST'],
      ['/both', 'PUT', 'GET, POST'],
      ['/both', 'OPTIONS', 'GET, POST'],
    ] as const) {
      const { status, headers, text } = await ask(server, path, { method });
      assert.deepEqual([status, headers.get('allow')], [405, allow]);
      const body = JSON.parse(text) as { error: string; message: string };
      assert.equal(body.error, 'method_not_allowed');
      assert.ok(body.message.includes(allow.replace(', ', ' or ')));
    }
  });

  it('answers 500 to a bug, says which in the log without its message, and goes on', async () => {
    const server = await start();
    const { status, text } = await ask(server, '/bug');
    assert.equal(status, 500);
    assert.deepEqual(Object.keys(JSON.parse(text) as object), ['error', 'message']);
    assert.equal((await ask(server, '/late-bug')).status, 200);
    assert.deepEqual(
      lines.map(({ level, error, path }) => [level, error, path]),
      [
        ['error', 'TypeError', '/bug'],
        ['error', 'TypeError', '/late-bug'],
      ],
    );
    assert.ok(!JSON.stringify([text, lines]).includes('the text of a case'));
    assert.equal((await ask(server, '/healthz')).status, 200);
  });

  describe('where it cannot listen', () => {
    it('says that the port is in use, and what to do', async () => {
      const { port } = await start();
      await assert.rejects(start(port), new RegExp(`PORT: ${port} is in use.*set PORT to another`));
    });

    it('says that the host is not of this machine', async () => {
      // Addresses for documentation, which no machine has.
      await assert.rejects(start(0, '192.0.2.1'), /HOST: cannot listen on 192\.0\.2\.1/);
    });
  });

  describe('closing', () => {
    const slowOn = (server: HttpServer, agent: Agent) => {
      const sent = request({ port: server.port, host: '127.0.0.1', path: '/slow', agent }).end();
      return once(sent, 'response').then(async ([response]) => {
        response.resume();
        await once(response, 'end');
        return Number(response.statusCode);
      });
    };
    let agent: Agent;
    beforeEach(() => {
      agent = new Agent({ keepAlive: true, maxSockets: 1 });
      cleanups.push(() => agent.destroy());
    });

    it('answers what is under way, and is over right after, although the client would keep the connection', async () => {
      const server = await start();
      const answered = slowOn(server, agent);
      await until(() => waiting === 1, 'the request');
      let closed = false;
      const closing = server.close(60_000).then(() => {
        closed = true;
      });
      await assert.rejects(fetch(`http://127.0.0.1:${server.port}/healthz`));
      assert.equal(closed, false);
      const before = performance.now();
      release();
      assert.equal(await answered, 200);
      await closing;
      // Well before the five seconds for which Node keeps a connection.
      assert.ok(performance.now() - before < 2_000);
    });

    it('is over at once when only idle connections are there', async () => {
      const server = await start();
      release();
      await slowOn(server, agent);
      const before = performance.now();
      await server.close(60_000);
      assert.ok(performance.now() - before < 2_000);
    });

    it('waits no longer than it is told', async () => {
      const server = await start();
      const answered = assert.rejects(slowOn(server, agent), /socket hang up|ECONNRESET/);
      await until(() => waiting === 1, 'the request');
      await server.close(50);
      await answered;
    });
  });
});
