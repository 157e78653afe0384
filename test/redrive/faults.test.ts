import assert from 'node:assert/strict';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { RedriveRoom } from './redrive-room.js';

describe('npm run redrive, when AWS does not do as it should', () => {
  let room: RedriveRoom;
  afterEach(() => room.close());

  const needed = ['GetQueueUrl', 'GetQueueAttributes', 'ReceiveMessage', 'DeleteMessage'];
  for (const action of needed) {
    it(`says which permission is missing: ${action}`, async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.control.deny(`sqs:${action}`);
      assert.equal(await room.run(), 1);
      assert.match(room.output, new RegExp(`may not do sqs:${action} on the queue casethread-undelivered`));
      assert.match(room.output, /npm run redrive needs sqs:GetQueueUrl, .* sqs:ChangeMessageVisibility/);
      assert.equal(room.visible, 1);
    });
  }

  it('says when the queue shows again what it may not give back', async () => {
    room = await RedriveRoom.open();
    room.undelivered();
    room.control.deny('sqs:ChangeMessageVisibility');
    assert.equal(await room.run(['--dry-run']), 0);
    assert.match(room.output, /shows itself again after 10 minutes: it could not be given back/);
    assert.equal(room.queue.messages.length, 1);
  });

  it('needs those five permissions and no other', async () => {
    room = await RedriveRoom.open();
    room.undelivered();
    room.undelivered();
    room.answer = (n) => (n === 0 ? { status: 400 } : { status: 202, body: { accepted: 1 } });
    await room.run();
    assert.deepEqual(
      room.control.usedActions().filter((action) => action !== 'sqs:CreateQueue'),
      [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
    );
  });

  it('says that there is no such queue, where that is so', async () => {
    room = await RedriveRoom.open();
    assert.equal(await room.run(['--to', room.botUrl, '--region', 'eu-west-1']), 1);
    assert.match(room.output, /There is no queue casethread-undelivered in eu-west-1 of this account/);
    room.printed.length = 0;
    assert.equal(await room.run(['--to', room.botUrl, '--name', 'other']), 1);
    assert.match(room.output, /There is no queue other-undelivered in us-east-1/);
  });

  it('says that the credentials have expired, also half-way', async () => {
    room = await RedriveRoom.open();
    room.undelivered();
    room.undelivered();
    const [held] = room.control.credentials;
    assert.ok(held);
    room.answer = (n) => {
      if (n === 1) held.expired = true;
      return { status: 202, body: { accepted: 1, duplicates: 0, ignored: 0 } };
    };
    assert.equal(await room.run(), 1);
    assert.match(room.output, /2 events delivered/);
    assert.match(room.output, /The AWS credentials have expired\.\nSign in again/);
    assert.equal(room.queue.messages.length, 1);
  });

  it('says that a Region does not take the credentials', async () => {
    room = await RedriveRoom.open();
    assert.equal(await room.run(['--to', room.botUrl, '--region', 'ap-south-1']), 1);
    assert.match(room.output, /AWS does not accept these credentials in ap-south-1/);
  });

  const passing: [what: string, operation: string, fault: FaultOptions][] = [
    ['throttles once', 'ReceiveMessage', { kind: 'throttle' }],
    ['fails once', 'GetQueueUrl', { kind: 'status', status: 503 }],
    ['breaks off', 'ReceiveMessage', { kind: 'hangup-before' }],
  ];
  for (const [what, operation, fault] of passing) {
    it(`goes on when SQS ${what}`, async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.control.fault(operation, fault);
      assert.equal(await room.run(), 0, room.output);
      assert.equal(room.queue.messages.length, 0);
    });
  }

  it('gives up with a sentence when SQS does not answer at all', async () => {
    room = await RedriveRoom.open();
    room.undelivered();
    room.control.fault('ReceiveMessage', { kind: 'hangup-before', times: 9 });
    assert.equal(await room.run(), 1);
    assert.match(room.output, /AWS gave no answer \(sqs:ReceiveMessage\)/);
  });

  describe('before it begins', () => {
    const cases: [args: string[], environment: Record<string, string>, says: RegExp][] = [
      [[], {}, /Where is the bot reached\?/],
      [['--to', 'casethread'], {}, /“casethread” is not http:\/\/ or https:\/\//],
      [['--to', 'http://127.0.0.1:3000/aws/events'], {}, /without a path/],
      [['--too', 'x'], {}, /--help lists the options/],
      [
        ['--to', 'http://127.0.0.1:1'],
        { EVENT_API_KEY: '' },
        /Nothing was delivered\..*\n\n {2}EVENT_API_KEY/,
      ],
      [['--region', 'Frankfurt'], {}, /EVENTS_REGION\n.*is not a Region/],
    ];
    for (const [args, environment, says] of cases) {
      it(`refuses ${args.join(' ') || 'nothing at all'}${Object.keys(environment).join()}`, async () => {
        room = await RedriveRoom.open({}, { queue: false });
        assert.equal(await room.run(args, environment), 1);
        assert.match(room.output, says);
        assert.equal(room.control.calls.length, 0);
      });
    }

    it('explains itself', async () => {
      room = await RedriveRoom.open({}, { queue: false });
      assert.equal(await room.run(['--help']), 0);
      assert.match(room.output, /--dry-run/);
    });
  });
});
