import assert from 'node:assert/strict';
import {
  CreateCaseCommand,
  type CreateCaseCommandInput,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const GOOD: CreateCaseCommandInput = {
  subject: 'TEST CASE-Please ignore',
  communicationBody: 'Nothing to do.',
  serviceCode: 'aws-lambda',
  categoryCode: 'performance',
  severityCode: 'low',
};

describe('AWS stand-in: CreateCase, services, severities', () => {
  let aws: Aws;
  let client: SupportClient;
  let now: number;

  const create = (change: Partial<CreateCaseCommandInput> = {}) =>
    client.send(new CreateCaseCommand({ ...GOOD, ...change }));
  const refused = async (change: Partial<CreateCaseCommandInput>) => (await refusal(create(change))).name;

  beforeEach(async () => {
    now = Date.parse('2026-03-01T00:00:00Z');
    aws = await startAws({ now: () => now, callsPerSecond: 'off' });
    client = supportClient(aws);
  });
  afterEach(() => aws.stop());

  it('makes a case and one event', async () => {
    const { caseId } = await create({
      ccEmailAddresses: ['a@example.com'],
      language: 'ja',
      issueType: 'technical',
    });
    const state = aws.case(caseId ?? '');
    assert.equal(state.subject, GOOD.subject);
    assert.equal(state.status, 'unassigned');
    assert.equal(state.submittedBy, 'casethread@example.com');
    assert.equal(state.language, 'ja');
    assert.deepEqual(state.ccEmailAddresses, ['a@example.com']);
    assert.deepEqual(
      state.communications.map(({ body, submittedBy }) => [body, submittedBy]),
      [['Nothing to do.', 'CasethreadRole (Role) <casethread@example.com>']],
    );
    assert.deepEqual(
      aws.events.map(({ detail }) => detail),
      [
        {
          'case-id': caseId,
          'display-id': state.displayId,
          'communication-id': '',
          'event-name': 'CreateCase',
          origin: '',
        },
      ],
    );
  });

  it('requires what the service needs, and only known codes', async () => {
    for (const change of [
      { subject: undefined },
      { subject: '' },
      { communicationBody: undefined },
      { communicationBody: 'x'.repeat(8001) },
      { serviceCode: undefined },
      { serviceCode: 'Lambda' },
      { categoryCode: 'instance-issue' },
      { severityCode: 'sev1' },
      { language: 'de' },
      { issueType: 'billing' },
      { ccEmailAddresses: Array(11).fill('a@example.com') },
    ]) {
      assert.equal(await refused(change), 'ValidationException', JSON.stringify(change));
    }
    assert.equal(await refused({ attachmentSetId: 'as-0' }), 'AttachmentSetIdNotFound');
    assert.equal(await refused({ dryRun: true }), 'DryRunOperationException');
    assert.deepEqual(aws.cases(), []);
    assert.deepEqual(aws.events, []);
  });

  it('makes 10 cases an hour', async () => {
    for (let n = 0; n < 10; n += 1) await create();
    assert.equal(await refused({}), 'CaseCreationLimitExceeded');
    now += 3_600_000;
    await create();
    assert.equal(aws.cases().length, 11);
  });

  it('gives out the codes', async () => {
    const all = await client.send(new DescribeServicesCommand({}));
    const lambda = await client.send(new DescribeServicesCommand({ serviceCodeList: ['aws-lambda'] }));
    assert.ok((all.services?.length ?? 0) > 3);
    assert.deepEqual(
      lambda.services?.map(({ code, name }) => [code, name]),
      [['aws-lambda', 'Lambda']],
    );
    assert.ok(lambda.services?.[0]?.categories?.some(({ code }) => code === 'performance'));
    const { severityLevels } = await client.send(new DescribeSeverityLevelsCommand({ language: 'en' }));
    assert.deepEqual(
      severityLevels?.map(({ code }) => code),
      ['low', 'normal', 'high', 'urgent', 'critical'],
    );
  });
});
