import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { type Slack, startSlack } from '../../../src/sandbox/slack/start-slack.js';
import { ALICE, CHANNEL, refused, smallWorkspace, TOKEN, webClient } from './testing/web-client.js';

const LOG = Buffer.from('first line\nsecond line\n');

interface WireFile {
  [key: string]: unknown;
  url_private: string;
  url_private_download: string;
}

describe('Slack stand-in: files', () => {
  let slack: Slack;
  let web: WebClient;

  beforeEach(async () => {
    slack = await smallWorkspace();
    web = webClient(slack);
  });
  afterEach(() => slack.stop());

  const filesOf = async (): Promise<WireFile[]> => {
    const { messages } = await web.conversations.history({ channel: CHANNEL, limit: 1 });
    return (messages?.[0]?.files ?? []) as unknown as WireFile[];
  };
  const fetched = async (url: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await fetch(url, { headers });
    const body = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
  };
  const uploadUrl = async (filename: string, length: number) => {
    const { upload_url = '', file_id = '' } = await web.files.getUploadURLExternal({ filename, length });
    return { url: upload_url, id: file_id };
  };

  describe('of an app', () => {
    it('go up with the real client, into a thread, with a comment', async () => {
      const { ts } = await web.chat.postMessage({ channel: CHANNEL, text: 'card' });
      const done = await web.filesUploadV2({
        channel_id: CHANNEL,
        thread_ts: ts ?? '',
        initial_comment: 'Two files',
        file_uploads: [
          { file: LOG, filename: 'Server Log.log', title: 'The log' },
          { content: '{"a":1}', filename: 'a.json' },
        ],
      } as never);
      const [reply] = slack.threads(CHANNEL)[0]?.replies ?? [];
      assert.equal(reply?.text, 'Two files');
      assert.deepEqual(
        reply?.files?.map(({ name, title, size }) => [name, title, size]),
        [
          ['Server Log.log', 'The log', LOG.length],
          ['a.json', 'a.json', 7],
        ],
      );
      assert.deepEqual(Buffer.from(slack.file(reply?.files?.[0]?.id ?? '')?.data ?? []), LOG);
      // As Slack answers: it looks into a file, and shares it, after the answer.
      const [answered] = (done as unknown as { files: { files: WireFile[] }[] }).files[0]?.files ?? [];
      assert.deepEqual([answered?.mimetype, answered?.shares, answered?.channels], ['', {}, []]);
      const { file } = await web.files.info({ file: String(answered?.id) });
      assert.equal(file?.mimetype, 'text/plain');
      const shares = (file?.shares?.public ?? {}) as { [id: string]: { ts: string; thread_ts?: string }[] };
      const share = shares[CHANNEL];
      assert.deepEqual([share?.[0]?.ts, share?.[0]?.thread_ts], [reply?.ts, ts]);
    });

    it('may be big', async () => {
      const big = randomBytes(20 * 1024 * 1024);
      await web.filesUploadV2({ channel_id: CHANNEL, file: big, filename: 'big.bin' });
      const [file] = await filesOf();
      const { status, body } = await fetched(file?.url_private_download ?? '', TOKEN);
      assert.deepEqual([status, body.equals(big), file?.size], [200, true, big.length]);
    });

    it('are refused when empty', async () => {
      const empty = web.filesUploadV2({ channel_id: CHANNEL, file: Buffer.alloc(0), filename: 'empty.txt' });
      await refused(empty, 'missing_argument');
      assert.deepEqual(slack.messages(CHANNEL), []);
    });

    it('go up as raw bytes, and have the length that was announced', async () => {
      const { url, id } = await uploadUrl('a.txt', 5);
      const post = async (body: string) => {
        const answer = await fetch(url, { method: 'POST', body });
        return [answer.status, await answer.text()];
      };
      assert.equal((await post('four'))[0], 400);
      assert.equal((await post('x'.repeat(100_000)))[0], 400);
      await refused(web.files.completeUploadExternal({ files: [{ id }] }), 'file_not_found');
      assert.deepEqual(await post('12345'), [200, 'OK - 5']);
      assert.equal(slack.file(id), undefined, 'not there before it is complete');
      await web.files.completeUploadExternal({ files: [{ id, title: 'A' }] });
      assert.deepEqual(slack.messages(CHANNEL), [], 'shared with nobody');
      assert.equal(slack.file(id)?.name, 'a.txt');
      assert.equal((await post('54321'))[0], 404, 'the URL is used up');
    });

    it('are shared only where the bot may write', async () => {
      slack.addChannel({ id: 'C0OTHER', name: 'other', isMember: false });
      slack.addChannel({ id: 'C0OLD', name: 'old', isArchived: true });
      const { url, id } = await uploadUrl('a.txt', 1);
      await fetch(url, { method: 'POST', body: '1' });
      const complete = (more: object) =>
        web.files.completeUploadExternal({ files: [{ id }], ...more } as never);
      await refused(complete({ channel_id: 'C0NONE' }), 'channel_not_found');
      await refused(complete({ channel_id: 'C0OTHER' }), 'not_in_channel');
      await refused(complete({ channel_id: 'C0OLD' }), 'is_archived');
      await refused(complete({ channel_id: CHANNEL, thread_ts: '1.2' }), 'thread_not_found');
      await refused(complete({ files: [{ id: 'F0NONE' }], channel_id: CHANNEL }), 'file_not_found');
      await refused(complete({ files: [] }), 'invalid_arguments');
      // Whoever repeats it because the answer was lost, shares it twice.
      await complete({ channel_id: CHANNEL });
      await complete({ channel_id: CHANNEL });
      const [first, second] = slack.messages(CHANNEL);
      const shares = async () => {
        const { file } = await web.files.info({ file: id });
        const there = (file?.shares?.public ?? {}) as { [id: string]: { ts: string }[] };
        return there[CHANNEL]?.map(({ ts }) => ts);
      };
      assert.deepEqual(await shares(), [first?.ts, second?.ts]);
      await web.chat.delete({ channel: CHANNEL, ts: first?.ts ?? '' });
      assert.deepEqual(await shares(), [second?.ts]);
    });

    it('need their scopes', async () => {
      slack.setScopes(['chat:write']);
      const { needed, provided } = await refused(uploadUrl('a.txt', 1), 'missing_scope');
      assert.deepEqual([needed, provided], ['files:write', 'chat:write']);
      await refused(web.files.completeUploadExternal({ files: [{ id: 'F1', title: '' }] }), 'missing_scope');
      assert.equal((await refused(web.files.info({ file: 'F1' }), 'missing_scope')).needed, 'files:read');
      await refused(webClient(slack, 'xoxb-other').files.info({ file: 'F1' }), 'invalid_auth');
    });

    it('meet faults on their way', async () => {
      slack.fault('file_upload', { kind: 'status', status: 500 });
      const upload = () => web.filesUploadV2({ channel_id: CHANNEL, file: LOG, filename: 'a.log' });
      await assert.rejects(upload());
      assert.deepEqual(slack.messages(CHANNEL), []);
      await upload();
      const [file] = await filesOf();
      slack.fault('file_download', { kind: 'status', status: 503 });
      assert.equal((await fetched(file?.url_private ?? '', TOKEN)).status, 503);
      assert.deepEqual((await fetched(file?.url_private ?? '', TOKEN)).body, LOG);
    });
  });

  describe('of a person', () => {
    const say = () =>
      slack.say({
        user: ALICE,
        channel: CHANNEL,
        text: 'see this',
        files: [{ name: 'Stack Trace (1).TXT', data: LOG }],
      });

    it('come with the message, in the form that Slack gives them', async () => {
      const { ts, files } = say();
      assert.deepEqual(
        files?.map(({ name, mimetype, size }) => [name, mimetype, size]),
        [['Stack Trace (1).TXT', 'text/plain', LOG.length]],
      );
      const [file] = await filesOf();
      assert.ok(file);
      const { id, created, url_private, url_private_download, permalink, ...rest } = file;
      assert.match(String(id), /^F\w+$/);
      assert.equal(created, Number(ts.split('.')[0]));
      const folder = `${slack.origin}/files-pri/${slack.app.teamId}-${String(id)}`;
      assert.equal(url_private, `${folder}/stack_trace_1_.txt`);
      assert.equal(url_private_download, `${folder}/download/stack_trace_1_.txt`);
      assert.equal(permalink, `https://acme.slack.com/files/${ALICE}/${String(id)}/stack_trace_1_.txt`);
      assert.deepEqual(
        [
          rest.name,
          rest.title,
          rest.mimetype,
          rest.filetype,
          rest.pretty_type,
          rest.mode,
          rest.size,
          rest.user,
        ],
        [
          'Stack Trace (1).TXT',
          'Stack Trace (1).TXT',
          'text/plain',
          'text',
          'Plain Text',
          'hosted',
          23,
          ALICE,
        ],
      );
      const { messages } = await web.conversations.replies({ channel: CHANNEL, ts });
      assert.deepEqual(messages?.[0]?.files?.[0]?.id, id);
    });

    it('are given to the bot alone: others get a login page with a good status', async () => {
      say();
      const [file] = await filesOf();
      const url = file?.url_private_download ?? '';
      assert.deepEqual((await fetched(url, TOKEN)).body, LOG);
      assert.equal((await fetched(url, TOKEN)).type, 'text/plain');
      const isLogin = async (token?: string) => {
        const { status, type, body } = await fetched(url, token);
        assert.deepEqual([status, type], [200, 'text/html; charset=utf-8']);
        assert.match(body.toString(), /<!DOCTYPE html>/);
      };
      await isLogin();
      await isLogin('xoxb-other');
      slack.setScopes(['channels:history']);
      await isLogin(TOKEN);
    });

    it('are hidden from a bot outside of the conversation', async () => {
      const { files } = say();
      const [wire] = await filesOf();
      slack.changeChannel(CHANNEL, { isMember: false });
      await refused(web.files.info({ file: files?.[0]?.id ?? '' }), 'file_not_found');
      assert.match((await fetched(wire?.url_private ?? '', TOKEN)).type, /html/);
    });

    it('are tombstones once deleted', async () => {
      const { files } = say();
      const [wire] = await filesOf();
      const id = files?.[0]?.id ?? '';
      await refused(web.files.delete({ file: id }), 'cant_delete_file');
      slack.deleteFile(id);
      assert.equal((await fetched(wire?.url_private ?? '', TOKEN)).status, 404);
      assert.deepEqual(await filesOf(), [{ id, mode: 'tombstone' }]);
      await refused(web.files.info({ file: id }), 'file_deleted');
      assert.equal(slack.messages(CHANNEL)[0]?.files?.[0]?.deleted, true);
      assert.equal(slack.file(id), undefined);
    });

    it('are not empty', () => {
      const files = [{ name: 'a.txt', data: new Uint8Array() }];
      assert.throws(() => slack.say({ user: ALICE, channel: CHANNEL, text: 'x', files }), /a.txt is empty/);
      assert.deepEqual(slack.messages(CHANNEL), []);
    });
  });

  it('survive a run', async () => {
    const { files } = slack.say({
      user: ALICE,
      channel: CHANNEL,
      text: '',
      files: [{ name: 'a.bin', data: LOG }],
    });
    const kept = JSON.parse(JSON.stringify(slack.keep()));
    const again = await startSlack({ botToken: TOKEN, signingSecret: 's', pace: 'off', kept });
    try {
      const { file } = await webClient(again).files.info({ file: files?.[0]?.id ?? '' });
      assert.ok(file?.url_private_download?.startsWith(again.origin));
      assert.deepEqual((await fetched(file?.url_private_download ?? '', TOKEN)).body, LOG);
    } finally {
      await again.stop();
    }
  });
});
