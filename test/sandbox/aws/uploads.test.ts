import assert from 'node:assert/strict';
import {
  AddCommunicationToCaseCommand,
  CompleteAttachmentUploadCommand,
  DescribeAttachmentUploadStatusCommand,
  GetAttachmentUploadLinksCommand,
  type GetAttachmentUploadLinksCommandInput,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

describe('AWS stand-in: uploads', () => {
  let aws: Aws;
  let client: SupportClient;
  let caseId: string;
  let now: number;

  beforeEach(async () => {
    now = Date.parse('2026-03-01T00:00:00Z');
    aws = await startAws({ now: () => now, callsPerSecond: 'off', uploads: { partBytes: 4 } });
    client = supportClient(aws);
    caseId = aws.openCase({ subject: 's', body: 'b' }).caseId;
  });
  afterEach(() => aws.stop());

  const links = (input: Partial<GetAttachmentUploadLinksCommandInput>) =>
    client.send(new GetAttachmentUploadLinksCommand({ fileName: 'a.bin', ...input }));
  const complete = (uploadId: string | undefined, eTags: readonly string[]) =>
    client.send(
      new CompleteAttachmentUploadCommand({
        uploadId,
        completedUploads: eTags.map((eTag, n) => ({ partIndex: n + 1, eTag })),
      }),
    );
  const status = async (uploadId: string | undefined) =>
    (await client.send(new DescribeAttachmentUploadStatusCommand({ uploadId }))).uploadStatus;
  const reply = (uploadIds: string[]) =>
    client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody: 'r', uploadIds }));
  const put = async (url: string | undefined, body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(url ?? '', { method: 'PUT', body, headers });
    return { status: answer.status, eTag: answer.headers.get('etag') ?? '', text: await answer.text() };
  };
  /** `abcdefghi` in its three parts. */
  const uploaded = async () => {
    const { uploadId = '', uploadUrls = [] } = await links({ fileSizeBytes: 9 });
    const eTags: string[] = [];
    for (const [n, body] of ['abcd', 'efgh', 'i'].entries())
      eTags.push((await put(uploadUrls[n]?.url, body)).eTag);
    return { uploadId, eTags };
  };

  it('come in parts, are ready when one asks, and are used once', async () => {
    const { uploadId, eTags } = await uploaded();
    assert.equal(await status(uploadId), 'attachment-not-ready');
    assert.equal((await complete(uploadId, eTags)).uploadStatus, 'attachment-not-ready');
    assert.equal(await status(uploadId), 'attachment-ready');
    await reply([uploadId]);
    const [file] = aws.case(caseId).communications[1]?.attachments ?? [];
    assert.deepEqual([file?.fileName, file?.size], ['a.bin', 9]);
    assert.equal(Buffer.from(aws.attachment(file?.attachmentId ?? '')?.data ?? []).toString(), 'abcdefghi');
    assert.equal((await refusal(reply([uploadId]))).name, 'ValidationException');
  });

  it('have at most ten links a call, and links to their parts only', async () => {
    const first = await links({ fileSizeBytes: 50 });
    const { uploadId, totalParts, uploadUrls, nextIndex } = first;
    assert.deepEqual([totalParts, uploadUrls?.length, nextIndex], [13, 10, 11]);
    const rest = await links({ uploadId, uploadRange: { startIndex: 11 } });
    assert.deepEqual(
      rest.uploadUrls?.map(({ partIndex }) => partIndex),
      [11, 12, 13],
    );
    const wrong: Partial<GetAttachmentUploadLinksCommandInput>[] = [
      {},
      { fileSizeBytes: 0 },
      { fileSizeBytes: 157_286_401 },
      { uploadId, fileSizeBytes: 50 },
      { uploadId, fileName: 'b.bin' },
      { uploadId, uploadRange: { startIndex: 1, endIndex: 12 } },
      { uploadId, uploadRange: { startIndex: 5, endIndex: 5 } },
      { uploadId, uploadRange: { startIndex: 14 } },
    ];
    for (const input of wrong)
      assert.equal((await refusal(links(input))).name, 'ValidationException', JSON.stringify(input));
    assert.equal((await refusal(links({ uploadId: 'upload-none' }))).name, 'UploadIdNotFound');
  });

  it('take a part at its own address only, unsigned, while the link lives', async () => {
    const { uploadUrls = [] } = await links({ fileSizeBytes: 9 });
    const [url = '', other = ''] = uploadUrls.map((each) => each.url ?? '');
    assert.equal((await put(url.replace(/\/1\?/, '/2?'), 'abcd')).status, 403);
    assert.equal((await put(url.split('?')[0], 'abcd')).status, 403);
    assert.equal((await put(url, 'abcd', { authorization: 'AWS4-HMAC-SHA256 x' })).status, 400);
    assert.equal((await put(url, 'abcde')).status, 400);
    const streamed = fetch(url, {
      method: 'PUT',
      body: new Blob(['abcd']).stream(),
      duplex: 'half',
    } as RequestInit);
    assert.equal((await streamed).status, 411);
    assert.equal((await put(url, 'abcd')).status, 200);
    now += 3_600_000;
    assert.match((await put(other, 'efgh')).text, /Request has expired/);
  });

  it('are completed with all their parts, their ETags and their sizes', async () => {
    const { uploadId, eTags } = await uploaded();
    const [one = '', two = '', three = ''] = eTags;
    for (const given of [[one, two], [one, two, three, three], [one, two, '"0"'], []])
      assert.equal((await refusal(complete(uploadId, given))).name, 'ValidationException');
    const short = await links({ fileSizeBytes: 9 });
    const tags: string[] = [];
    for (const { url } of short.uploadUrls ?? []) tags.push((await put(url, 'x')).eTag);
    assert.match((await refusal(complete(short.uploadId, tags))).message, /1 bytes and not 4/);
    await complete(uploadId, eTags);
    assert.equal((await refusal(complete(uploadId, eTags))).name, 'ValidationException');
  });

  it('are carried when they are ready, each once, for a day', async () => {
    aws.uploadReadyMs = 1_000;
    const { uploadId, eTags } = await uploaded();
    assert.match((await refusal(reply([uploadId]))).message, /not ready/);
    await complete(uploadId, eTags);
    assert.match((await refusal(reply([uploadId]))).message, /not ready/);
    now += 1_000;
    assert.match((await refusal(reply([uploadId, uploadId]))).message, /more than once/);
    assert.match((await refusal(reply(Array<string>(11).fill(uploadId)))).name, /ValidationException/);
    now += 24 * 3_600_000;
    assert.equal((await refusal(reply([uploadId]))).name, 'UploadIdNotFound');
    assert.equal(aws.case(caseId).communications.length, 1);
  });

  it('need two permissions', async () => {
    for (const action of ['UploadAttachment', 'AddAttachmentsToSet']) {
      aws.account('111122223333').deny = [action];
      assert.equal((await refusal(links({ fileSizeBytes: 1 }))).name, 'AccessDeniedException');
    }
  });
});
