import assert from 'node:assert/strict';
import {
  AddCommunicationToCaseCommand,
  CreateCaseCommand,
  DescribeCasesCommand,
  ResolveCaseCommand,
} from '@aws-sdk/client-support';
import { startEventBridge } from '../../../src/sandbox/aws/event-bridge.js';
import type { KeptAws } from '../../../src/sandbox/aws/kept-aws.js';
import { type Aws, type AwsOptions, startAws } from '../../../src/sandbox/aws/start-aws.js';
import type { CallEvent } from '../../../src/sandbox/aws/trail/call-event.js';
import { until } from '../../until.js';
import { ROOT, record, wrapped } from '../../world/cloudtrail.js';
import { supportClient } from './support-client.js';

const NOW = Date.parse('2026-03-01T10:20:30.456Z');
const SECRET = 'nobody may read this';
const OPENING = { subject: SECRET, body: SECRET, at: NOW };
/** Values of a record that are made anew for each. */
const OWN_VALUES = ['requestID', 'eventID', 'principalId', 'sessionContext'];

describe('AWS stand-in: CloudTrail', () => {
  let aws: Aws;
  const start = async (options: AwsOptions = { trail: { delayMs: 0 } }) => {
    aws = await startAws({ now: () => NOW, callsPerSecond: 'off', ...options });
  };
  afterEach(() => aws.stop());

  const names = () => aws.callEvents.map(({ detail }) => detail.eventName);
  const last = (): CallEvent => {
    const event = aws.callEvents.at(-1);
    assert.ok(event, 'a record');
    return event;
  };
  const bySdk = () => supportClient(aws);

  it('is off unless somebody wants it', async () => {
    await start({});
    const { caseId } = aws.openCase(OPENING);
    aws.resolve(caseId);
    await bySdk().send(new ResolveCaseCommand({ caseId }));
    assert.deepEqual([names(), aws.keep().callEvents], [[], []]);
  });

  it('writes of people in the console what AWS writes, and nothing of what they wrote', async () => {
    await start();
    const { caseId } = aws.openCase(OPENING);
    const created = last();
    aws.reply(caseId, { from: 'customer', body: SECRET });
    const added = last();
    aws.resolve(caseId);
    for (const [event, name] of [
      [created, 'CreateCase'],
      [added, 'AddCommunicationToCase'],
      [last(), 'ResolveCase'],
    ] as const) {
      const real = record(name, caseId, NOW, {
        userAgent: event.detail.userAgent,
        ...(name === 'CreateCase' && {
          requestParameters: {
            severityCode: 'low',
            categoryCode: 'using-aws',
            language: 'en',
            serviceCode: 'general-info',
            issueType: 'technical',
          },
        }),
        ...(name === 'ResolveCase' && {
          responseElements: { initialCaseStatus: 'unassigned', finalCaseStatus: 'resolved' },
        }),
      });
      const expected = wrapped(real, { id: event.id });
      assert.deepEqual(comparable(event), comparable(expected));
    }
    assert.equal(created.time, '2026-03-01T10:20:30Z');
    assert.doesNotMatch(JSON.stringify(aws.callEvents), new RegExp(SECRET));
  });

  it('writes of a program who signed, with what, and the request that AWS answered', async () => {
    await start();
    await bySdk().send(
      new CreateCaseCommand({
        subject: SECRET,
        communicationBody: SECRET,
        serviceCode: 'general-info',
        categoryCode: 'using-aws',
        severityCode: 'low',
      }),
    );
    const { detail } = last();
    const [{ caseId } = { caseId: '' }] = aws.cases();
    assert.deepEqual(detail.responseElements, { caseId });
    assert.equal(detail.requestID, aws.callsOf('CreateCase')[0]?.requestId);
    assert.match(String(detail.userAgent), /^aws-sdk-js\//);
    assert.match(JSON.stringify(detail.userIdentity), /"type":"IAMUser".*"userName":"casethread"/);
    assert.equal('sessionCredentialFromConsole' in detail, false);
    assert.doesNotMatch(JSON.stringify(detail), new RegExp(SECRET));

    const keys = aws.giveSession('arn:aws:iam::111122223333:role/CasethreadRole', 'casethread');
    const session = supportClient(aws, undefined, keys);
    await session.send(new ResolveCaseCommand({ caseId }));
    assert.match(
      JSON.stringify(last().detail.userIdentity),
      /"arn":"arn:aws:sts::111122223333:assumed-role\/CasethreadRole\/casethread".*"userName":"CasethreadRole"/,
    );
  });

  it('says why a call failed, and that one whose answer was lost did not', async () => {
    await start();
    const { caseId } = aws.openCase(OPENING);
    const add = () => bySdk().send(new AddCommunicationToCaseCommand({ caseId, communicationBody: SECRET }));
    aws.account('111122223333').deny = ['AddCommunicationToCase'];
    await assert.rejects(add());
    assert.equal(last().detail.errorCode, 'AccessDenied');
    assert.match(String(last().detail.errorMessage), /not authorized to perform: support:AddCommunication/);
    assert.deepEqual([last().detail.requestParameters, last().detail.responseElements], [{ caseId }, null]);
    aws.account('111122223333').deny = [];
    aws.fault('AddCommunicationToCase', { kind: 'throttle', times: 1 });
    await assert.rejects(add());
    assert.equal(last().detail.errorCode, 'ThrottlingException');
    aws.fault('AddCommunicationToCase', { kind: 'hangup-after', times: 1 });
    await assert.rejects(add());
    assert.equal('errorCode' in last().detail, false);
    assert.equal(names().length, 4);
  });

  it('writes nothing of what AWS does, of e-mail, of what only reads, and of what is to be silent', async () => {
    await start();
    const { caseId } = aws.openCase({ ...OPENING, silent: true });
    aws.reply(caseId, { from: 'aws', body: 'Hello.' });
    aws.reply(caseId, { from: 'customer', body: 'Hello.', submittedBy: 'maria@example.com' });
    aws.resolve(caseId, { by: null });
    await bySdk().send(new DescribeCasesCommand({}));
    assert.deepEqual(names(), []);
  });

  it('brings a record later, of the past at once, and what is not out yet after a restart', async () => {
    await start({ now: Date.now, trail: { delayMs: 60_000 } });
    const { caseId } = aws.openCase({ ...OPENING, at: Date.now() - 61_000 });
    assert.deepEqual(names(), ['CreateCase']);
    aws.resolve(caseId);
    assert.deepEqual(names(), ['CreateCase']);
    const kept = JSON.parse(JSON.stringify(aws.keep())) as KeptAws;
    await aws.stop();
    await start({ now: () => Date.now() + 120_000, trail: { delayMs: 60_000 }, kept });
    const heard: CallEvent[] = [];
    aws.onCallEvent((event) => heard.push(event));
    await until(() => heard.length === 1, 'the record');
    assert.equal(heard[0]?.detail.eventName, 'ResolveCase');
    assert.deepEqual(aws.keep().callEvents, []);
  });

  it('loses no record in place of the event that is to be lost', async () => {
    await start();
    const bridge = await startEventBridge({ target: 'http://127.0.0.1:9/', apiKey: 'key', aws });
    bridge.loseNext(1);
    bridge.send(wrapped(record('ResolveCase', 'case-1', NOW, ROOT)));
    assert.deepEqual([bridge.lost, bridge.toLose], [0, 1]);
    aws.openCase(OPENING);
    assert.deepEqual([bridge.lost, bridge.toLose, bridge.events], [1, 0, 3]);
    await bridge.stop();
  });
});

/** Without what is made anew, and what not every record has. */
function comparable(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, each: unknown) => {
      if (key === 'accessKeyId') return undefined;
      return OWN_VALUES.includes(key) ? typeof each : each;
    }),
  );
}
