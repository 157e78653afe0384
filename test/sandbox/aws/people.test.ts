import assert from 'node:assert/strict';
import { DescribeCasesCommand } from '@aws-sdk/client-support';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import type { SupportEvent } from '../../../src/sandbox/aws/support-event.js';
import { supportClient } from './support-client.js';

const START = Date.parse('2026-03-01T00:00:00.750Z');

describe('AWS stand-in: people and their events', () => {
  let aws: Aws;
  const names = () => aws.events.map(({ detail }) => detail['event-name']);

  beforeEach(async () => {
    aws = await startAws({ now: () => START });
  });
  afterEach(() => aws.stop());

  it('makes events of the documented shape', () => {
    const { caseId, displayId } = aws.openCase({ subject: 's', body: 'b' });
    aws.reply(caseId, { from: 'aws', body: 'hello', at: START + 60_000 });
    const [created, replied] = aws.events;
    assert.match(created?.id ?? '', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.deepEqual(created, {
      version: '0',
      id: created?.id,
      'detail-type': 'Support Case Update',
      source: 'aws.support',
      account: '111122223333',
      time: '2026-03-01T00:00:00Z',
      region: 'us-east-1',
      resources: [],
      detail: {
        'case-id': caseId,
        'display-id': displayId,
        'communication-id': '',
        'event-name': 'CreateCase',
        origin: '',
      },
    });
    assert.equal(replied?.time, '2026-03-01T00:01:00Z');
    assert.equal(replied?.detail.origin, 'AWS');
    assert.notEqual(replied?.id, created?.id);
  });

  it('makes one event for each deed, and none for status, severity and new ids', () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    aws.reply(caseId, { from: 'customer', body: 'more' });
    aws.setStatus(caseId, 'something-new');
    aws.setSeverity(caseId, 'high');
    aws.resolve(caseId);
    aws.resolve(caseId);
    aws.reply(caseId, { from: 'customer', body: 'again' });
    aws.rename(caseId, 'case-x');
    assert.deepEqual(names(), [
      'CreateCase',
      'AddCommunicationToCase',
      'ResolveCase',
      'ReopenCase',
      'AddCommunicationToCase',
    ]);
    assert.equal(aws.case(caseId).severityCode, 'high');
  });

  it('makes no event of silent deeds', () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b', silent: true });
    aws.reply(caseId, { from: 'aws', body: 'quiet', silent: true });
    aws.resolve(caseId, { silent: true });
    assert.deepEqual(names(), []);
    assert.equal(aws.case(caseId).status, 'resolved');
  });

  it('announces the opening text beside the case when told to', async () => {
    const both = await startAws({ openingEvent: true });
    try {
      const { communications } = both.openCase({ subject: 's', body: 'b' });
      assert.deepEqual(
        both.events.map(({ detail }) => [detail['event-name'], detail['communication-id'], detail.origin]),
        [
          ['CreateCase', '', ''],
          ['AddCommunicationToCase', communications[0]?.communicationId, 'CUSTOMER'],
        ],
      );
    } finally {
      await both.stop();
    }
  });

  it('tells listeners at once, after the deed is complete', () => {
    const heard: [SupportEvent, string][] = [];
    const stop = aws.onEvent((event) => heard.push([event, aws.case(event.detail['case-id']).status]));
    let changes = 0;
    aws.onChange(() => {
      changes += 1;
    });
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    aws.resolve(caseId);
    stop();
    aws.reply(caseId, { from: 'aws', body: 'unheard' });
    assert.deepEqual(
      heard.map(([event, status]) => [event.detail['event-name'], status]),
      [
        ['CreateCase', 'unassigned'],
        ['ResolveCase', 'resolved'],
      ],
    );
    assert.equal(changes, 3);
  });

  it('keeps communications oldest first, whatever the order of telling', () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'first' });
    aws.reply(caseId, { from: 'aws', body: 'third', at: START + 60_000 });
    aws.reply(caseId, { from: 'aws', body: 'second', at: START });
    const bodies = aws.case(caseId).communications.map(({ body }) => body);
    assert.deepEqual(bodies, ['first', 'second', 'third']);
  });

  it('gives copies', () => {
    const before = aws.openCase({ subject: 's', body: 'b' });
    aws.reply(before.caseId, { from: 'aws', body: 'new' });
    assert.equal(before.communications.length, 1);
    before.communications.length = 0;
    assert.equal(aws.case(before.caseId).communications.length, 2);
  });

  it('takes ids as they come, but no id twice, and says which cases there are', () => {
    const id = 'case-111122223333-muen-2022-7118885805350839';
    const opened = aws.openCase({ subject: 's', body: 'b', caseId: id, displayId: '1234563851' });
    assert.deepEqual([opened.caseId, opened.displayId], [id, '1234563851']);
    assert.throws(() => aws.openCase({ subject: 's', body: 'b', caseId: id }), /exists already/);
    assert.throws(() => aws.case('case-0'), /no case case-0[\s\S]*1234563851/);
    assert.throws(() => aws.setStatus(id, 'resolved'), /resolve\(\)/);
    assert.throws(() => aws.openCase({ account: '1', subject: 's', body: 'b' }), /no account 1/);
    const other = aws.openCase({ subject: 't', body: 'b' });
    assert.throws(() => aws.rename(other.caseId, id), /taken/);
  });

  it('waits for a condition', async () => {
    const { caseId } = aws.openCase({ subject: 's', body: 'b' });
    const waiting = aws.until(() => aws.case(caseId).status === 'resolved', { what: 'resolved' });
    aws.resolve(caseId);
    await waiting;
    const called = aws.until(() => aws.callsOf('DescribeCases')[0]?.result === 'ok', { what: 'a call' });
    await supportClient(aws).send(new DescribeCasesCommand({}));
    await called;
    assert.equal(aws.callsOf('ResolveCase').length, 0);
  });

  it('says what there is when it waited in vain', async () => {
    const { displayId } = aws.openCase({ subject: 'the subject', body: 'the text' });
    await supportClient(aws).send(new DescribeCasesCommand({ maxResults: 11 }));
    const vain = aws.until(() => false, { what: 'a miracle', timeoutMs: 5 });
    await assert.rejects(vain, (error: Error) => {
      for (const part of ['a miracle', displayId, 'the subject', 'the text', '"maxResults":11', '-> ok']) {
        assert.ok(error.message.includes(part), part);
      }
      return true;
    });
    await assert.rejects(
      aws.until(() => assert.fail('broken predicate'), { what: 'x' }),
      /broken predicate/,
    );
  });
});
