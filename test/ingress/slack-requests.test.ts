import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type HttpServer, startServer } from '../../src/ingress/server.js';
import { slackRequests } from '../../src/ingress/slack-requests.js';
import { createLog } from '../../src/telemetry/log.js';
import { rawClient } from './raw-client.js';

describe('POST /slack/events', () => {
  let server: HttpServer;
  let received: string[];
  let signed: string[];
  beforeEach(async () => {
    received = [];
    signed = [];
    const receive = (request: IncomingMessage & { rawBody?: Buffer }) => {
      received.push(request.rawBody?.toString() ?? 'nothing');
    };
    const isSigned = (headers: IncomingHttpHeaders, body: Buffer) => {
      signed.push(body.toString());
      return headers['x-slack-signature'] === 'good';
    };
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      log: createLog('error', () => undefined),
      limits: { headersMs: 300, requestMs: 500, everyMs: 50 },
      routes: {
        '/slack/events': {
          POST: slackRequests({
            isSigned,
            problem: (_, body) => (body.toString() === 'nonsense' ? 'it is nonsense' : null),
            looksSigned: (headers) => headers['x-slack-signature'] !== 'not even a signature',
            receive: (request, response) => {
              receive(request);
              response.end('taken');
            },
          }),
        },
      },
    });
  });
  afterEach(() => server.close(0));

  const post = (body: string, signature = 'good') =>
    fetch(`http://127.0.0.1:${server.port}/slack/events`, {
      method: 'POST',
      headers: { 'x-slack-signature': signature },
      body,
    });

  it('hands on the body byte by byte, as the signature needs it', async () => {
    const body = 'command=%2Fsupport&text=caf%C3%A9 ä\r\n';
    assert.equal(await (await post(body)).text(), 'taken');
    assert.deepEqual([signed, received], [[body], [body]]);
  });

  it('hands on an empty body', async () => {
    await post('');
    assert.deepEqual(received, ['']);
  });

  it('answers 401 to what is not signed, and hands on nothing', async () => {
    const response = await post('command=%2Fsupport', 'wrong');
    assert.equal(response.status, 401);
    assert.deepEqual(Object.keys((await response.json()) as object), ['error', 'message']);
    assert.deepEqual(received, []);
  });

  it('answers 400 and why to what is signed and not understood, and hands on nothing', async () => {
    const response = await post('nonsense');
    assert.equal(response.status, 400);
    assert.match(((await response.json()) as { message: string }).message, /it is nonsense/);
    assert.deepEqual(received, []);
  });

  it('answers 413 over 1 MiB, and hands on nothing', async () => {
    const response = await post('x'.repeat(1_048_577));
    assert.equal(response.status, 413);
    assert.equal(((await response.json()) as { error: string }).error, 'too_large');
    assert.deepEqual([signed, received], [[], []]);
  });

  it('cuts off bodies that do not come, and takes others meanwhile and afterwards', async () => {
    const head =
      'POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slack-signature: good\r\ncontent-length: 500\r\n\r\n';
    const slow = await Promise.all(Array.from({ length: 60 }, () => rawClient(server.port)));
    for (const client of slow) client.send(`${head}comm`);
    assert.equal((await post('meanwhile')).status, 200);
    await Promise.all(slow.map((client) => client.over));
    assert.deepEqual([...new Set(slow.map((client) => client.status))], [408]);
    for (const client of slow) client.close();
    // More than may be read at once, had the others kept their places.
    const after = await Promise.all(Array.from({ length: 40 }, () => post('afterwards')));
    assert.deepEqual([...new Set(after.map(({ status }) => status))], [200]);
    assert.equal(received.length, 41);
  });
});
