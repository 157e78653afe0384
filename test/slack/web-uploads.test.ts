import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rateGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import type { FaultSpec } from '../../src/sandbox/slack/faults.js';
import { fileNameOf } from '../../src/slack/file-name.js';
import { SlackError } from '../../src/slack/slack-error.js';
import { BrokenSource, type Uploads } from '../../src/slack/uploads.js';
import { webUploads } from '../../src/slack/web-uploads.js';
import { CHANNEL, webClient } from '../sandbox/slack/testing/web-client.js';
import { type Room, startRoom, stillOurs, TAG } from './slack-room.js';

const NEVER = new AbortController().signal;
const CAPTION = { text: 'From the case', tag: { ...TAG, entry: 'a-1' } };

function streamOf(...chunks: (string | Error)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const next = chunks.shift();
      if (next === undefined) controller.close();
      else if (next instanceof Error) controller.error(next);
      else controller.enqueue(new TextEncoder().encode(next));
    },
  });
}

describe('uploads to Slack', () => {
  let room: Room;
  let uploads: Uploads;
  let counted: string[];
  const start = async (scopes?: string[]) => {
    room = await startRoom(scopes === undefined ? {} : { scopes });
    counted = [];
    const now = () => performance.now();
    uploads = webUploads({
      client: webClient(room.workspace),
      slackApiUrl: room.workspace.url,
      posts: new Pacer(rateGate({ perSecond: 1_000, burst: 1_000 }, now), now),
      count: (method, result) => counted.push(`${method} ${result}`),
    });
  };
  afterEach(() => room.stop());

  const send = (fileName: string, size: number, ...chunks: (string | Error)[]) =>
    uploads.send({ fileName, size, bytes: streamOf(...chunks) }, NEVER);
  const share = (threadTs: string, id: string) =>
    uploads.share({ channel: CHANNEL, threadTs }, id, 'a.txt', CAPTION, 'now', stillOurs);
  const fault = (method: string, spec: FaultSpec) => room.workspace.fault(method, spec);
  const failure = async (work: Promise<unknown>): Promise<SlackError> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SlackError, String(error));
    return error;
  };

  it('brings the bytes as they come, and shows them in the thread, tagged, once it is their turn', async () => {
    await start();
    const threadTs = await room.openThread();
    const place = { channel: CHANNEL, threadTs };
    const id = await send('a.txt', 11, 'Hello ', 'world');
    assert.equal(await uploads.shownAs(id, place), null);
    await share(threadTs, id);
    const [message] = room.workspace.threads(CHANNEL)[0]?.replies ?? [];
    assert.equal(Buffer.from(room.workspace.file(id)?.data ?? []).toString(), 'Hello world');
    assert.deepEqual(
      message?.files?.map(({ title }) => title),
      ['a.txt'],
    );
    assert.equal(await uploads.shownAs(id, place), message?.ts);
    assert.equal(await uploads.shownAs(id, { ...place, threadTs: '1.000001' }), null);
    const found = await room.slack.findEntries(place, threadTs);
    assert.deepEqual(found.at(-1), { ts: message?.ts, tag: CAPTION.tag });
    assert.deepEqual(new Set(counted.map((each) => each.split(' ')[1])), new Set(['ok']));
  });

  it('says of a file that was not whole that its source broke, and of too few or too many bytes as well', async () => {
    await start();
    for (const chunks of [['Hello ', new Error('gone')], ['Hello'], ['Hello world!', 'more']]) {
      await assert.rejects(send('a.txt', 11, ...chunks), BrokenSource);
    }
    assert.equal(room.workspace.threads(CHANNEL).length, 0);
  });

  it('sends nothing where it is not its turn any more', async () => {
    await start();
    const threadTs = await room.openThread();
    const id = await send('a.txt', 5, 'Hello');
    const refuse = () => Promise.reject(new Error('not ours'));
    const place = { channel: CHANNEL, threadTs };
    await assert.rejects(uploads.share(place, id, 'a.txt', CAPTION, 'now', refuse), /not ours/);
    assert.equal(await uploads.shownAs(id, place), null);
  });

  it('tells what nobody can say from what certainly did not happen', async () => {
    await start();
    const threadTs = await room.openThread();
    const id = await send('a.txt', 5, 'Hello');
    const complete = 'files.completeUploadExternal';
    fault(complete, { kind: 'hangup-before' });
    assert.equal((await failure(share(threadTs, id))).happened, 'maybe');
    fault(complete, { kind: 'ratelimited', retryAfter: 7 });
    const limited = await failure(share(threadTs, id));
    assert.deepEqual([limited.kind, limited.happened, limited.retryAfterMs], ['rate-limited', 'no', 7_000]);
    fault('file_upload', { kind: 'status', status: 503 });
    const refused = await failure(send('a.txt', 5, 'Hello'));
    assert.deepEqual([refused.kind, refused.happened], ['unreachable', 'no']);
    fault('files.getUploadURLExternal', { kind: 'error', error: 'storage_limit_reached' });
    assert.equal((await failure(send('a.txt', 5, 'Hello'))).code, 'storage_limit_reached');
    assert.equal(
      (await failure(uploads.shownAs('F0NOBODY', { channel: CHANNEL, threadTs }))).code,
      'file_not_found',
    );
  });

  it('says which permission is missing', async () => {
    await start(['chat:write', 'channels:history']);
    assert.equal((await failure(send('a.txt', 5, 'Hello'))).code, 'missing_scope');
  });

  it('gives the bytes to nobody but where Slack sends it, with their length and without the token', async () => {
    const asked: (string | undefined)[][] = [];
    let origin = '';
    let upload = '';
    const server = createServer((request, response) => {
      const { authorization, 'content-length': length } = request.headers;
      asked.push([request.url, authorization, length]);
      request.resume().once('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ok: true, upload_url: upload, file_id: 'F1' }));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await start();
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const posts = new Pacer(rateGate({ perSecond: 1, burst: 1 }, Date.now), Date.now);
      const client = webClient({ ...room.workspace, url: `${origin}/api/` });
      const there = webUploads({ client, slackApiUrl: `${origin}/api/`, posts, count: () => undefined });
      upload = `${origin}/upload`;
      await there.send({ fileName: 'a', size: 5, bytes: streamOf('Hello') }, NEVER);
      assert.deepEqual(asked.at(-1), ['/upload', undefined, '5']);
      for (const elsewhere of ['http://files.example.com/upload', 'file:///etc/passwd', '']) {
        upload = elsewhere;
        const error = await failure(there.send({ fileName: 'a', size: 5, bytes: streamOf('Hello') }, NEVER));
        assert.equal(error.code, 'no-upload-url');
      }
    } finally {
      server.close();
    }
  });
});

describe('the name of a foreign file', () => {
  for (const [given, kept] of [
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['C:\\temp\\a.txt', 'C:_temp_a.txt'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['two\nlines\u0000.txt', 'two lines .txt'],
    [' .. ', 'unnamed'],
    ['', 'unnamed'],
    ['\u200b', 'unnamed'],
  ] as const) {
    it(`is kept as ${JSON.stringify(kept)} of ${JSON.stringify(given)}`, () => {
      assert.equal(fileNameOf(given), kept);
    });
  }

  it('is cut with its ending kept, and never within a character', () => {
    const name = fileNameOf(`${'😀'.repeat(300)}.tar.gz`);
    assert.ok(name.length <= 255 && name.isWellFormed());
    assert.match(name, /….gz$/);
  });
});
