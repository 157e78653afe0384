import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer as createPlainServer } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { checkPublicUrl, type PublicUrlDeps } from '../../src/doctor/check-public-url.js';
import type { Finding } from '../../src/doctor/finding.js';
import { answerJson, answerText } from '../../src/ingress/answer.js';
import { startWorld, type World } from '../world/world.js';

/** Made for these tests. Good from 2020 to 2119, but the one that expired in 2021. */
const read = (file: string) => readFileSync(`test/fixtures/tls/${file}`, 'utf8');
const CA = read('ca.pem');
const KEY = read('leaf.key');
const EVENT_KEY = 'event-key-for-tests-0001';
const HTML = { 'content-type': 'text/html' };

describe('the doctor on the public URL', () => {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  const listen = async (server: Pick<Server, 'listen' | 'address' | 'close' | 'closeAllConnections'>) => {
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `https://localhost:${(server.address() as AddressInfo).port}`;
  };
  const proxy = (listener: RequestListener, certificate = 'good.pem') =>
    listen(createServer({ key: KEY, cert: read(certificate) }, listener));
  const look = (publicUrl: string, more: Partial<PublicUrlDeps> = {}) =>
    checkPublicUrl({
      publicUrl,
      eventApiKeys: [EVENT_KEY],
      region: 'us-east-1',
      now: Date.now,
      ca: CA,
      ...more,
    });
  const of = (findings: readonly Finding[], check: string) => {
    const found = findings.find((finding) => finding.check === check);
    assert.ok(found !== undefined, `${check} in ${JSON.stringify(findings)}`);
    return found;
  };
  const json =
    (status: number, body: object): RequestListener =>
    (_, response) =>
      answerJson(response, status, body);

  it('finds a bot that runs behind a proxy, and leaves no trace in it', async () => {
    const world: World = await startWorld();
    cleanups.push(() => world.stop());
    const url = await proxy((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', async () => {
        const answer = await fetch(`${world.botUrl}${request.url}`, {
          method: request.method ?? 'GET',
          headers: {
            'content-type': 'application/json',
            'x-api-key': String(request.headers['x-api-key']),
          },
          body: Buffer.concat(chunks),
        });
        answerText(response, answer.status, await answer.text(), { 'content-type': 'application/json' });
      });
    });
    const findings = await look(url);
    assert.equal(of(findings, 'public URL').state, 'ok');
    assert.match(of(findings, 'public URL').says, /The bot answers at .*, and EVENT_API_KEY is right/);
    assert.equal(of(findings, 'certificate').state, 'ok');
    assert.match(of(findings, 'certificate').says, /good until 21\d\d-/);
    assert.match(of(findings, 'address').says, /private address 127\.0\.0\.1/);
    const wrong = of(await look(url, { eventApiKeys: ['another-key-0123456789'] }), 'public URL');
    assert.equal(wrong.state, 'fail');
    assert.match(wrong.says, /has another EVENT_API_KEY/);
    assert.doesNotMatch(JSON.stringify(wrong), /another-key/);
    assert.deepEqual(world.slack.threads('C0CASES0001'), []);
  });

  const answers: [what: string, listener: RequestListener, state: string, says: RegExp][] = [
    [
      'an older Casethread',
      json(202, { accepted: 0, duplicates: 0, ignored: 1 }),
      'warn',
      /older Casethread/,
    ],
    ['a store that is away', json(503, { error: 'cannot_store' }), 'fail', /cannot store events/],
    [
      'a proxy without a bot',
      (_, r) => answerText(r, 502, '<html>', HTML),
      'fail',
      /no bot behind it \(502\)/,
    ],
    [
      'a proxy that hides the path',
      (_, r) => answerText(r, 404, '', HTML),
      'fail',
      /nothing that takes events/,
    ],
    ['a wall before the bot', (_, r) => answerText(r, 403, '<html>', HTML), 'fail', /before the bot refuses/],
    [
      'a redirect',
      (_, r) => answerText(r, 301, '', { location: 'https://x.example/' }),
      'fail',
      /sends somewhere else \(301\)/,
    ],
    [
      'a web page',
      (_, r) => answerText(r, 200, '<!doctype html><p>', HTML),
      'fail',
      /answers a web page \(200\)/,
    ],
    ['another program', json(202, { ok: true }), 'fail', /something that is not Casethread/],
  ];
  for (const [what, listener, state, says] of answers) {
    it(`knows ${what}`, async () => {
      const finding = of(await look(await proxy(listener)), 'public URL');
      assert.equal(finding.state, state);
      assert.match(finding.says, says);
      assert.ok(finding.remedy !== null);
    });
  }

  for (const [certificate, ca, says] of [
    ['expired.pem', CA, /has expired/],
    ['other-name.pem', CA, /is for other names/],
    ['self-signed.pem', CA, /signed by itself/],
    ['good.pem', undefined, /chain of its certificate, or its authority is not publicly trusted/],
  ] as const) {
    it(`refuses the certificate ${certificate}${ca === undefined ? ' of an authority that nobody knows' : ''}, and sends it no key`, async () => {
      let asked = 0;
      const url = await proxy(() => (asked += 1), certificate);
      const [finding, ...more] = await look(url, { ca });
      assert.deepEqual(more, []);
      assert.deepEqual([finding?.check, finding?.state], ['certificate', 'fail']);
      assert.match(finding?.says ?? '', says);
      assert.ok(finding?.remedy !== null);
      assert.equal(asked, 0);
    });
  }

  it('warns of a certificate that ends within two weeks', async () => {
    const url = await proxy(json(202, { seen: false }));
    const end = Date.parse('2120-01-01T00:00:00Z');
    const day = 86_400_000;
    const finding = of(await look(url, { now: () => end - 13.5 * day }), 'certificate');
    assert.equal(finding.state, 'warn');
    assert.match(finding.says, /ends on 2120-01-01, in 13 days/);
    assert.equal(of(await look(url, { now: () => end - 14.5 * day }), 'certificate').state, 'ok');
  });

  it('knows a name that leads nowhere, a closed port, a silent one, and one without HTTPS', async () => {
    const one = async (url: string, says: RegExp, more: Partial<PublicUrlDeps> = {}) => {
      const [finding, ...others] = await look(url, more);
      assert.deepEqual(others, []);
      assert.equal(finding?.state, 'fail');
      assert.match(finding?.says ?? '', says);
      assert.ok(finding?.remedy !== null);
    };
    const notFound = Object.assign(new Error('no'), { code: 'ENOTFOUND' });
    await one('https://nowhere.example', /leads nowhere/, {
      lookup: (_, __, done) => done(notFound, '', 4),
    });
    const closed = createServer();
    const url = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    await one(url, /Nothing listens/);
    await one(await proxy(() => undefined), /did not answer in time/, { longestMs: 100 });
    await one(await listen(createPlainServer() as unknown as Server), /does not speak HTTPS/);
  });

  it('finds an answer too late for EventBridge', async () => {
    const url = await proxy(json(202, { seen: false }));
    assert.equal(of(await look(url), 'public URL').state, 'ok');
    const finding = of(await look(url, { givesUpMs: 0 }), 'public URL');
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /answered after \d+\.\d seconds; EventBridge gives up after five/);
  });

  it('says so where the settings do not let it look', async () => {
    const [finding] = await look('https://casethread.example.com', { eventApiKeys: undefined });
    assert.equal(finding?.state, 'warn');
    assert.match(finding?.says ?? '', /not looked at, because EVENT_API_KEY is missing or wrong/);
  });

  it('says what is not looked at without PUBLIC_URL', async () => {
    const [finding] = await checkPublicUrl({
      publicUrl: null,
      eventApiKeys: [EVENT_KEY],
      region: 'us-east-1',
      now: Date.now,
    });
    assert.equal(finding?.state, 'warn');
    assert.match(finding?.remedy ?? '', /Set PUBLIC_URL/);
  });
});
