import assert from 'node:assert/strict';
import {
  ACCOUNT,
  EVENT_FILES,
  type EventDoor,
  KEY,
  keyText,
  openEventDoor,
  wireEvent,
} from './event-door.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';
const ACCEPTED = { accepted: 0, duplicates: 0, ignored: 0 };

describe('POST /aws/events', () => {
  let door: EventDoor;
  afterEach(() => door.close());

  describe('what it takes', () => {
    beforeEach(async () => {
      door = await openEventDoor();
    });

    it('answers 202 to an event, and has stored every part of it and marked its case', async () => {
      const { status, body } = await door.post(wireEvent());
      assert.deepEqual([status, body], [202, { ...ACCEPTED, accepted: 1 }]);
      assert.deepEqual(await door.facts(CASE), [
        {
          key: { account: ACCOUNT, caseId: CASE },
          displayId: '1234563851',
          event: 'AddCommunicationToCase',
          communicationId: 'ekko:us-east-1:12345678-268a-424b-be08-54613cab84d2',
          origin: 'AWS',
          at: Date.parse('2022-02-21T15:51:31Z'),
          receivedAt: 1_700_000_000_000,
        },
      ]);
      assert.deepEqual(door.marked(), [keyText(CASE)]);
      assert.deepEqual(door.counted, { new: 1 });
    });

    it('takes an array of all four kinds', async () => {
      const { status, body } = await door.post(EVENT_FILES.map((name) => wireEvent(name)));
      assert.deepEqual([status, body], [202, { ...ACCEPTED, accepted: 4 }]);
      const events = (await door.facts(CASE)).map((fact) => fact.event).sort();
      assert.deepEqual(events, ['AddCommunicationToCase', 'CreateCase', 'ResolveCase']);
      const reopened = 'case-111122223333-muen-2021-27f40618fe0303ea';
      assert.deepEqual(
        (await door.facts(reopened)).map((fact) => fact.event),
        ['ReopenCase'],
      );
      assert.deepEqual(door.marked(), [keyText(reopened), keyText(CASE)]);
    });

    it('takes an empty array', async () => {
      const { status, body } = await door.post([]);
      assert.deepEqual([status, body], [202, ACCEPTED]);
      assert.deepEqual(door.marked(), []);
    });

    it('answers 202 to duplicates, also under another id and twice in one array, and keeps one', async () => {
      const copy = { ...wireEvent(), id: '00000000-0000-0000-0000-000000000000', region: 'us-west-2' };
      await door.post(wireEvent());
      assert.deepEqual((await door.post(wireEvent())).body, { ...ACCEPTED, duplicates: 1 });
      const { status, body } = await door.post([copy, wireEvent('ResolveCase'), copy]);
      assert.deepEqual([status, body], [202, { ...ACCEPTED, accepted: 1, duplicates: 2 }]);
      assert.equal((await door.facts(CASE)).length, 2);
      assert.deepEqual(door.counted, { new: 2, duplicate: 3 });
    });

    it('takes an event without the fields that only some kinds have', async () => {
      const event = wireEvent('CreateCase');
      for (const field of ['communication-id', 'origin', 'display-id']) delete event.detail[field];
      assert.equal((await door.post(event)).status, 202);
      assert.deepEqual(
        (await door.facts(CASE)).map(({ communicationId, origin, displayId }) => [
          communicationId,
          origin,
          displayId,
        ]),
        [['', '', '']],
      );
    });

    it('takes an event with more in it than is known today', async () => {
      const event = { ...wireEvent(), 'new-field': { a: [1] } };
      event.detail['new-field'] = null;
      assert.equal((await door.post(event)).status, 202);
      assert.equal((await door.facts(CASE)).length, 1);
    });

    it('takes kinds that are not used, counts each, and logs each kind once', async () => {
      const otherSource = { ...wireEvent(), source: 'aws.health', detail: { anything: 1 } };
      const otherType = { ...wireEvent(), 'detail-type': 'AWS API Call via CloudTrail' };
      const otherName = wireEvent();
      otherName.detail['event-name'] = 'EscalateCase';
      for (let times = 0; times < 2; times++) {
        const { status, body } = await door.post([otherSource, otherType, otherName]);
        assert.deepEqual([status, body], [202, { ...ACCEPTED, ignored: 3 }]);
      }
      assert.deepEqual(await door.facts(CASE), []);
      assert.deepEqual(door.counted, { ignored: 6 });
      assert.deepEqual(
        door.log.map(({ kind }) => kind),
        [
          'aws.health / Support Case Update',
          'CloudTrail / support.amazonaws.com',
          'Support Case Update / EscalateCase',
        ],
      );
    });

    it('does not fill the log when somebody invents kinds', async () => {
      const kinds = Array.from({ length: 300 }, (_, index) => ({
        ...wireEvent(),
        source: `invented.${index}`,
      }));
      assert.equal((await door.post(kinds)).status, 202);
      assert.ok(door.log.length <= 200);
      assert.deepEqual(door.counted, { ignored: 300 });
    });

    it('takes a body in whatever content type, with spaces and a byte order mark', async () => {
      const body = `\uFEFF  ${JSON.stringify(wireEvent())}\n`;
      const { status } = await door.post(body, { 'x-api-key': KEY, 'content-type': 'text/plain' });
      assert.equal(status, 202);
    });

    it('takes names that JavaScript uses itself for words like any other', async () => {
      for (const caseId of ['__proto__', 'constructor']) {
        const text = JSON.stringify(wireEvent()).replace(CASE, caseId);
        const { status } = await door.post(
          text.replace('"detail":{', '"__proto__":{"a":1},"detail":{"__proto__":[],'),
        );
        assert.equal(status, 202);
        assert.equal((await door.facts(caseId)).length, 1);
      }
      assert.equal(Reflect.get({}, 'a'), undefined);
      const kind = await door.post({ ...wireEvent(), source: '__proto__', 'detail-type': 'constructor' });
      assert.deepEqual(kind.body, { ...ACCEPTED, ignored: 1 });
    });

    it('takes nothing for an event whose fields are only inherited', async () => {
      const { status } = await door.post(`{"__proto__":${JSON.stringify(wireEvent())}}`);
      assert.equal(status, 400);
    });
  });

  describe('a store that cannot store', () => {
    it('answers 503 and when to come again, and says so in the log without the event', async () => {
      door = await openEventDoor({
        takeFacts: () => Promise.reject(new RangeError(`disk full: ${JSON.stringify(wireEvent())}`)),
      });
      const { status, headers, body } = await door.post([wireEvent(), wireEvent('ResolveCase')]);
      assert.deepEqual([status, body.error], [503, 'cannot_store']);
      assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/);
      assert.deepEqual(door.counted, { failed: 2 });
      assert.deepEqual(
        door.log.map(({ level, error, events }) => [level, error, events]),
        [['error', 'RangeError', 2]],
      );
      assert.ok(!JSON.stringify([body, door.log]).includes(CASE));
    });

    it('still answers 202 to what needs no storing', async () => {
      door = await openEventDoor({ takeFacts: () => Promise.reject(new Error('disk full')) });
      assert.equal((await door.post({ ...wireEvent(), source: 'aws.health' })).status, 202);
      assert.equal((await door.post([])).status, 202);
    });

    it('does not answer before the store has', async () => {
      let store: () => void = () => undefined;
      const stored = new Promise<void>((resolve) => {
        store = resolve;
      });
      const order: string[] = [];
      let asked: () => void = () => undefined;
      const isAsked = new Promise<void>((resolve) => {
        asked = resolve;
      });
      door = await openEventDoor({
        takeFacts: async () => {
          asked();
          await stored;
          return ['new'];
        },
      });
      const answered = door.post(wireEvent()).then(({ status }) => order.push(`answered ${status}`));
      await isAsked;
      // A whole other request fits in between.
      await door.post([]);
      order.push('stored');
      store();
      await answered;
      assert.deepEqual(order, ['stored', 'answered 202']);
    });
  });
});
