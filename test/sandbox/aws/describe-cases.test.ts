import assert from 'node:assert/strict';
import {
  DescribeCasesCommand,
  type DescribeCasesCommandInput,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, type AwsOptions, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const MINUTE = 60_000;

describe('AWS stand-in: DescribeCases', () => {
  let aws: Aws;
  let client: SupportClient;
  let now = START;

  const start = async (options: AwsOptions = {}) => {
    now = START;
    aws = await startAws({ now: () => now, callsPerSecond: 'off', ...options });
    client = supportClient(aws);
  };
  const describeCases = async (input: DescribeCasesCommandInput = {}) => {
    const { cases = [], nextToken } = await client.send(new DescribeCasesCommand(input));
    return { cases, nextToken, subjects: cases.map(({ subject }) => subject) };
  };
  const refused = async (input: DescribeCasesCommandInput) =>
    (await refusal(client.send(new DescribeCasesCommand(input)))).name;
  const open = (subject: string, at = now) => aws.openCase({ subject, body: `${subject}: text`, at });

  beforeEach(() => start());
  afterEach(() => aws.stop());

  it('tells everything of a case that the API knows', async () => {
    const opened = aws.openCase({
      subject: 'EC2 instance does not start',
      body: 'Help.',
      severity: 'urgent',
      service: 'amazon-elastic-compute-cloud-linux',
      category: 'instance-issue',
      submittedBy: 'AdminRole (Role) <janedoe@example.com>',
      cc: ['team@example.com'],
    });
    assert.match(opened.caseId, /^case-111122223333-muen-2026-[0-9a-f]{16}$/);
    assert.match(opened.displayId, /^\d{10}$/);
    const { cases } = await describeCases();
    assert.deepEqual(cases, [
      {
        caseId: opened.caseId,
        displayId: opened.displayId,
        subject: 'EC2 instance does not start',
        status: 'unassigned',
        serviceCode: 'amazon-elastic-compute-cloud-linux',
        categoryCode: 'instance-issue',
        severityCode: 'urgent',
        submittedBy: 'janedoe@example.com',
        timeCreated: '2026-03-01T00:00:00.000Z',
        ccEmailAddresses: ['team@example.com'],
        language: 'en',
        recentCommunications: {
          communications: [
            {
              caseId: opened.caseId,
              body: 'Help.',
              submittedBy: 'AdminRole (Role) <janedoe@example.com>',
              timeCreated: '2026-03-01T00:00:00.000Z',
              attachments: [],
              attachmentSet: [],
            },
          ],
        },
      },
    ]);
  });

  it('lists the newest first and pages with a token', async () => {
    for (let n = 0; n < 23; n += 1) open(`case ${n}`, START + n * MINUTE);
    const first = await describeCases({ maxResults: 10 });
    assert.deepEqual(first.subjects.slice(0, 2), ['case 22', 'case 21']);
    open('arrives in between', START + 60 * MINUTE);
    const second = await describeCases({ maxResults: 10, nextToken: first.nextToken });
    const third = await describeCases({ maxResults: 100, nextToken: second.nextToken });
    assert.equal(third.nextToken, undefined);
    const all = [...first.subjects, ...second.subjects, ...third.subjects];
    assert.deepEqual(
      all,
      Array.from({ length: 23 }, (_, n) => `case ${22 - n}`),
    );
  });

  it('has no token when the last page is just full', async () => {
    for (let n = 0; n < 10; n += 1) open(`case ${n}`);
    assert.equal((await describeCases({ maxResults: 10 })).nextToken, undefined);
  });

  it('orders things of the same second in either way, but always the same, across pages', async () => {
    for (const [ties, expected] of [
      ['newest-first', 'case 11'],
      ['oldest-first', 'case 0'],
    ] as const) {
      await aws.stop();
      await start({ ties });
      for (let n = 0; n < 12; n += 1) open(`case ${n}`, START + n * 70); // all in one second
      const first = await describeCases();
      const second = await describeCases({ nextToken: first.nextToken });
      assert.equal(first.subjects[0], expected);
      assert.equal(new Set([...first.subjects, ...second.subjects]).size, 12);
    }
  });

  it('takes only its own tokens, and only for the same question', async () => {
    for (let n = 0; n < 12; n += 1) open(`case ${n}`);
    const { nextToken } = await describeCases();
    assert.equal(await refused({ nextToken: 'made-up' }), 'ValidationException');
    assert.equal(await refused({ nextToken: '' }), 'ValidationException');
    assert.equal(await refused({ nextToken, includeResolvedCases: true }), 'ValidationException');
    assert.equal((await describeCases({ nextToken, includeCommunications: false })).cases.length, 2);
  });

  it('shows 10 to 100 cases a page, 10 unless told', async () => {
    for (let n = 0; n < 101; n += 1) open(`case ${n}`);
    assert.equal((await describeCases()).cases.length, 10);
    assert.equal((await describeCases({ maxResults: 100 })).cases.length, 100);
    assert.equal(await refused({ maxResults: 9 }), 'ValidationException');
    assert.equal(await refused({ maxResults: 101 }), 'ValidationException');
    await aws.stop();
    await start({ defaultPageSize: 3 });
    for (let n = 0; n < 5; n += 1) open(`case ${n}`);
    assert.equal((await describeCases()).cases.length, 3);
  });

  it('hides resolved cases unless asked for them, even by id', async () => {
    const { caseId, displayId } = open('done');
    open('open');
    aws.resolve(caseId);
    assert.deepEqual((await describeCases()).subjects, ['open']);
    assert.deepEqual((await describeCases({ caseIdList: [caseId] })).subjects, []);
    assert.deepEqual((await describeCases({ displayId })).subjects, []);
    const { cases } = await describeCases({ caseIdList: [caseId], includeResolvedCases: true });
    assert.equal(cases[0]?.status, 'resolved');
  });

  it('finds by case ids and refuses the list if one is unknown', async () => {
    const [a, b] = [open('a'), open('b'), open('c')];
    assert.ok(a && b);
    assert.deepEqual((await describeCases({ caseIdList: [a.caseId, b.caseId] })).subjects, ['b', 'a']);
    assert.equal(await refused({ caseIdList: [a.caseId, 'case-1'] }), 'CaseIdNotFound');
    assert.equal(await refused({ caseIdList: Array(101).fill(a.caseId) }), 'ValidationException');
    assert.equal((await describeCases({ caseIdList: [] })).cases.length, 3);
  });

  it('finds by display id', async () => {
    const { displayId } = open('a');
    open('b');
    assert.deepEqual((await describeCases({ displayId })).subjects, ['a']);
    assert.deepEqual((await describeCases({ displayId: '1' })).subjects, []);
  });

  it('filters by the time of creation, both ends included', async () => {
    for (let n = 0; n < 4; n += 1) open(`case ${n}`, START + n * MINUTE);
    const old = aws.cases()[0];
    now += 10 * MINUTE;
    aws.reply(old?.caseId ?? '', { from: 'aws', body: 'new word on an old case' });
    const window = { afterTime: '2026-03-01T00:01:00.000Z', beforeTime: '2026-03-01T00:02:00Z' };
    assert.deepEqual((await describeCases(window)).subjects, ['case 2', 'case 1']);
    assert.equal(await refused({ afterTime: 'yesterday' }), 'ValidationException');
    assert.equal(await refused({ afterTime: '2026-13-01T00:00:00Z' }), 'ValidationException');
  });

  it('filters by language', async () => {
    open('english');
    aws.openCase({ subject: 'japanese', body: 'b', language: 'ja' });
    assert.deepEqual((await describeCases({ language: 'ja' })).subjects, ['japanese']);
    assert.equal(await refused({ language: 'xx' }), 'ValidationException');
  });

  it('shows the 5 newest communications, and none when asked for none', async () => {
    const { caseId } = open('a');
    const recent = async () => (await describeCases()).cases[0]?.recentCommunications;
    for (let n = 1; n < 5; n += 1)
      aws.reply(caseId, { from: 'customer', body: `reply ${n}`, at: START + n * MINUTE });
    assert.equal((await recent())?.communications?.length, 5);
    assert.equal((await recent())?.nextToken, undefined);
    aws.reply(caseId, { from: 'aws', body: 'reply 5', at: START + 5 * MINUTE });
    const six = await recent();
    assert.deepEqual(
      six?.communications?.map(({ body }) => body),
      ['reply 5', 'reply 4', 'reply 3', 'reply 2', 'reply 1'],
    );
    assert.ok(six?.nextToken);
    const [bare] = (await describeCases({ includeCommunications: false })).cases;
    assert.equal(bare?.recentCommunications, undefined);
  });

  it('shows a communication only after the delay', async () => {
    await aws.stop();
    await start({ showDelayMs: 3000 });
    const { caseId } = open('a');
    const bodies = async () =>
      (await describeCases()).cases[0]?.recentCommunications?.communications?.map((c) => c.body);
    assert.deepEqual(await bodies(), []);
    now += 3000;
    aws.reply(caseId, { from: 'aws', body: 'late' });
    assert.deepEqual(await bodies(), ['a: text']);
    assert.equal(aws.case(caseId).communications.length, 2);
    now += 3000;
    assert.deepEqual(await bodies(), ['late', 'a: text']);
  });

  it('answers under the new id when a renamed case is asked for by the old one', async () => {
    const { caseId: old } = open('a');
    const fresh = 'case-111122223333-muen-2026-1YbOCmcjYqnFivIk';
    aws.rename(old, fresh);
    for (const input of [{}, { caseIdList: [old] }, { caseIdList: [fresh] }, { caseIdList: [old, fresh] }]) {
      const { cases } = await describeCases(input);
      assert.deepEqual(
        cases.map(({ caseId, recentCommunications }) => [
          caseId,
          recentCommunications?.communications?.[0]?.caseId,
        ]),
        [[fresh, fresh]],
      );
    }
  });

  it('forgets cases after 24 months', async () => {
    const old = open('old', Date.parse('2024-02-29T23:59:59Z'));
    open('just kept', Date.parse('2024-03-01T00:00:00Z'));
    assert.deepEqual((await describeCases({ includeResolvedCases: true })).subjects, ['just kept']);
    assert.equal(await refused({ caseIdList: [old.caseId] }), 'CaseIdNotFound');
  });

  it('refuses what the model does not know, and wrong types', async () => {
    const stray = { includeResolved: true } as DescribeCasesCommandInput;
    // The SDK drops members it does not know, so these are put on the wire.
    const raw = async (input: unknown) => {
      client.middlewareStack.add(
        (next) => (args) => {
          Object.assign(args.request as object, { body: JSON.stringify(input) });
          return next(args);
        },
        { step: 'build', priority: 'high', name: 'rawBody', override: true },
      );
      return refused({});
    };
    assert.equal(await raw(stray), 'ValidationException');
    assert.equal(await raw({ maxResults: '10' }), 'SerializationException');
    assert.equal(await raw({ caseIdList: ['a', 1] }), 'SerializationException');
    assert.equal(await raw([]), 'SerializationException');
  });

  it('does nothing in a dry run but say that it would have', async () => {
    open('a');
    assert.equal(await refused({ dryRun: true }), 'DryRunOperationException');
    assert.equal(await refused({ dryRun: true, maxResults: 1 }), 'ValidationException');
    assert.equal((await describeCases({ dryRun: false })).cases.length, 1);
  });
});
