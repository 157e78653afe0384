import assert from 'node:assert/strict';
import type { Ties } from '../../src/sandbox/aws/page.js';
import { ACCOUNT, all, type Room, startRoom } from './support-room.js';

const START = Date.UTC(2026, 2, 1);

describe('AWS Support: reading a case', () => {
  let room: Room;
  beforeEach(async () => {
    room = await startRoom({ now: () => START + 86_400_000 });
  });
  afterEach(() => room.stop());

  const open = (more: { caseId?: string; displayId?: string; at?: number } = {}) =>
    room.aws.openCase({ subject: 'EC2 does not start', body: 'opening', at: START, ...more });

  it('brings the case in our words and its newest communications, oldest first, in one call', async () => {
    const { caseId, displayId } = room.aws.openCase({
      subject: 'EC2 does not start',
      body: 'opening',
      at: START,
      severity: 'urgent',
      service: 'amazon-elastic-compute-cloud-linux',
      category: 'instance-issue',
      submittedBy: 'AdminRole (Role) <janedoe@example.com>',
    });
    room.aws.reply(caseId, { from: 'aws', body: 'which type?', at: START + 60_999 });
    const reading = await room.api.getCase(caseId);
    assert.deepEqual(reading, {
      case: {
        key: { account: ACCOUNT, caseId },
        displayId,
        subject: 'EC2 does not start',
        status: 'pending-customer-action',
        severity: 'urgent',
        service: 'amazon-elastic-compute-cloud-linux',
        category: 'instance-issue',
        openedBy: 'janedoe@example.com',
        openedAt: START,
      },
      communications: [
        {
          body: 'opening',
          submittedBy: 'AdminRole (Role) <janedoe@example.com>',
          at: START,
          attachments: [],
        },
        { body: 'which type?', submittedBy: 'Amazon Web Services', at: START + 60_000, attachments: [] },
      ],
      complete: true,
    });
    assert.equal(room.aws.calls.length, 1);
    assert.deepEqual(room.counted, ['DescribeCases ok']);
  });

  it('says whether there are older communications than the newest', async () => {
    const { caseId } = open();
    for (let n = 1; n <= 4; n++) room.aws.reply(caseId, { from: 'aws', body: `${n}`, at: START + n * 1_000 });
    assert.equal((await room.api.getCase(caseId))?.complete, true);
    room.aws.reply(caseId, { from: 'aws', body: '5', at: START + 5_000 });
    const reading = await room.api.getCase(caseId);
    assert.equal(reading?.complete, false);
    assert.deepEqual(
      reading?.communications.map(({ body }) => body),
      ['1', '2', '3', '4', '5'],
    );
  });

  it('brings a resolved case, too, and names the files of a communication', async () => {
    const { caseId } = open();
    room.aws.reply(caseId, {
      from: 'customer',
      body: 'the log',
      at: START + 1_000,
      attachments: [{ fileName: 'boot.log', data: Buffer.from('text') }],
    });
    room.aws.resolve(caseId);
    const reading = await room.api.getCase(caseId);
    assert.equal(reading?.case.status, 'resolved');
    assert.deepEqual(
      reading?.communications[1]?.attachments.map(({ fileName }) => fileName),
      ['boot.log'],
    );
  });

  it('is null for a case that this account does not have', async () => {
    assert.equal(await room.api.getCase('case-111122223333-muen-2026-nothing'), null);
    assert.deepEqual(room.counted, ['DescribeCases not-found']);
  });

  it('brings a case that goes by another id now under that id', async () => {
    const { caseId } = open();
    room.aws.rename(caseId, `case-${ACCOUNT}-mufr-2026-renamed`);
    assert.equal((await room.api.getCase(caseId))?.case.key.caseId, `case-${ACCOUNT}-mufr-2026-renamed`);
  });

  it('finds the cases that people call by a display id, resolved ones included, and none for another', async () => {
    const { caseId } = open({ displayId: '1234567890' });
    room.aws.resolve(caseId);
    open({ displayId: '1234567891' });
    assert.deepEqual(
      (await room.api.findByDisplayId('1234567890')).map(({ key, status }) => [key.caseId, status]),
      [[caseId, 'resolved']],
    );
    assert.deepEqual(await room.api.findByDisplayId('9999999999'), []);
  });

  it('finds all cases of one display id over all pages', async () => {
    for (let n = 0; n < 25; n++) open({ displayId: '1234567890' });
    assert.equal((await room.api.findByDisplayId('1234567890')).length, 25);
  });
});

describe('AWS Support: reading all communications', () => {
  let room: Room;
  afterEach(() => room.stop());

  for (const ties of ['newest-first', 'oldest-first'] as const satisfies readonly Ties[]) {
    it(`brings all pages, each communication once, oldest first, where AWS lists a second ${ties}`, async () => {
      room = await startRoom({ now: () => START + 86_400_000, ties });
      const { caseId } = room.aws.openCase({ subject: 's', body: 'said 0', at: START });
      const expected = ['said 0'];
      for (let n = 1; n < 250; n++) {
        // Seven in each second, so that pages end within one.
        const at = START + Math.floor(n / 7) * 1_000;
        room.aws.reply(caseId, { from: n % 2 === 0 ? 'aws' : 'customer', body: `said ${n}`, at });
        expected.push(`said ${n}`);
      }
      const read = await room.api.communications(caseId);
      const bodies = read.map(({ body }) => body);
      assert.deepEqual(bodies.toSorted(), expected.toSorted());
      const times = read.map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      // AWS lists the newest first; only then is the order within a second known.
      if (ties === 'newest-first') assert.deepEqual(bodies, expected);
      assert.equal(room.aws.callsOf('DescribeCommunications').length, 3);
    });
  }

  it('says so where there is no such case', async () => {
    room = await startRoom();
    await assert.rejects(room.api.communications('case-111122223333-muen-2026-nothing'), {
      name: 'SupportError',
      kind: 'not-found',
    });
  });
});

describe('AWS Support: reading many cases', () => {
  let room: Room;
  let caseIds: string[];
  beforeEach(async () => {
    room = await startRoom({ now: () => START + 86_400_000 });
    caseIds = Array.from(
      { length: 230 },
      (_, n) => room.aws.openCase({ subject: `${n}`, body: 'b', at: START + n * 1_000 }).caseId,
    );
  });
  afterEach(() => room.stop());

  const idsOf = (readings: readonly { case: { key: { caseId: string } } }[]) =>
    readings.map((reading) => reading.case.key.caseId).sort();

  it('brings every open case with its communications, a hundred a call', async () => {
    room.aws.resolve(caseIds[0] ?? '');
    const readings = await all(room.api.openCases());
    assert.deepEqual(idsOf(readings), caseIds.slice(1).toSorted());
    assert.ok(readings.every((reading) => reading.complete && reading.communications.length === 1));
    assert.equal(room.aws.calls.length, 3);
  });

  it('stops asking when nobody wants to know more', async () => {
    for await (const _ of room.api.openCases()) break;
    assert.equal(room.aws.calls.length, 1);
  });

  it('brings the cases that are asked for, resolved or not, a hundred a call', async () => {
    room.aws.resolve(caseIds[0] ?? '');
    assert.deepEqual(idsOf(await room.api.casesById(caseIds)), caseIds.toSorted());
    assert.equal(room.aws.calls.length, 3);
    assert.deepEqual(await room.api.casesById([]), []);
    assert.equal(room.aws.calls.length, 3);
  });

  it('brings those that AWS knows where it does not know all', async () => {
    const unknown = ['case-111122223333-muen-2026-nothing', 'case-111122223333-muen-2026-nowhere'];
    const asked = [...caseIds.slice(0, 30), unknown[0] ?? '', ...caseIds.slice(30, 80), unknown[1] ?? ''];
    assert.deepEqual(idsOf(await room.api.casesById(asked)), caseIds.slice(0, 80).toSorted());
    assert.ok(room.aws.calls.length <= 30, `${room.aws.calls.length} calls`);
    assert.deepEqual(await room.api.casesById(unknown), []);
  });

  it('does not hide a failure behind cases that it could read', async () => {
    room.aws.fault('DescribeCases', { kind: 'throttle' });
    await assert.rejects(room.api.casesById(caseIds), { kind: 'throttled' });
  });
});
