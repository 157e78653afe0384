import assert from 'node:assert/strict';
import { AWS_LIMIT } from '../../src/support/call-pace.js';
import type { Urgency } from '../../src/support/support-api.js';
import { type Room, startRoom, stillOurs } from './support-room.js';

describe('AWS Support: pace', () => {
  let room: Room;
  afterEach(() => room.stop());

  it('makes fifteen calls without being throttled where AWS takes five in any second', async function () {
    // Calls are counted where they arrive: on a machine so busy that one comes a tenth of a second late, once more.
    this.retries(3);
    room = await startRoom({ callsPerSecond: 5, limit: AWS_LIMIT });
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    const api = [room.as('person'), room.as('event'), room.as('sweep')];
    // The first call loads the client and connects, and so arrives late: not what is looked at here.
    await room.api.getCase(caseId);
    const readings = await Promise.all(Array.from({ length: 15 }, (_, n) => api[n % 3]?.getCase(caseId)));
    assert.ok(readings.every((reading) => reading?.case.key.caseId === caseId));
    assert.deepEqual([...new Set(room.counted)], ['DescribeCases ok']);
    assert.equal(room.aws.calls.length, 16);
  });

  it('would be throttled without it', async () => {
    room = await startRoom({ callsPerSecond: 5 });
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    await Promise.allSettled(Array.from({ length: 15 }, () => room.api.getCase(caseId)));
    assert.ok(room.counted.includes('DescribeCases throttled'));
  });

  it('lets people go before events, events before sweeps, and equals in their order', async () => {
    room = await startRoom({ limit: { calls: 1, perMs: 20 } });
    const order: string[] = [];
    const ask = (urgency: Urgency, n: number) =>
      room
        .as(urgency)
        .findByDisplayId(`${urgency} ${n}`)
        .then(() => order.push(`${urgency} ${n}`));
    await Promise.all([
      ask('sweep', 0),
      ask('sweep', 1),
      ask('event', 1),
      ask('sweep', 2),
      ask('person', 1),
      ask('event', 2),
      ask('person', 2),
    ]);
    const expected = ['sweep 0', 'person 1', 'person 2', 'event 1', 'event 2', 'sweep 1', 'sweep 2'];
    assert.deepEqual(
      room.aws.calls.map((call) => call.input.displayId),
      expected,
    );
    assert.deepEqual(order, expected);
  });

  it('goes on after a call that failed', async () => {
    room = await startRoom({ limit: { calls: 1, perMs: 10 } });
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    room.aws.fault('DescribeCases', { kind: 'hangup-before', times: 2 });
    const results = await Promise.allSettled([1, 2, 3].map(() => room.api.getCase(caseId)));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'fulfilled'],
    );
  });

  it('sends nothing, and says so, when nobody knows whether it may', async () => {
    const gate = { spreadMs: 0, take: () => Promise.reject(new Error('away')), pause: () => undefined };
    room = await startRoom({ gate });
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    const expected = { name: 'SupportError', kind: 'unreachable', code: 'gate-away', happened: 'no' };
    await assert.rejects(room.api.getCase(caseId), expected);
    await assert.rejects(room.api.addReply(caseId, { body: 'reply' }, stillOurs), expected);
    assert.equal(room.aws.calls.length, 0);
  });

  it('sends nothing of what still waits when the process ends, and says so', async () => {
    room = await startRoom({ limit: { calls: 1, perMs: 60_000 } });
    const { caseId } = room.aws.openCase({ subject: 's', body: 'b' });
    await room.api.getCase(caseId);
    const reply = room.as('person').addReply(caseId, { body: 'reply' }, stillOurs);
    room.stopPacing();
    const expected = { name: 'SupportError', kind: 'unreachable', code: 'stopping', happened: 'no' };
    await assert.rejects(reply, expected);
    await assert.rejects(room.api.getCase(caseId), expected);
    assert.equal(room.aws.calls.length, 1);
  });
});
