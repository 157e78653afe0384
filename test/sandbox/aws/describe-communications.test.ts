import assert from 'node:assert/strict';
import {
  DescribeCasesCommand,
  DescribeCommunicationsCommand,
  type DescribeCommunicationsCommandInput,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const MINUTE = 60_000;

describe('AWS stand-in: DescribeCommunications', () => {
  let aws: Aws;
  let client: SupportClient;
  let caseId: string;

  const read = async (input: Partial<DescribeCommunicationsCommandInput> = {}) => {
    const { communications = [], nextToken } = await client.send(
      new DescribeCommunicationsCommand({ caseId, ...input }),
    );
    return { communications, nextToken, bodies: communications.map(({ body }) => body) };
  };
  const refused = async (input: Partial<DescribeCommunicationsCommandInput>) =>
    (await refusal(client.send(new DescribeCommunicationsCommand({ caseId, ...input })))).name;
  const say = (body: string, at: number) => aws.reply(caseId, { from: 'customer', body, at });

  beforeEach(async () => {
    aws = await startAws({ now: () => START, callsPerSecond: 'off' });
    client = supportClient(aws);
    caseId = aws.openCase({ subject: 's', body: 'text 0' }).caseId;
  });
  afterEach(() => aws.stop());

  it('lists the newest first, in whole seconds, AWS under its plain name', async () => {
    say('by us', START + MINUTE + 999);
    aws.reply(caseId, { from: 'aws', body: 'by them', at: START + 2 * MINUTE, submittedBy: 'never this' });
    const { communications } = await read();
    assert.deepEqual(
      communications.map(({ body, submittedBy, timeCreated }) => [body, submittedBy, timeCreated]),
      [
        ['by them', 'Amazon Web Services', '2026-03-01T00:02:00.000Z'],
        ['by us', 'AdminRole (Role) <janedoe@example.com>', '2026-03-01T00:01:00.000Z'],
        ['text 0', 'AdminRole (Role) <janedoe@example.com>', '2026-03-01T00:00:00.000Z'],
      ],
    );
  });

  it('continues where recentCommunications ended', async () => {
    for (let n = 1; n < 18; n += 1) say(`text ${n}`, START + n * MINUTE);
    const { cases } = await client.send(new DescribeCasesCommand({ caseIdList: [caseId] }));
    const recent = cases?.[0]?.recentCommunications;
    say('arrives in between', START + 60 * MINUTE);
    const second = await read({ nextToken: recent?.nextToken });
    const third = await read({ nextToken: second.nextToken });
    assert.equal(second.bodies.length, 10);
    assert.equal(third.nextToken, undefined);
    const all = [
      ...(recent?.communications ?? []).map(({ body }) => body),
      ...second.bodies,
      ...third.bodies,
    ];
    assert.deepEqual(
      all,
      Array.from({ length: 18 }, (_, n) => `text ${17 - n}`),
    );
  });

  it('neither repeats nor skips among many of the same second', async () => {
    for (let n = 1; n < 25; n += 1) say(`text ${n}`, START);
    const first = await read();
    const second = await read({ nextToken: first.nextToken });
    const third = await read({ nextToken: second.nextToken });
    assert.equal(new Set([...first.bodies, ...second.bodies, ...third.bodies]).size, 25);
  });

  it('takes no token of another case or another question', async () => {
    for (let n = 1; n < 12; n += 1) say(`text ${n}`, START);
    const { nextToken } = await read();
    const other = aws.openCase({ subject: 'other', body: 'b' });
    assert.equal(await refused({ caseId: other.caseId, nextToken }), 'ValidationException');
    assert.equal(await refused({ afterTime: '2026-01-01', nextToken }), 'ValidationException');
    const cases = client.send(new DescribeCasesCommand({ nextToken }));
    assert.equal((await refusal(cases)).name, 'ValidationException');
  });

  it('filters by time, both ends included', async () => {
    for (let n = 1; n < 4; n += 1) say(`text ${n}`, START + n * MINUTE);
    const bodies = async (input: Partial<DescribeCommunicationsCommandInput>) => (await read(input)).bodies;
    assert.deepEqual(await bodies({ afterTime: '2026-03-01T00:02:00Z' }), ['text 3', 'text 2']);
    assert.deepEqual(await bodies({ afterTime: '2026-03-01T00:02:00.001Z' }), ['text 3']);
    assert.deepEqual(await bodies({ beforeTime: '2026-03-01T00:01:00.000Z' }), ['text 1', 'text 0']);
  });

  it('refuses wrong page sizes, unknown cases and a missing case id', async () => {
    assert.equal(await refused({ maxResults: 9 }), 'ValidationException');
    assert.equal(await refused({ maxResults: 101 }), 'ValidationException');
    assert.equal(await refused({ caseId: 'case-0' }), 'CaseIdNotFound');
    assert.equal(await refused({ caseId: undefined }), 'ValidationException');
    assert.equal(await refused({ dryRun: true }), 'DryRunOperationException');
    assert.equal(await refused({ caseId: 'case-0', dryRun: true }), 'CaseIdNotFound');
  });
});
