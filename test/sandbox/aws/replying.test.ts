import assert from 'node:assert/strict';
import {
  AddCommunicationToCaseCommand,
  type AddCommunicationToCaseCommandInput,
  DescribeCasesCommand,
  ResolveCaseCommand,
  type SupportClient,
} from '@aws-sdk/client-support';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

const START = Date.parse('2026-03-01T00:00:00Z');
const DAY = 24 * 3_600_000;

describe('AWS stand-in: replying and resolving', () => {
  let aws: Aws;
  let client: SupportClient;
  let caseId: string;
  let now: number;

  const add = (communicationBody: string, rest: Partial<AddCommunicationToCaseCommandInput> = {}) =>
    client.send(new AddCommunicationToCaseCommand({ caseId, communicationBody, ...rest }));
  const refused = async (body: string, rest: Partial<AddCommunicationToCaseCommandInput> = {}) =>
    (await refusal(add(body, rest))).name;
  const eventNames = () => aws.events.map(({ detail }) => detail['event-name']);
  const lastBody = () => aws.case(caseId).communications.at(-1)?.body;

  beforeEach(async () => {
    now = START;
    aws = await startAws({ now: () => now, callsPerSecond: 'off' });
    client = supportClient(aws);
    caseId = aws.openCase({ subject: 's', body: 'b', silent: true }).caseId;
    now += 5000;
  });
  afterEach(() => aws.stop());

  it('answers true, keeps the text under the role that called, and makes an event', async () => {
    assert.equal((await add('a reply')).result, true);
    const { communicationId, ...last } = aws.case(caseId).communications.at(-1) ?? {};
    assert.deepEqual(last, {
      from: 'customer',
      body: 'a reply',
      submittedBy: 'CasethreadRole (Role) <casethread@example.com>',
      timeCreated: '2026-03-01T00:00:05.000Z',
      attachments: [],
    });
    const [event] = aws.events;
    assert.deepEqual(event?.detail, {
      'case-id': caseId,
      'display-id': aws.case(caseId).displayId,
      'communication-id': communicationId,
      'event-name': 'AddCommunicationToCase',
      origin: 'CUSTOMER',
    });
    assert.match(communicationId ?? '', /^ekko:us-east-1:[0-9a-f-]{36}$/);
  });

  it('takes 1 to 8000 characters', async () => {
    assert.equal(await refused(''), 'ValidationException');
    assert.equal(await refused('x'.repeat(8001)), 'ValidationException');
    assert.equal(await refused(`${'x'.repeat(7999)}😀`), 'ValidationException');
    await add('x'.repeat(8000));
    assert.equal(lastBody()?.length, 8000);
    assert.equal(aws.events.length, 1);
  });

  it('takes up to 10 addresses, adds them to the case, and knows no uploads', async () => {
    const addresses = Array.from({ length: 10 }, (_, n) => `person${n}@example.com`);
    await add('a', { ccEmailAddresses: addresses });
    await add('b', { ccEmailAddresses: ['person3@example.com', 'new@example.com'] });
    assert.deepEqual(aws.case(caseId).ccEmailAddresses, [...addresses, 'new@example.com']);
    assert.equal(
      await refused('c', { ccEmailAddresses: [...addresses, 'x@example.com'] }),
      'ValidationException',
    );
    assert.equal(await refused('d', { ccEmailAddresses: ['not an address'] }), 'ValidationException');
    assert.equal(await refused('e', { uploadIds: ['u'] }), 'UploadIdNotFound');
    await add('f', { ccEmailAddresses: [], uploadIds: [] });
  });

  it('needs a case of this account', async () => {
    assert.equal(await refused('a', { caseId: 'case-0' }), 'CaseIdNotFound');
    assert.equal(await refused('a', { caseId: undefined }), 'ValidationException');
  });

  it('does nothing in a dry run', async () => {
    assert.equal(await refused('a', { dryRun: true }), 'DryRunOperationException');
    assert.equal(await refused('', { dryRun: true }), 'ValidationException');
    assert.equal(aws.case(caseId).communications.length, 1);
    assert.deepEqual(aws.events, []);
  });

  it('redacts secrets before it stores them', async () => {
    await add(
      'key: aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY and card 4111 1111 1111 1111.',
    );
    assert.equal(
      lastBody(),
      'key: aws_secret_access_key = [REDACTED_BY_AWS_SUPPORT] and card [REDACTED_BY_AWS_SUPPORT]-1111.',
    );
  });

  it('moves the turn to and fro', async () => {
    const status = () => aws.case(caseId).status;
    aws.setStatus(caseId, 'work-in-progress');
    await add('one more thing');
    assert.equal(status(), 'work-in-progress');
    aws.reply(caseId, { from: 'aws', body: 'what is the instance id?' });
    assert.equal(status(), 'pending-customer-action');
    await add('i-1234');
    assert.equal(status(), 'customer-action-completed');
    aws.reply(caseId, { from: 'aws', body: 'and the Region?' });
    aws.reply(caseId, { from: 'customer', body: 'us-east-1', submittedBy: 'someone@example.com' });
    assert.equal(status(), 'customer-action-completed');
    assert.deepEqual(
      aws.events.map(({ detail }) => detail.origin),
      ['CUSTOMER', 'AWS', 'CUSTOMER', 'AWS', 'CUSTOMER'],
    );
  });

  it('resolves, once', async () => {
    aws.setStatus(caseId, 'opened');
    const resolve = async () => {
      const { initialCaseStatus, finalCaseStatus } = await client.send(new ResolveCaseCommand({ caseId }));
      return [initialCaseStatus, finalCaseStatus];
    };
    const dryRun = client.send(new ResolveCaseCommand({ caseId, dryRun: true }));
    assert.equal((await refusal(dryRun)).name, 'DryRunOperationException');
    assert.deepEqual(await resolve(), ['opened', 'resolved']);
    assert.deepEqual(await resolve(), ['resolved', 'resolved']);
    assert.deepEqual(eventNames(), ['ResolveCase']);
    assert.equal(aws.events[0]?.detail.origin, '');
    assert.equal(aws.events[0]?.detail['communication-id'], '');
    const unknown = client.send(new ResolveCaseCommand({ caseId: 'case-0' }));
    assert.equal((await refusal(unknown)).name, 'CaseIdNotFound');
  });

  it('reopens by a reply, up to 14 days after', async () => {
    aws.resolve(caseId);
    now += 14 * DAY;
    await add('still broken');
    assert.equal(aws.case(caseId).status, 'reopened');
    assert.deepEqual(eventNames(), ['ResolveCase', 'ReopenCase', 'AddCommunicationToCase']);
    const { cases } = await client.send(new DescribeCasesCommand({}));
    assert.equal(cases?.[0]?.status, 'reopened');
  });

  it('refuses a reply later than that, and does nothing', async () => {
    aws.resolve(caseId);
    now += 14 * DAY + 1000;
    assert.equal(await refused('too late'), 'ValidationException');
    assert.equal(await refused('too late', { dryRun: true }), 'ValidationException');
    assert.equal(aws.case(caseId).status, 'resolved');
    assert.deepEqual(eventNames(), ['ResolveCase']);
    assert.throws(() => aws.reply(caseId, { from: 'customer', body: 'by console' }), /14 days/);
  });

  it('stays resolved when AWS adds a word', () => {
    aws.resolve(caseId);
    aws.reply(caseId, { from: 'aws', body: 'Thank you.' });
    assert.equal(aws.case(caseId).status, 'resolved');
    assert.deepEqual(eventNames(), ['ResolveCase', 'AddCommunicationToCase']);
  });

  it('follows a renamed case', async () => {
    aws.rename(caseId, 'case-new');
    await add('to the old id');
    assert.equal(aws.case('case-new').communications.length, 2);
    assert.equal(aws.events[0]?.detail['case-id'], 'case-new');
  });
});
