import assert from 'node:assert/strict';
import type { WebClient } from '@slack/web-api';
import { FileTrouble } from '../../src/case/file-trouble.js';
import type { Downloads, FileInSlack } from '../../src/slack/downloads.js';
import { webDownloads } from '../../src/slack/web-downloads.js';

const TOKEN = 'xoxb-secret';
const FILE: FileInSlack = {
  id: 'F1',
  name: 'server.log',
  size: 5,
  mimetype: 'text/plain',
  url: 'https://files.slack.com/files-pri/T1-F1/download/server.log',
};
const LOGIN = '<!DOCTYPE html><title>Login</title>';

interface Asked {
  readonly url: string;
  readonly token: string | null;
  readonly redirect: string | undefined;
}

describe('files of Slack', () => {
  let asked: Asked[];
  beforeEach(() => {
    asked = [];
  });

  const downloads = (
    answer: () => Response | Promise<Response>,
    { info = {}, slackApiUrl = 'https://slack.com/api/', silentMs = 1_000 } = {},
  ): Downloads =>
    webDownloads({
      client: { files: { info: async () => ({ file: info }) } } as unknown as WebClient,
      token: TOKEN,
      slackApiUrl,
      fetch: async (url, { headers, redirect } = {}) => {
        const given = new Headers(headers as Record<string, string>);
        asked.push({ url: String(url), token: given.get('authorization'), redirect });
        return answer();
      },
      count: () => undefined,
      silentMs,
    });
  const answered = (body: string | ReadableStream, headers: Record<string, string> = {}, status = 200) =>
    new Response(body, { status, headers: { 'content-type': 'text/plain', ...headers } });
  const read = async (from: Downloads, file = FILE): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await from.open(file)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  const trouble = async (work: Promise<unknown>): Promise<FileTrouble> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof FileTrouble, String(error));
    return error;
  };

  it('come whole, for the token', async () => {
    assert.equal(await read(downloads(() => answered('12345', { 'content-length': '5' }))), '12345');
    assert.deepEqual(asked, [{ url: FILE.url, token: `Bearer ${TOKEN}`, redirect: 'manual' }]);
  });

  for (const url of [
    'https://example.com/file',
    'http://files.slack.com/file',
    'https://files.slack.com.example.com/file',
    'https://files.slack.com:8443/file',
    'https://files.slack.com@example.com/file',
    'https://evil.slack.com/file',
    'https://slack.com/api/file',
    '//files.slack.com/file',
    'javascript:0',
    '',
  ]) {
    it(`never show the token to ${url || 'no address'}`, async () => {
      const error = await trouble(
        read(
          downloads(() => answered('12345')),
          { ...FILE, url },
        ),
      );
      assert.equal(error.code, 'other-host');
      assert.deepEqual(asked, []);
    });
  }

  it('may lie at the address that stands in for Slack, and not beside it', async () => {
    const from = downloads(() => answered('12345'), { slackApiUrl: 'http://127.0.0.1:4321/api/' });
    assert.equal(await read(from, { ...FILE, url: 'http://127.0.0.1:4321/files-pri/x' }), '12345');
    await trouble(read(from, { ...FILE, url: 'http://127.0.0.1:4322/files-pri/x' }));
    assert.equal(asked.length, 1);
  });

  it('are not looked for where Slack sends us', async () => {
    const from = downloads(() => answered('', { location: 'https://example.com/' }, 302));
    assert.match((await trouble(read(from))).sentence, /login page/);
    assert.equal(asked.length, 1);
  });

  it('are no login pages, whatever their length', async () => {
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const file = { ...FILE, size: LOGIN.length };
    for (const headers of [html, { ...html, 'content-length': String(LOGIN.length) }]) {
      const error = await trouble(
        read(
          downloads(() => answered(LOGIN, headers)),
          file,
        ),
      );
      assert.deepEqual([error.code, error.passes], ['login-page', false]);
    }
  });

  it('may be HTML, where they are of that length', async () => {
    const html = { 'content-type': 'text/html' };
    const page = { ...FILE, mimetype: 'text/html', size: LOGIN.length };
    assert.equal(
      await read(
        downloads(() => answered(LOGIN, html)),
        page,
      ),
      LOGIN,
    );
    for (const headers of [html, { ...html, 'content-length': String(LOGIN.length) }]) {
      const error = await trouble(
        read(
          downloads(() => answered(LOGIN, headers)),
          { ...page, size: 900 },
        ),
      );
      assert.equal(error.code, 'login-page');
    }
  });

  for (const [what, answer, code, passes] of [
    ['longer', () => answered('123456'), 'wrong-length', false],
    ['announced with another length', () => answered('12', { 'content-length': '2' }), 'wrong-length', false],
    ['shorter', () => answered('1234'), 'broken-off', true],
    ['gone', () => answered('', {}, 404), 'http-404', false],
    ['not to be had now', () => answered('', {}, 503), 'http-503', true],
    ['too much asked for', () => answered('', {}, 429), 'http-429', true],
  ] as const) {
    it(`are refused when they are ${what}`, async () => {
      const error = await trouble(read(downloads(answer)));
      assert.deepEqual([error.code, error.passes], [code, passes]);
    });
  }

  it('are let go of when they have too many bytes, or nobody wants more', async () => {
    let pulled = 0;
    const endless = () =>
      answered(
        new ReadableStream({
          pull: (controller) => {
            pulled += 1;
            controller.enqueue(Buffer.alloc(1_000));
          },
        }),
      );
    assert.equal((await trouble(read(downloads(endless), { ...FILE, size: 3_500 }))).code, 'wrong-length');
    assert.ok(pulled < 20, `${pulled} chunks were read`);
  });

  it('are given up when nothing comes', async () => {
    const from = webDownloads({
      client: {} as WebClient,
      token: TOKEN,
      slackApiUrl: 'https://slack.com/api/',
      fetch: async (_, { signal } = {}) => {
        return answered(
          new ReadableStream({
            start: (controller) => signal?.addEventListener('abort', () => controller.error(signal.reason)),
          }),
        );
      },
      count: () => undefined,
      silentMs: 20,
    });
    assert.deepEqual([(await trouble(read(from))).code], ['broken-off']);
  });

  for (const [what, info, sentence] of [
    ['deleted', { mode: 'tombstone' }, /was deleted in Slack/],
    ['of another service', { mode: 'external', is_external: true, size: 1 }, /link to another service/],
    ['of another company', { file_access: 'check_file_info' }, /belongs to another company/],
    ['hidden', { mode: 'hidden_by_limit' }, /because of its plan/],
    ['a canvas', { mode: 'quip', size: 9, url_private: FILE.url }, /lives in Slack only/],
    ['empty', { mode: 'hosted', size: 0, url_private: FILE.url }, /It is empty/],
  ] as const) {
    it(`are refused at once when they are ${what}`, async () => {
      const error = await trouble(downloads(() => answered(''), { info }).describe('F1'));
      assert.match(error.sentence, sentence);
      assert.equal(error.passes, false);
    });
  }

  it('are described by name, size and place', async () => {
    const info = { name: 'a.log', size: 7, mimetype: 'text/plain', url_private: 'https://files.slack.com/a' };
    const url = 'https://files.slack.com/download/a';
    const of = (more: object) => downloads(() => answered(''), { info: { ...info, ...more } }).describe('F1');
    const { url_private, ...shown } = info;
    assert.deepEqual(await of({}), { id: 'F1', ...shown, url: url_private });
    assert.deepEqual(await of({ url_private_download: url }), { id: 'F1', ...shown, url });
  });
});
