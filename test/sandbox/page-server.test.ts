import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { LiveStream } from '../../src/sandbox/page/live-stream.js';
import { PageServer } from '../../src/sandbox/page/page-server.js';
import type { Answer, Patch } from '../../src/sandbox/page/protocol.js';
import { temporaryFolder } from '../temporary-folder.js';
import { until } from '../until.js';

const MB = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

/** A page that is open: what it was told so far. */
interface Open {
  readonly patches: Patch[];
  leave(): Promise<void>;
}

describe("sandbox's page server", () => {
  const temporary = temporaryFolder();
  const picture = new Map<string, unknown>();
  const files = new Map<string, { name: string; data: Uint8Array }>();
  let collected = 0;
  let deeds: [name: string, input: unknown][] = [];
  let outcome: Answer | Error = { ok: true };
  let live: LiveStream;
  let server: PageServer;
  let url: string;
  const leaving: Open[] = [];

  before(() => {
    mkdirSync(join(temporary.path, 'page', 'assets'), { recursive: true });
    const write = (name: string, text: string) => writeFileSync(join(temporary.path, 'page', name), text);
    write('index.html', '<!doctype html><title>The page</title>');
    write('icon.svg', '<svg/>');
    write('assets/main-abc.js', 'go()');
    writeFileSync(join(temporary.path, 'secret.txt'), 'not for the page');
  });
  after(() => temporary.remove());
  beforeEach(async () => {
    picture.clear();
    files.clear();
    collected = 0;
    deeds = [];
    outcome = { ok: true };
    live = new LiveStream(() => {
      collected += 1;
      return picture;
    });
    server = new PageServer({
      port: 0,
      folder: join(temporary.path, 'page'),
      live,
      perform: async (name, input) => {
        deeds.push([name, input]);
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
      file: (path) => files.get(path) ?? null,
    });
    url = await server.start();
  });
  afterEach(async () => {
    await Promise.all(leaving.splice(0).map((each) => each.leave()));
    await server.stop();
  });

  const post = (path: string, body: string, headers: Record<string, string> = JSON_TYPE) =>
    fetch(url + path, { method: 'POST', headers, body });
  /** Its status and the sentence in it. */
  const refusal = async (response: Response) => {
    assert.equal(response.headers.get('content-type'), 'application/json');
    const { ok, error } = (await response.json()) as { ok: boolean; error: string };
    assert.equal(ok, false);
    assert.match(error, /^[A-Z].*\.$/);
    return [response.status, error] as const;
  };
  /** With headers and paths that fetch does not send. */
  const raw = async (path: string, headers: Record<string, string>): Promise<IncomingMessage> => {
    const asking = request(url, { path, headers, agent: false }).end();
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    return response;
  };
  const look = async (): Promise<Open> => {
    const abort = new AbortController();
    const response = await fetch(`${url}/live`, { signal: abort.signal });
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const patches: Patch[] = [];
    const reading = (async () => {
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const events = text.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) {
          const data = /^data: (.*)$/m.exec(event)?.[1];
          if (data !== undefined) patches.push(JSON.parse(data) as Patch);
        }
      }
    })().catch(() => undefined);
    const open = {
      patches,
      leave: async () => {
        abort.abort();
        await reading;
      },
    };
    leaving.push(open);
    await until(() => patches.length > 0, 'the first patch');
    return open;
  };

  describe('shows', () => {
    it('the page, which browsers ask for anew, and what belongs to it, which they keep', async () => {
      const page = await fetch(`${url}/`);
      assert.equal(await page.text(), '<!doctype html><title>The page</title>');
      assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.equal(page.headers.get('cache-control'), 'no-cache');
      const script = await fetch(`${url}/assets/main-abc.js`);
      assert.equal(await script.text(), 'go()');
      assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8');
      assert.match(script.headers.get('cache-control') ?? '', /immutable/);
      assert.equal((await fetch(`${url}/icon.svg`)).headers.get('content-type'), 'image/svg+xml');
      assert.equal((await fetch(`${url}/?from=mail`)).status, 200);
    });

    it('nothing else of the machine', async () => {
      for (const path of ['/nothing', '/assets', '/../secret.txt', '/%2e%2e/secret.txt', '/assets/../../x']) {
        assert.equal((await raw(path, {})).statusCode, 404, path);
      }
      assert.deepEqual(await refusal(await fetch(`${url}/nothing`)), [404, 'There is no such page.']);
    });

    it('pictures, and has every other file saved, whatever it says to be', async () => {
      files.set('/attachment/case-1/1', { name: 'graph.PNG', data: Buffer.from([0x89, 0x50]) });
      files.set('/slack-file/F1', { name: 'ü "a".html', data: Buffer.from('<script>') });
      files.set('/slack-file/F2', { name: 'drawing.svg', data: Buffer.from('<svg/>') });
      files.set('/slack-file/F3', { name: 'no-ending', data: Buffer.from('text') });
      const shown = await fetch(`${url}/attachment/case-1/1`);
      assert.equal(shown.headers.get('content-type'), 'image/png');
      assert.equal(shown.headers.get('content-disposition'), "inline; filename*=UTF-8''graph.PNG");
      assert.deepEqual([...new Uint8Array(await shown.arrayBuffer())], [0x89, 0x50]);
      for (const id of ['F1', 'F2', 'F3']) {
        const saved = await fetch(`${url}/slack-file/${id}`);
        assert.equal(saved.headers.get('content-type'), 'application/octet-stream');
        assert.match(saved.headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''/);
      }
      const { headers } = await fetch(`${url}/slack-file/F1`);
      assert.equal(headers.get('content-disposition'), "attachment; filename*=UTF-8''%C3%BC%20%22a%22.html");
    });
  });

  describe('keeps others out', () => {
    it('by headers on every answer', async () => {
      const answers = [await fetch(`${url}/`), await fetch(`${url}/nothing`), await post('/do/say', '{}')];
      for (const { headers } of answers) {
        const policy = headers.get('content-security-policy') ?? '';
        for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
          assert.ok(policy.split('; ').includes(rule), rule);
        }
        assert.doesNotMatch(policy, /https?:|\*/);
        assert.equal(headers.get('x-content-type-options'), 'nosniff');
        assert.equal(headers.get('referrer-policy'), 'no-referrer');
        assert.equal(headers.get('access-control-allow-origin'), null);
      }
    });

    it('who come by another name', async () => {
      const { port } = new URL(url);
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1.evil.example',
        'localhost.evil',
      ]) {
        assert.equal((await raw('/', { host })).statusCode, 403, host);
        assert.equal((await raw('/live', { host })).statusCode, 403, host);
      }
      for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost']) {
        assert.equal((await raw('/', { host })).statusCode, 200, host);
      }
    });

    it('who come from another page, and does nothing for them', async () => {
      const { host } = new URL(url);
      for (const origin of ['http://evil.example', 'null', `https://${host}`, 'http://127.0.0.1:1']) {
        const response = await post('/do/kill-bot', '{}', { ...JSON_TYPE, origin });
        assert.deepEqual(await refusal(response), [403, 'The sandbox answers its own page only.'], origin);
      }
      assert.deepEqual(deeds, []);
      assert.equal(
        (await post('/do/kill-bot', '{}', { ...JSON_TYPE, origin: `http://${host}` })).status,
        200,
      );
      assert.deepEqual(deeds, [['kill-bot', {}]]);
    });
  });

  describe('does what it is asked for', () => {
    it('and answers what came of it', async () => {
      outcome = { ok: true, caseId: 'case-1' };
      const done = await post('/do/open-case', '{"subject":"ü"}');
      assert.deepEqual([done.status, await done.json()], [200, { ok: true, caseId: 'case-1' }]);
      outcome = { ok: false, error: 'Nothing to send.' };
      assert.deepEqual(await refusal(await post('/do/say', '[]')), [200, 'Nothing to send.']);
      assert.deepEqual(deeds, [
        ['open-case', { subject: 'ü' }],
        ['say', []],
      ]);
    });

    it('by POST only, and shows by GET only', async () => {
      assert.equal((await refusal(await fetch(`${url}/do/say`)))[0], 405);
      assert.equal(
        (await refusal(await fetch(`${url}/do/say`, { method: 'PUT', headers: JSON_TYPE })))[0],
        405,
      );
      assert.equal((await refusal(await post('/', '{}')))[0], 405);
      assert.equal((await refusal(await post('/live', '{}')))[0], 405);
      assert.equal((await refusal(await fetch(`${url}/icon.svg`, { method: 'DELETE' })))[0], 405);
      assert.deepEqual(deeds, []);
    });

    it('in JSON only, which no form of another site can send', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        const response = await post('/do/say', '{}', { 'content-type': type });
        assert.deepEqual(await refusal(response), [415, 'The body must be JSON.']);
      }
      for (const body of ['', '{', 'user=U1', '{"a":1}}']) {
        assert.deepEqual(await refusal(await post('/do/say', body)), [400, 'The body is not JSON.'], body);
      }
      assert.deepEqual(deeds, []);
      assert.equal(
        (await post('/do/say', '{}', { 'content-type': 'application/json; charset=utf-8' })).status,
        200,
      );
    });

    it('with three files of 5 MB in it, and says so when it is more', async () => {
      const most = JSON.stringify('x'.repeat(21 * MB));
      assert.equal((await post('/do/open-case', most)).status, 200);
      const tooMuch = await post('/do/open-case', JSON.stringify('x'.repeat(30 * MB)));
      const [status, sentence] = await refusal(tooMuch);
      assert.equal(status, 413);
      assert.match(sentence, /16 MB of files/);
      assert.equal(deeds.length, 1);
    });

    it('and tells no more than a sentence when something in it is broken', async () => {
      outcome = new Error('secret\n    at somewhere');
      const [status, sentence] = await refusal(await post('/do/say', '{}'));
      assert.deepEqual([status, sentence], [500, 'Something went wrong in the sandbox. Try again.']);
    });
  });

  describe('tells open pages', () => {
    it('everything first, then only what is new, other or gone', async () => {
      picture.set('bot', { state: 'starting' });
      picture.set('about', { text: 'stays: “ü”\n\ndata: {}' });
      picture.set('view:V1', { id: 'V1' });
      const page = await look();
      picture.set('bot', { state: 'running' });
      picture.set('case:1', { status: 'unassigned' });
      picture.delete('view:V1');
      live.changed();
      await until(() => page.patches.length === 2, 'the second patch');
      assert.deepEqual(page.patches, [
        {
          full: true,
          parts: {
            bot: { state: 'starting' },
            about: { text: 'stays: “ü”\n\ndata: {}' },
            'view:V1': { id: 'V1' },
          },
        },
        {
          full: false,
          parts: { bot: { state: 'running' }, 'case:1': { status: 'unassigned' }, 'view:V1': null },
        },
      ]);
    });

    it('once of many changes, and not at all when nothing is other than before', async () => {
      picture.set('count', 0);
      const page = await look();
      const before = collected;
      live.changed();
      await until(() => collected > before, 'the look');
      for (let count = 1; count <= 100; count += 1) {
        picture.set('count', count);
        live.changed();
      }
      await until(() => page.patches.length > 1, 'the patch');
      assert.deepEqual(page.patches.slice(1), [{ full: false, parts: { count: 100 } }]);
      assert.equal(collected, before + 2);
    });

    it('all of them, whenever they came', async () => {
      picture.set('a', 1);
      const one = await look();
      picture.set('a', 2);
      // Nobody has said that it changed, and yet the second page must not know more than the first one will be told.
      const two = await look();
      await until(() => one.patches.length === 2, 'what the first page is told');
      assert.deepEqual(one.patches[1], { full: false, parts: { a: 2 } });
      assert.deepEqual(two.patches, [{ full: true, parts: { a: 2 } }]);
      picture.set('a', 3);
      live.changed();
      await until(() => one.patches.length === 3 && two.patches.length === 2, 'the change on both pages');
      assert.deepEqual(one.patches[2], two.patches[1]);
    });

    it('nothing when none is open, and looks at nothing', async () => {
      live.changed();
      const page = await look();
      assert.equal(collected, 1);
      await page.leave();
      // The server knows that it has left when it has told it something in vain, or sooner.
      await until(() => {
        const before = collected;
        live.changed();
        return collected === before;
      }, 'the leaving');
      const after = collected;
      picture.set('a', 1);
      live.changed();
      const again = await look();
      assert.ok(collected <= after + 2);
      assert.deepEqual(again.patches, [{ full: true, parts: { a: 1 } }]);
    });

    it('nothing more when it stops, and lets go of them at once', async () => {
      const page = await look();
      const began = performance.now();
      await server.stop();
      // Well before the page would be told the next sign of life.
      assert.ok(performance.now() - began < 10_000);
      await assert.rejects(fetch(url));
      await page.leave();
    });
  });

  it('says when its port is taken', async () => {
    const other = new PageServer({
      port: Number(new URL(url).port),
      folder: join(temporary.path, 'page'),
      live: new LiveStream(() => picture),
      perform: async () => ({ ok: true }),
      file: () => null,
    });
    await assert.rejects(other.start(), { code: 'EADDRINUSE' });
    await other.stop();
  });
});
