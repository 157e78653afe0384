import assert from 'node:assert/strict';
import {
  AddAttachmentsToSetCommand,
  AddCommunicationToCaseCommand,
  CreateCaseCommand,
  DescribeAttachmentCommand,
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  DescribeCommunicationsCommand,
} from '@aws-sdk/client-support';
import type { KeptAws } from '../../../src/sandbox/aws/kept-aws.js';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, type AwsOptions, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const DAY = 24 * 3_600_000;
const [A, B] = ['111122223333', '444455556666'];
const ACCOUNTS = [A, B].map((id, n) => ({ id, accessKeyId: `AKIAKEEP${n}`, secretAccessKey: `secret-${n}` }));

describe('AWS stand-in: keeping its state', () => {
  let aws: Aws;
  let now: number;

  const start = async (options: AwsOptions = {}) => {
    aws = await startAws({ accounts: ACCOUNTS, now: () => now, callsPerSecond: 'off', ...options });
  };
  /** What is kept goes through a file. */
  const restart = async (options: AwsOptions = {}): Promise<KeptAws> => {
    const kept = JSON.parse(JSON.stringify(aws.keep())) as KeptAws;
    await aws.stop();
    await start({ kept, ...options });
    return kept;
  };
  /** All that the API shows of an account. */
  const seen = async (accountId: string) => {
    const client = supportClient(aws, accountId);
    const input: DescribeCasesCommandInput = { includeResolvedCases: true, maxResults: 100 };
    const { cases = [] } = await client.send(new DescribeCasesCommand(input));
    return Promise.all(
      cases.map(async ({ recentCommunications, ...details }) => {
        const { caseId } = details;
        const all = await client.send(new DescribeCommunicationsCommand({ caseId, maxResults: 100 }));
        return { details, recent: recentCommunications?.communications, all: all.communications };
      }),
    );
  };

  beforeEach(async () => {
    now = START;
    await start();
  });
  afterEach(() => aws.stop());

  it('shows clients and people the same after a restart, former ids and ties included', async () => {
    const one = aws.openCase({
      subject: 'one',
      body: 'b',
      cc: ['team@example.com'],
      severity: 'high',
      language: 'ja',
    });
    const two = aws.openCase({ subject: 'two', body: 'b' });
    aws.openCase({ account: B, subject: 'of another account', body: 'b' });
    for (const body of ['same', 'same', 'last of this second']) aws.reply(one.caseId, { from: 'aws', body });
    now += DAY;
    aws.reply(one.caseId, { from: 'customer', body: 'thanks', submittedBy: 'maria@example.com' });
    aws.rename(two.caseId, 'case-second-name');
    aws.rename('case-second-name', 'case-third-name');
    aws.setSeverity(one.caseId, 'critical');
    aws.setStatus('case-third-name', 'a-new-word');
    const before = { a: await seen(A), b: await seen(B), cases: aws.cases() };

    await restart();
    assert.deepEqual({ a: await seen(A), b: await seen(B), cases: aws.cases() }, before);
    for (const id of [two.caseId, 'case-second-name', 'case-third-name']) {
      assert.equal(aws.case(id).caseId, 'case-third-name');
    }
    assert.deepEqual(aws.events, []);

    // The next of the same second comes behind those before the restart, and no id is given out twice.
    aws.reply(one.caseId, { from: 'aws', body: 'in the same second as the thanks' });
    const bodies = (await seen(A))
      .find(({ details }) => details.caseId === one.caseId)
      ?.all?.map(({ body }) => body);
    assert.deepEqual(bodies?.slice(0, 2), ['in the same second as the thanks', 'thanks']);
    const three = aws.openCase({ subject: 'three', body: 'b' });
    const all = aws.cases();
    assert.equal(all.at(-1)?.caseId, three.caseId);
    assert.equal(new Set(all.map(({ caseId }) => caseId)).size, 4);
    assert.equal(new Set(all.map(({ displayId }) => displayId)).size, 4);
    assert.equal(
      new Set(all.flatMap(({ communications }) => communications.map((c) => c.communicationId))).size,
      9,
    );
    assert.throws(() => aws.openCase({ subject: 's', body: 'b', caseId: two.caseId }), /exists already/);
  });

  it('knows for how long a resolved case can still be reopened', async () => {
    const [late, early] = ['late', 'early'].map((subject) => aws.openCase({ subject, body: 'b' }).caseId);
    assert.ok(late !== undefined && early !== undefined);
    aws.resolve(late);
    now += 10 * DAY;
    aws.resolve(early);
    await restart();
    now += 5 * DAY;
    const client = supportClient(aws);
    const reply = (caseId: string) =>
      client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody: 'Again.' }));
    assert.match((await refusal(reply(late))).message, /more than 14 days ago/);
    await reply(early);
    assert.deepEqual([aws.case(late).status, aws.case(early).status], ['resolved', 'reopened']);
    await restart();
    assert.deepEqual([aws.case(late).status, aws.case(early).status], ['resolved', 'reopened']);
  });

  it('keeps files byte by byte, and hands them out to clients and people', async () => {
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    const large = new Uint8Array(5 * 1024 * 1024 + 1).fill(7);
    const files = [
      { fileName: 'ünïcode.bin', data },
      { fileName: 'large.bin', data: large },
    ];
    const { caseId } = aws.openCase({ subject: 's', body: 'b', attachments: files });
    const client = supportClient(aws);
    const set = await client.send(
      new AddAttachmentsToSetCommand({ attachments: [{ fileName: 'set.txt', data }] }),
    );
    const input = { caseId, communicationBody: 'see file', attachmentSetId: set.attachmentSetId };
    await client.send(new AddCommunicationToCaseCommand(input));
    await restart();

    const [small, big, fromSet] = aws.case(caseId).communications.flatMap(({ attachments }) => attachments);
    assert.ok(small && big && fromSet);
    assert.deepEqual([small.size, big.size, fromSet.size], [256, large.length, 256]);
    const attachmentOf = (id: string, accountId: string) =>
      supportClient(aws, accountId).send(new DescribeAttachmentCommand({ attachmentId: id }));
    const { attachment } = await attachmentOf(fromSet.attachmentId, A);
    assert.equal(attachment?.fileName, 'set.txt');
    assert.deepEqual(Buffer.from(attachment?.data ?? []), Buffer.from(data));
    assert.equal((await refusal(attachmentOf(small.attachmentId, B))).name, 'AttachmentIdNotFound');

    const given = aws.attachment(small.attachmentId);
    assert.deepEqual([given?.fileName, Buffer.from(given?.data ?? [])], ['ünïcode.bin', Buffer.from(data)]);
    assert.deepEqual(Buffer.from(aws.attachment(big.attachmentId, A)?.data ?? []), Buffer.from(large));
    assert.equal(aws.attachment(small.attachmentId, B), undefined);
    assert.equal(aws.attachment('attachment-none'), undefined);
  });

  it('keeps how an account was changed, and otherwise goes by its options', async () => {
    aws.account(A).plan = 'none';
    aws.account(B).deny = ['ResolveCase'];
    const kept = await restart();
    assert.deepEqual(kept.accounts, [
      { id: A, plan: 'none', creations: [] },
      { id: B, deny: ['ResolveCase'], creations: [] },
    ]);
    assert.deepEqual([aws.account(A).plan, aws.account(A).deny], ['none', []]);
    assert.deepEqual([aws.account(B).plan, aws.account(B).deny], ['business', ['ResolveCase']]);
    aws.account(A).plan = 'business';
    await restart({ accounts: ACCOUNTS.slice(0, 1).map((each) => ({ ...each, plan: 'none' })) });
    assert.equal(aws.account(A).plan, 'none');
    assert.throws(() => aws.account(B));
  });

  it('counts cases created before the restart against the ten an hour', async () => {
    const create = () =>
      supportClient(aws).send(
        new CreateCaseCommand({
          subject: 's',
          communicationBody: 'b',
          serviceCode: 'billing',
          categoryCode: 'other',
          severityCode: 'low',
        }),
      );
    for (let n = 0; n < 10; n += 1) await create();
    await restart();
    assert.equal((await refusal(create())).name, 'CaseCreationLimitExceeded');
    now += 3_600_000;
    await restart();
    await create();
  });

  it('gives a copy, and takes one', async () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    const kept = aws.keep();
    aws.reply(caseId, { from: 'aws', body: 'later' });
    assert.equal(kept.cases[0]?.communications.length, 1);
    await aws.stop();
    await start({ kept });
    aws.reply(caseId, { from: 'aws', body: 'later' });
    assert.equal(kept.cases[0]?.communications.length, 1);
    assert.equal(aws.case(caseId).communications.length, 2);
  });

  it('shows a communication that was not shown yet when its time has come', async () => {
    await aws.stop();
    await start({ showDelayMs: 60_000 });
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    await restart();
    const shown = async () => (await seen(A)).find(({ details }) => details.caseId === caseId)?.all?.length;
    assert.equal(await shown(), 0);
    now += 60_000;
    assert.equal(await shown(), 1);
  });
});

describe('AWS stand-in: remembering only what is new', () => {
  it('keeps the newest calls and events, in arrays that stay the same', async () => {
    const aws = await startAws({ remember: 3, callsPerSecond: 'off' });
    const { calls, events } = aws;
    const ids = Array.from({ length: 5 }, (_, n) => aws.openCase({ subject: `${n}`, body: 'b' }).caseId);
    assert.deepEqual(
      events.map(({ detail }) => detail['case-id']),
      ids.slice(2),
    );
    const client = supportClient(aws);
    for (const caseId of ids) await client.send(new DescribeCommunicationsCommand({ caseId }));
    assert.deepEqual(
      calls.map(({ input, result }) => [input.caseId, result]),
      ids.slice(2).map((id) => [id, 'ok']),
    );
    assert.equal(aws.callsOf('DescribeCommunications').length, 3);
    assert.equal(aws.calls, calls);
    await aws.stop();
  });

  it('remembers everything when nothing is said, and refuses what is no number', async () => {
    const aws = await startAws();
    for (let n = 0; n < 50; n += 1) aws.openCase({ subject: `${n}`, body: 'b' });
    assert.equal(aws.events.length, 50);
    await aws.stop();
    await assert.rejects(startAws({ remember: -1 }), /-1/);
  });
});
