import assert from 'node:assert/strict';
import {
  AddAttachmentsToSetCommand,
  AddCommunicationToCaseCommand,
  DescribeAttachmentCommand,
  DescribeCommunicationsCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const MB = 1024 * 1024;

describe('AWS stand-in: attachments', () => {
  let aws: Aws;
  let client: SupportClient;
  let caseId: string;
  let now: number;

  const add = (sizes: number[], attachmentSetId?: string, dryRun?: boolean) =>
    client.send(
      new AddAttachmentsToSetCommand({
        attachments: sizes.map((size, n) => ({ fileName: `file${n}.log`, data: Buffer.alloc(size, 65 + n) })),
        attachmentSetId,
        dryRun,
      }),
    );
  const reply = (attachmentSetId?: string) =>
    client.send(
      new AddCommunicationToCaseCommand({ caseId, communicationBody: 'see file', attachmentSetId }),
    );
  const download = (attachmentId?: string) => client.send(new DescribeAttachmentCommand({ attachmentId }));

  beforeEach(async () => {
    now = Date.parse('2026-03-01T00:00:00Z');
    aws = await startAws({ now: () => now, callsPerSecond: 'off' });
    client = supportClient(aws);
    caseId = aws.openCase({ subject: 's', body: 'b' }).caseId;
  });
  afterEach(() => aws.stop());

  it('carries files from a set to a communication and back', async () => {
    const { attachmentSetId, expiryTime } = await add([3]);
    assert.equal(expiryTime, '2026-03-01T01:00:00.000Z');
    assert.equal((await add([2], attachmentSetId)).attachmentSetId, attachmentSetId);
    await reply(attachmentSetId);
    const { communications } = await client.send(new DescribeCommunicationsCommand({ caseId }));
    const attachments = communications?.[0]?.attachments ?? [];
    assert.deepEqual(
      attachments.map(({ fileName }) => fileName),
      ['file0.log', 'file0.log'],
    );
    assert.deepEqual(communications?.[0]?.attachmentSet, attachments);
    const { attachment } = await download(attachments[0]?.attachmentId);
    assert.equal(Buffer.from(attachment?.data ?? []).toString(), 'AAA');
    assert.equal((await refusal(reply(attachmentSetId))).name, 'AttachmentSetIdNotFound');
  });

  it('takes 3 files of 5 MB', async () => {
    assert.equal((await refusal(add([1, 1, 1, 1]))).name, 'AttachmentSetSizeLimitExceeded');
    assert.equal((await refusal(add([5 * MB + 1]))).name, 'AttachmentSetSizeLimitExceeded');
    const { attachmentSetId } = await add([5 * MB, 5 * MB, 5 * MB]);
    assert.equal((await refusal(add([1], attachmentSetId))).name, 'AttachmentSetSizeLimitExceeded');
    assert.equal((await refusal(add([1], undefined, true))).name, 'DryRunOperationException');
  });

  it('keeps a set for an hour', async () => {
    const { attachmentSetId } = await add([1]);
    now += 3_600_000;
    assert.equal((await refusal(reply(attachmentSetId))).name, 'AttachmentSetExpired');
    assert.equal((await refusal(add([1], attachmentSetId))).name, 'AttachmentSetExpired');
    // A new set clears the files of the old one away; what the old one is stays known.
    await add([1]);
    assert.equal((await refusal(reply(attachmentSetId))).name, 'AttachmentSetExpired');
    assert.equal(aws.case(caseId).communications.length, 1);
  });

  it('shows files of people, large ones only by name', async () => {
    aws.reply(caseId, {
      from: 'aws',
      body: 'two files',
      attachments: [
        { fileName: 'small.txt', data: Buffer.from('small') },
        { fileName: 'large.bin', data: Buffer.alloc(5 * MB + 1) },
      ],
    });
    const { communications } = await client.send(new DescribeCommunicationsCommand({ caseId }));
    const [newest] = communications ?? [];
    assert.equal(newest?.attachments?.length, 2);
    assert.equal(newest?.attachmentSet?.length, 1);
    const large = newest?.attachments?.[1]?.attachmentId;
    assert.equal((await refusal(download(large))).name, 'InvalidParameterValueException');
    assert.equal((await refusal(download('attachment-0'))).name, 'AttachmentIdNotFound');
  });
});
