import assert from 'node:assert/strict';
import type { FaultOptions } from '../../src/sandbox/aws/faults.js';
import { SupportError } from '../../src/support/support-error.js';
import { type Room, startRoom, stillOurs } from './support-room.js';

async function failure(call: Promise<unknown>): Promise<SupportError> {
  try {
    await call;
  } catch (error) {
    assert.ok(error instanceof SupportError, String(error));
    return error;
  }
  throw new Error('nothing went wrong');
}

/** Whether the deed was done, and whether anybody can know. */
const TROUBLE: readonly [what: string, fault: FaultOptions, isDone: boolean, happened: 'no' | 'maybe'][] = [
  ['a connection that breaks before', { kind: 'hangup-before' }, false, 'maybe'],
  ['a connection that breaks after', { kind: 'hangup-after' }, true, 'maybe'],
  ['a 500 before', { kind: 'status', status: 500 }, false, 'maybe'],
  ['a 500 after', { kind: 'status-after', status: 500 }, true, 'maybe'],
  ['a 503 before', { kind: 'status', status: 503 }, false, 'maybe'],
  ['throttling', { kind: 'throttle' }, false, 'no'],
];

describe('AWS Support: replying and resolving', () => {
  let room: Room;
  let caseId: string;
  beforeEach(async () => {
    room = await startRoom();
    caseId = room.aws.openCase({ subject: 's', body: 'opening' }).caseId;
  });
  afterEach(() => room.stop());

  const bodies = () => room.aws.case(caseId).communications.map(({ body }) => body);

  it('adds the reply to the case, once and as it is', async () => {
    const reply = ' two\nlines & <marks> ·\n\n— Alice, via Slack · ref k3v9x0q2ab';
    await room.api.addReply(caseId, { body: reply }, stillOurs);
    assert.deepEqual(bodies(), ['opening', reply]);
    assert.deepEqual(room.counted, ['AddCommunicationToCase ok']);
  });

  it('resolves, says how the case stood before, and does no harm to one that is resolved', async () => {
    const stood = async () => {
      const { before, after } = await room.api.resolve(caseId, stillOurs);
      return { before, after };
    };
    assert.deepEqual(await stood(), { before: 'unassigned', after: 'resolved' });
    assert.equal(room.aws.case(caseId).status, 'resolved');
    assert.deepEqual(await stood(), { before: 'resolved', after: 'resolved' });
    assert.equal(room.aws.events.filter(({ detail }) => detail['event-name'] === 'ResolveCase').length, 1);
  });

  it("hands on AWS's id of the call, with an answer and with an error", async () => {
    const last = () => room.aws.calls.at(-1)?.requestId;
    const replied = await room.api.addReply(caseId, { body: 'reply' }, stillOurs);
    assert.ok(replied.requestId);
    assert.equal(replied.requestId, last());
    assert.equal((await room.api.resolve(caseId, stillOurs)).requestId, last());
    room.aws.fault('AddCommunicationToCase', { kind: 'throttle' });
    assert.equal((await failure(room.api.addReply(caseId, { body: 'x' }, stillOurs))).requestId, last());
    room.aws.fault('ResolveCase', { kind: 'hangup-before' });
    assert.equal((await failure(room.api.resolve(caseId, stillOurs))).requestId, null);
  });

  for (const [what, fault, isDone, happened] of TROUBLE) {
    it(`sends a reply once through ${what}, and says whether it may be there`, async () => {
      room.aws.fault('AddCommunicationToCase', fault);
      assert.equal(
        (await failure(room.api.addReply(caseId, { body: 'reply' }, stillOurs))).happened,
        happened,
      );
      assert.deepEqual(bodies(), isDone ? ['opening', 'reply'] : ['opening']);
      assert.equal(room.aws.callsOf('AddCommunicationToCase').length, 1);
    });

    it(`resolves once through ${what}, and says whether it may be done`, async () => {
      room.aws.fault('ResolveCase', fault);
      assert.equal((await failure(room.api.resolve(caseId, stillOurs))).happened, happened);
      assert.equal(room.aws.case(caseId).status === 'resolved', isDone);
      assert.equal(room.aws.callsOf('ResolveCase').length, 1);
    });
  }

  it('says what AWS does not accept, and that it did not happen', async () => {
    for (const body of ['', 'x'.repeat(8_001)]) {
      const error = await failure(room.api.addReply(caseId, { body }, stillOurs));
      assert.deepEqual([error.kind, error.happened], ['refused', 'no']);
    }
    const error = await failure(
      room.api.addReply('case-111122223333-muen-2026-nothing', { body: 'reply' }, stillOurs),
    );
    assert.deepEqual([error.kind, error.happened], ['not-found', 'no']);
    assert.deepEqual(bodies(), ['opening']);
  });
});
