import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { openAttachment } from '../../src/support/open-attachment.js';
import { SupportError } from '../../src/support/support-error.js';
import { ACCOUNT, type Room, type RoomOptions, startRoom } from './support-room.js';

const NEVER = new AbortController().signal;

describe('AWS Support: files of cases', () => {
  let room: Room;
  let id: string;
  const data = new Uint8Array(randomBytes(300_000));
  const start = async (bytes = data, options: RoomOptions = {}) => {
    room = await startRoom(options);
    const attachments = [{ fileName: 'a.bin', data: bytes }];
    const { communications } = room.aws.openCase({ subject: 's', body: 'b', attachments });
    id = communications[0]?.attachments[0]?.attachmentId ?? '';
  };
  afterEach(() => room.stop());

  const failure = async (work: Promise<unknown>): Promise<SupportError> => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof SupportError, String(error));
    return error;
  };
  const fetched = async () => {
    const { fileName, size, bytes } = await openAttachment(room.api, id, NEVER);
    return { fileName, size, data: new Uint8Array(await new Response(bytes).arrayBuffer()) };
  };

  it('gives a link of any size, that works without anything else until it expires', async () => {
    let now = Date.now();
    await start(new Uint8Array(6_000_000), { now: () => now });
    const { fileName, url, expiresAt } = await room.api.downloadLink(id);
    assert.equal(fileName, 'a.bin');
    assert.ok(expiresAt !== null && expiresAt > now);
    assert.equal((await (await fetch(url)).arrayBuffer()).byteLength, 6_000_000);
    now = expiresAt;
    assert.equal((await fetch(url)).status, 403);
    assert.equal((await failure(room.api.smallAttachment(id))).kind, 'refused');
  });

  it('fetches a file by its link, sending nothing of ours along', async () => {
    await start();
    assert.deepEqual(await fetched(), { fileName: 'a.bin', size: data.byteLength, data });
    assert.equal(room.aws.callsOf('download').length, 1);
  });

  it('fetches a small file itself where links are denied or not known', async () => {
    await start();
    room.aws.account(ACCOUNT).deny = ['DownloadAttachment'];
    assert.deepEqual((await fetched()).data, data);
    room.aws.account(ACCOUNT).deny = [];
    room.aws.fault('GetAttachmentDownloadLink', { kind: 'error', name: 'UnknownOperationException' });
    assert.deepEqual((await fetched()).data, data);
    assert.equal(room.aws.callsOf('download').length, 0);
  });

  it('names the permission for links where the file is too large without', async () => {
    await start(new Uint8Array(6_000_000));
    room.aws.account(ACCOUNT).deny = ['DownloadAttachment'];
    const { kind, sentence } = await failure(openAttachment(room.api, id, NEVER));
    assert.equal(kind, 'no-permission');
    assert.match(sentence, /support:DownloadAttachment\./);
  });

  it('tells a file that is not there from one that will be', async () => {
    await start();
    assert.equal((await failure(room.api.downloadLink('attachment-none'))).kind, 'not-found');
    room.aws.fault('GetAttachmentDownloadLink', { kind: 'error', name: 'DescribeAttachmentLimitExceeded' });
    assert.equal((await failure(room.api.downloadLink(id))).kind, 'throttled');
    for (const [fault, kind] of [
      [{ kind: 'status', status: 503 }, 'unreachable'],
      [{ kind: 'hangup-before' }, 'unreachable'],
      [{ kind: 'error', name: 'AccessDenied' }, 'refused'],
    ] as const) {
      room.aws.fault('download', fault);
      const error = await failure(openAttachment(room.api, id, NEVER));
      assert.equal(error.kind, kind);
      assert.doesNotMatch(`${error.sentence} ${error.message}`, /Signature/);
    }
  });

  it('takes no address by http but of the very host that it asks', async () => {
    await start();
    const { downloadLink } = room.api;
    room.aws.downloadOrigin = 'http://attachments.example.com';
    assert.equal((await failure(downloadLink(id))).code, 'no-link');
    room.aws.downloadOrigin = 'https://attachments.example.com';
    assert.match((await downloadLink(id)).url, /^https:\/\/attachments\.example\.com\//);
  });
});
