import assert from 'node:assert/strict';
import { SupportError } from '../../src/support/support-error.js';
import { type Room, startRoom, stillOurs } from './support-room.js';

const MB = 1024 * 1024;

async function failure(call: Promise<unknown>): Promise<SupportError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SupportError, String(error));
  return error;
}

async function* pieces(size: number): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= 1_000) yield Buffer.alloc(Math.min(left, 1_000), 'x');
}

describe('AWS Support: files for a letter', () => {
  let room: Room;
  let caseId: string;
  let now: number;
  beforeEach(async () => {
    now = Date.parse('2026-03-01T00:00:00Z');
    room = await startRoom({ now: () => now, uploads: { partBytes: 2_500 } });
    caseId = room.aws.openCase({ subject: 's', body: 'opening' }).caseId;
  });
  afterEach(() => room.stop());

  const names = () => room.aws.case(caseId).communications[1]?.attachments.map(({ fileName }) => fileName);
  const uploaded = async (size: number) => {
    const upload = await room.api.beginUpload({ name: 'big.bin', size });
    const parts = [];
    for (let part = 1; part <= upload.parts; part += 1) {
      const [to] = await room.api.uploadUrls(upload, part);
      assert.ok(to);
      const length = Math.min(upload.partBytes, size - (part - 1) * upload.partBytes);
      parts.push(await room.api.putPart(to, pieces(length), length));
    }
    return { upload, parts };
  };

  it('are small ones in a set, and copies to addresses', async () => {
    const first = await room.api.addAttachments([{ name: 'a.txt', data: Buffer.from('a') }]);
    assert.equal(first.expiresAt, now + 3_600_000);
    const { id } = await room.api.addAttachments([{ name: 'b.txt', data: Buffer.from('b') }], first.id);
    assert.equal(id, first.id);
    await room.api.addReply(caseId, { body: 'r', cc: ['a@example.com'], attachmentSetId: id }, stillOurs);
    assert.deepEqual(names(), ['a.txt', 'b.txt']);
    assert.deepEqual(room.aws.case(caseId).ccEmailAddresses, ['a@example.com']);
  });

  it('are large ones in parts, of which the links come ten at a time', async () => {
    const begun = await room.api.beginUpload({ name: 'big.bin', size: 12 * 2_500 });
    assert.deepEqual([begun.parts, begun.partBytes, begun.urls.length], [12, 2_500, 10]);
    const { upload, parts } = await uploaded(7_000);
    assert.equal(await room.api.completeUpload(upload.id, parts), 'not-ready');
    assert.equal(await room.api.uploadStatus(upload.id), 'ready');
    await room.api.addReply(caseId, { body: 'r', uploadIds: [upload.id] }, stillOurs);
    assert.deepEqual(names(), ['big.bin']);
  });

  it('are not taken before they are ready', async () => {
    room.aws.uploadReadyMs = 1_000;
    const { upload, parts } = await uploaded(3_000);
    await room.api.completeUpload(upload.id, parts);
    assert.equal(await room.api.uploadStatus(upload.id), 'not-ready');
    const error = await failure(room.api.addReply(caseId, { body: 'r', uploadIds: [upload.id] }, stillOurs));
    assert.deepEqual([error.kind, error.happened], ['refused', 'no']);
  });

  it('say that a part was not taken, and never where it goes', async () => {
    const upload = await room.api.beginUpload({ name: 'big.bin', size: 3_000 });
    const [to] = upload.urls;
    assert.ok(to);
    now += 3_600_000;
    const expired = await failure(room.api.putPart(to, pieces(2_500), 2_500));
    assert.deepEqual([expired.kind, expired.code], ['unreachable', 'part-403']);
    assert.ok(!JSON.stringify([expired.message, expired.sentence, expired.cause]).includes('token'));
    room.aws.down();
    assert.equal((await failure(room.api.putPart(to, pieces(2_500), 2_500))).kind, 'unreachable');
  });

  for (const kind of ['hangup-before', 'hangup-after'] as const) {
    it(`say so too when the connection ends without an answer: ${kind}`, async () => {
      const [to] = (await room.api.beginUpload({ name: 'big.bin', size: 2_000 })).urls;
      assert.ok(to);
      room.aws.fault('PutPart', { kind });
      assert.equal((await failure(room.api.putPart(to, pieces(2_000), 2_000))).kind, 'unreachable');
    });
  }

  it('end with what their own bytes end with', async () => {
    const [to] = (await room.api.beginUpload({ name: 'big.bin', size: 2_000 })).urls;
    assert.ok(to);
    const bytes = (async function* () {
      yield Buffer.alloc(100);
      throw new TypeError('of the bytes');
    })();
    await assert.rejects(room.api.putPart(to, bytes, 2_000), new TypeError('of the bytes'));
  });

  it('are missed after an hour in a set, and after a day as an upload', async () => {
    const { id } = await room.api.addAttachments([{ name: 'a.txt', data: Buffer.from('a') }]);
    const { upload, parts } = await uploaded(3_000);
    await room.api.completeUpload(upload.id, parts);
    now += 3_600_000;
    const late = await failure(room.api.addReply(caseId, { body: 'r', attachmentSetId: id }, stillOurs));
    assert.deepEqual([late.code, late.happened], ['AttachmentSetExpired', 'no']);
    now += 24 * 3_600_000;
    const tooLate = await failure(
      room.api.addReply(caseId, { body: 'r', uploadIds: [upload.id] }, stillOurs),
    );
    assert.equal(tooLate.code, 'UploadIdNotFound');
  });

  it('are refused in words: too large, too many sets, not allowed', async () => {
    const data = Buffer.alloc(5 * MB + 1);
    assert.match((await failure(room.api.addAttachments([{ name: 'a', data }]))).sentence, /3 of 5 MB/);
    room.aws.fault('AddAttachmentsToSet', { kind: 'error', name: 'AttachmentLimitExceeded' });
    const limited = await failure(room.api.addAttachments([{ name: 'a', data: Buffer.from('a') }]));
    assert.equal(limited.kind, 'throttled');
    for (const action of ['UploadAttachment', 'AddAttachmentsToSet']) {
      room.aws.account('111122223333').deny = [action];
      const error = await failure(room.api.beginUpload({ name: 'a', size: 1 }));
      assert.equal(error.kind, 'no-permission');
      assert.match(error.sentence, /support:UploadAttachment and support:AddAttachmentsToSet/);
    }
  });
});
