import assert from 'node:assert/strict';
import { SupportClient } from '@aws-sdk/client-support';
import type { Aws } from '../../src/sandbox/aws/start-aws.js';
import { toSupportError } from '../../src/support/errors.js';
import { needsPerson, SupportError } from '../../src/support/support-error.js';
import { type Room, type RoomOptions, startRoom } from './support-room.js';

type Outcome = Pick<SupportError, 'kind' | 'happened' | 'code' | 'sentence'>;

const clientWith = (credentials: ConstructorParameters<typeof SupportClient>[0]) => (aws: Aws) =>
  new SupportClient({ endpoint: aws.url, region: 'us-east-1', maxAttempts: 1, ...credentials });

describe('AWS Support: errors', () => {
  let room: Room;
  afterEach(() => room.stop());

  async function failure(arrange: (aws: Aws) => unknown, options: RoomOptions = {}): Promise<Outcome> {
    room = await startRoom(options);
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    await arrange(room.aws);
    try {
      await room.api.getCase(caseId);
    } catch (error) {
      assert.ok(error instanceof SupportError, String(error));
      assert.ok(error.cause instanceof Error, 'the cause is lost');
      assert.deepEqual(room.counted, [`DescribeCases ${error.kind}`]);
      return error;
    }
    throw new Error('nothing went wrong');
  }

  it('an account without a plan needs a person, who is told which plans there are', async () => {
    const { kind, happened, sentence } = await failure((aws) => {
      aws.account('111122223333').plan = 'none';
    });
    assert.deepEqual([kind, happened], ['no-plan', 'no']);
    assert.match(sentence, /Business Support\+, Enterprise Support and Unified Operations/);
  });

  it('a role without the permission needs a person, who is told which one', async () => {
    const { kind, happened, sentence } = await failure((aws) => {
      aws.account('111122223333').deny = ['DescribeCases'];
    });
    assert.deepEqual([kind, happened], ['no-permission', 'no']);
    assert.match(sentence, /support:DescribeCases/);
  });

  it('a wrong secret and a wrong key need a person, who is told about the credentials', async () => {
    for (const [accessKeyId, secretAccessKey] of [
      ['AKIACASETHREADTEST11', 'wrong'],
      ['AKIASOMEBODYELSE0001', 'wrong'],
    ] as const) {
      const client = clientWith({ credentials: { accessKeyId, secretAccessKey } });
      const { kind, happened, sentence } = await failure(() => undefined, { client });
      assert.deepEqual([kind, happened], ['no-permission', 'no']);
      assert.match(sentence, /credentials/);
      await room.stop();
    }
  });

  it('no credentials at all need a person, and nothing is sent', async () => {
    const client = clientWith({
      credentials: async () => {
        throw Object.assign(new Error('no credentials anywhere'), { name: 'CredentialsProviderError' });
      },
    });
    const { kind, happened } = await failure(() => undefined, { client });
    assert.deepEqual([kind, happened], ['no-permission', 'no']);
    assert.equal(room.aws.calls.length, 0);
  });

  for (const name of ['ExpiredTokenException', 'OptInRequired', 'UnrecognizedClientException']) {
    it(`${name} needs a person, who is told about the credentials`, async () => {
      const { kind, sentence } = await failure((aws) =>
        aws.fault('DescribeCases', { kind: 'error', name, status: 403 }),
      );
      assert.equal(kind, 'no-permission');
      assert.ok(sentence.includes(name));
    });
  }

  it('throttling passes by itself, under each of its names', async () => {
    for (const name of [
      'ThrottlingException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'SlowDown',
    ]) {
      const { kind, happened } = await failure((aws) =>
        aws.fault('DescribeCases', { kind: 'error', name, status: 400 }),
      );
      assert.deepEqual([kind, happened], ['throttled', 'no']);
      await room.stop();
    }
  });

  it('a refused connection passes by itself, and nothing happened', async () => {
    const { kind, happened, code } = await failure((aws) => aws.stop());
    assert.deepEqual([kind, happened, code], ['unreachable', 'no', 'ECONNREFUSED']);
  });

  for (const fault of [
    { kind: 'hangup-before' },
    { kind: 'hangup-after' },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
  ] as const) {
    it(`${JSON.stringify(fault)} passes by itself, and nobody knows what happened`, async () => {
      const { kind, happened } = await failure((aws) => aws.fault('DescribeCases', fault));
      assert.deepEqual([kind, happened], ['unreachable', 'maybe']);
    });
  }

  it('an answer that does not come in time is no certainty', async () => {
    const client = (aws: Aws) =>
      clientWith({
        credentials: {
          accessKeyId: 'AKIACASETHREADTEST11',
          secretAccessKey: 'casethread-test-secret-of-111122223333',
        },
        requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true },
      })(aws);
    const { kind, happened } = await failure((aws) => aws.fault('DescribeCases', { kind: 'hold-before' }), {
      client,
    });
    assert.deepEqual([kind, happened], ['unreachable', 'maybe']);
  });

  it('what AWS does not accept is said in its words', async () => {
    const { kind, happened, sentence } = await failure((aws) =>
      aws.fault('DescribeCases', {
        kind: 'error',
        name: 'ValidationException',
        message: 'too long',
        status: 400,
      }),
    );
    assert.deepEqual([kind, happened], ['refused', 'no']);
    assert.match(sentence, /too long \(ValidationException\)/);
  });

  it('an error that is ours stays as it is, and one of another kind is no certainty', async () => {
    room = await startRoom();
    const ours = new SupportError('no-plan', 'x', 'x', 'no');
    assert.equal(toSupportError(ours, 'DescribeCases'), ours);
    assert.equal(toSupportError('x', 'DescribeCases').happened, 'maybe');
  });

  it('only what no waiting mends needs a person', () => {
    const kinds = ['not-found', 'no-plan', 'no-permission', 'throttled', 'unreachable', 'refused'] as const;
    assert.deepEqual(
      kinds.filter((kind) => needsPerson(new SupportError(kind, 'x', 'x', 'no'))),
      ['no-plan', 'no-permission'],
    );
  });
});
