import assert from 'node:assert/strict';
import {
  AddCommunicationToCaseCommand,
  DescribeCasesCommand,
  DescribeSeverityLevelsCommand,
  SupportClient,
  ThrottlingException,
} from '@aws-sdk/client-support';
import type { FaultOptions } from '../../../src/sandbox/aws/faults.js';
import { refusal } from '../../../src/sandbox/aws/refusal.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { supportClient } from './support-client.js';

describe('AWS stand-in: faults', () => {
  let aws: Aws;
  let client: SupportClient;
  let caseId: string;

  const reply = (abortSignal?: AbortSignal) =>
    client.send(
      new AddCommunicationToCaseCommand({ caseId, communicationBody: 'a reply' }),
      abortSignal ? { abortSignal } : {},
    );
  const replies = () => aws.case(caseId).communications.length - 1;
  const lastCall = () => {
    const { result, done } = aws.calls.at(-1) ?? {};
    return { result, done };
  };

  beforeEach(async () => {
    aws = await startAws({ callsPerSecond: 'off' });
    client = supportClient(aws);
    caseId = aws.openCase({ subject: 's', body: 'b' }).caseId;
  });
  afterEach(() => aws.stop());

  const answers: [FaultOptions, { name: string; status: number; done: boolean }][] = [
    [{ kind: 'throttle' }, { name: 'ThrottlingException', status: 400, done: false }],
    [
      { kind: 'status', status: 500 },
      { name: 'InternalServerError', status: 500, done: false },
    ],
    [
      { kind: 'status', status: 503 },
      { name: 'ServiceUnavailable', status: 503, done: false },
    ],
    [
      { kind: 'status-after', status: 500 },
      { name: 'InternalServerError', status: 500, done: true },
    ],
    [
      { kind: 'error', name: 'AccessDeniedException', message: 'no' },
      { name: 'AccessDeniedException', status: 400, done: false },
    ],
  ];
  for (const [fault, { name, status, done }] of answers) {
    it(`${fault.kind} ${'status' in fault ? fault.status : ''}: ${name}, ${done ? '' : 'not '}done`, async () => {
      aws.fault('AddCommunicationToCase', fault);
      const error = await refusal(reply());
      assert.equal(error.name, name);
      assert.deepEqual(lastCall(), { result: name, done });
      const { httpStatusCode } = (error as ThrottlingException).$metadata;
      assert.equal(httpStatusCode, status);
      assert.equal(replies(), done ? 1 : 0);
      assert.equal(error instanceof ThrottlingException, name === 'ThrottlingException');
      await reply(); // only once
      assert.equal(replies(), done ? 2 : 1);
    });
  }

  for (const [kind, done] of [
    ['hangup-before', false],
    ['hangup-after', true],
  ] as const) {
    it(`${kind}: no answer, ${done ? '' : 'not '}done`, async () => {
      aws.fault('*', { kind });
      const error = await refusal(reply());
      assert.equal(Reflect.get(error, 'code'), 'ECONNRESET');
      assert.deepEqual(lastCall(), { result: 'hangup', done });
      assert.equal(replies(), done ? 1 : 0);
    });
  }

  it('hold-before: done only when released', async () => {
    const fault = aws.fault('*', { kind: 'hold-before' });
    const held = reply();
    await fault.reached;
    assert.equal(replies(), 0);
    assert.deepEqual(lastCall(), { result: 'pending', done: false });
    fault.release();
    assert.equal((await held).result, true);
    assert.equal(replies(), 1);
  });

  it('hold-before: not done when the client is gone', async () => {
    const fault = aws.fault('*', { kind: 'hold-before' });
    const abort = new AbortController();
    const held = refusal(reply(abort.signal));
    await fault.reached;
    abort.abort();
    fault.release();
    assert.equal((await held).name, 'AbortError');
    await aws.until(() => lastCall().result === 'client-gone', { what: 'the client gone' });
    assert.equal(replies(), 0);
  });

  it('hold-before: a client that times out', async () => {
    const fault = aws.fault('*', { kind: 'hold-before' });
    const { accessKeyId, secretAccessKey } = aws.account('111122223333');
    client = new SupportClient({
      endpoint: aws.url,
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: { requestTimeout: 20, throwOnRequestTimeout: true },
    });
    const error = await refusal(reply());
    assert.equal(error.name, 'TimeoutError');
    assert.equal(Reflect.get(error, 'code'), 'ETIMEDOUT');
    await aws.until(() => lastCall().result === 'client-gone', { what: 'the client gone' });
    fault.release();
    assert.equal(replies(), 0);
  });

  it('hold-after: done at once, answered when released', async () => {
    const fault = aws.fault('*', { kind: 'hold-after' });
    const held = reply();
    await fault.reached;
    assert.equal(replies(), 1);
    assert.deepEqual(lastCall(), { result: 'pending', done: true });
    fault.release();
    assert.equal((await held).result, true);
    assert.deepEqual(lastCall(), { result: 'ok', done: true });
  });

  it('slow: done at once, answered later', async () => {
    const fault = aws.fault('*', { kind: 'slow', ms: 60_000 });
    const slow = reply();
    await fault.reached;
    assert.equal(replies(), 1);
    fault.cancel(); // nobody wants to wait for a minute
    assert.equal((await slow).result, true);
    aws.fault('*', { kind: 'slow', ms: 30 });
    const before = performance.now();
    await reply();
    assert.ok(performance.now() - before >= 25);
  });

  it('befalls only what it is meant for, as often as told', async () => {
    const fault = aws.fault('DescribeCases', {
      kind: 'throttle',
      times: 2,
      when: ({ input, account }) => input.displayId === '1' && account === '111122223333',
    });
    const describeCases = (displayId: string) => client.send(new DescribeCasesCommand({ displayId }));
    await client.send(new DescribeSeverityLevelsCommand({}));
    await describeCases('2');
    await refusal(describeCases('1'));
    await refusal(describeCases('1'));
    await describeCases('1');
    assert.equal(fault.hits, 2);
  });

  it('can be cancelled', async () => {
    const fault = aws.fault('*', { kind: 'throttle', times: Number.POSITIVE_INFINITY });
    await refusal(reply());
    await refusal(reply());
    fault.cancel();
    await reply();
    aws.fault('*', { kind: 'throttle' });
    aws.clearFaults();
    await reply();
  });

  it('goes down and comes up', async () => {
    const fault = aws.fault('*', { kind: 'hold-before' });
    const held = refusal(reply());
    await fault.reached;
    aws.down();
    assert.equal(Reflect.get(await held, 'code'), 'ECONNRESET');
    assert.equal(Reflect.get(await refusal(reply()), 'code'), 'ECONNRESET');
    aws.up();
    fault.release();
    await reply();
    assert.equal(replies(), 1);
  });

  it('stops although a call is held', async () => {
    const fault = aws.fault('*', { kind: 'hold-before' });
    const held = refusal(reply());
    await fault.reached;
    await aws.stop();
    await held;
    assert.equal(replies(), 0);
    assert.equal(Reflect.get(await refusal(reply()), 'code'), 'ECONNREFUSED');
  });
});
