import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EVENT_FILES, type EventDoor, openEventDoor, type WireEvent, wireEvent } from './event-door.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';

describe('POST /aws/events with what is no event', () => {
  let door: EventDoor;
  beforeEach(async () => {
    door = await openEventDoor();
  });
  afterEach(() => door.close());

  const notJson: [what: string, body: string | Uint8Array][] = [
    ['nothing', ''],
    ['a text', 'hello'],
    ['half an event', JSON.stringify(wireEvent()).slice(0, -1)],
    ['an event and more', `${JSON.stringify(wireEvent())}]`],
    ['a form', 'payload=%7B%7D'],
    [
      'bytes that are not UTF-8',
      Buffer.from(JSON.stringify(wireEvent()).replace('AWS', '\xFF\xFE'), 'latin1'),
    ],
    ['UTF-16', Buffer.from(JSON.stringify(wireEvent()), 'utf16le')],
    ['zeros', new Uint8Array(1_000)],
  ];
  for (const [what, body] of notJson) {
    it(`answers 400 to ${what}`, async () => {
      const answer = await door.post(body);
      assert.deepEqual([answer.status, answer.body.error], [400, 'not_json']);
      assert.match(String(answer.body.message), /JSON/);
      assert.deepEqual(door.counted, { refused: 1 });
    });
  }

  for (const json of ['null', '1', '"text"', 'true', '{}', '[null]', '[[]]', '{"detail":{}}']) {
    it(`answers 400 to the JSON ${json}`, async () => {
      const { status, body } = await door.post(json);
      assert.deepEqual([status, body.error], [400, 'not_an_event']);
      assert.deepEqual(door.marked(), []);
    });
  }

  it('bears the deepest nesting that fits', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"detail":', '}'],
    ] as const) {
      const depth = Math.floor(1_000_000 / (open.length + close.length));
      const { status } = await door.post(`${open.repeat(depth)}1${close.repeat(depth)}`);
      assert.equal(status, 400);
    }
    assert.equal((await door.post(wireEvent())).status, 202);
  });

  const required = ['source', 'detail-type', 'account', 'time', 'detail'];
  const requiredInDetail = ['case-id', 'event-name'];
  const optionalInDetail = ['display-id', 'communication-id', 'origin'];
  const paths = [
    ...required.map((field) => [field]),
    ...[...requiredInDetail, ...optionalInDetail].map((field) => ['detail', field]),
  ];

  const put = (event: WireEvent, path: readonly string[], value: unknown): void => {
    const [first = '', second] = path;
    if (second === undefined) event[first] = value;
    else event.detail[second] = value;
  };

  it('answers 400 to a wrong type in any field that is used, names the field, and stores nothing', async () => {
    const wrongType = fc.oneof(
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string(), { maxLength: 2 }),
      // `detail` itself is an object.
      fc.constant({ toString: 'x' }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...EVENT_FILES),
        fc.constantFrom(...paths),
        wrongType,
        async (name, path, value) => {
          fc.pre(
            !(path.length === 1 && path[0] === 'detail' && !Array.isArray(value) && value instanceof Object),
          );
          const event = wireEvent(name);
          put(event, path, value);
          const { status, body } = await door.post(event);
          assert.deepEqual([status, body.error], [400, 'not_an_event']);
          assert.ok(String(body.message).includes(path.at(-1) ?? ''), String(body.message));
          assert.deepEqual(door.marked(), []);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('answers 400 when a field is missing that every event has', async () => {
    for (const name of EVENT_FILES) {
      for (const field of required) {
        const event: Record<string, unknown> = wireEvent(name);
        delete event[field];
        assert.equal((await door.post(event)).status, 400, field);
      }
      for (const field of requiredInDetail) {
        const event = wireEvent(name);
        delete event.detail[field];
        assert.equal((await door.post(event)).status, 400, field);
      }
    }
    assert.deepEqual(door.marked(), []);
  });

  const wrongValues: [field: string, values: readonly string[]][] = [
    [
      'account',
      [
        '',
        '1111222233334',
        '11112222333',
        '1111-2222-3333',
        '111122223333\n',
        'x'.repeat(12),
        '١١١١٢٢٢٢٣٣٣٣',
      ],
    ],
    ['time', ['', 'yesterday', '2022-13-01T00:00:00Z', 'NaN']],
    ['detail.case-id', ['', 'a\nb', 'a\0b', 'a\ud800', 'x'.repeat(201)]],
    ['detail.display-id', ['1'.repeat(101)]],
    ['detail.communication-id', ['x'.repeat(501)]],
    ['detail.origin', ['x'.repeat(101), '\udc00']],
  ];
  for (const [field, values] of wrongValues) {
    it(`answers 400 to values that ${field} cannot have, and does not repeat them`, async () => {
      for (const value of values) {
        const event = wireEvent();
        put(event, field.split('.'), value);
        const { status, body } = await door.post(event);
        assert.equal(status, 400, JSON.stringify(value));
        assert.ok(String(body.message).includes(field.replace('detail.', '')));
        if (value.length > 20) assert.ok(!String(body.message).includes(value));
      }
      assert.deepEqual(door.marked(), []);
    });
  }

  it('stores the good part of a mixed array all the same, wherever the bad part is', async () => {
    const good = ['CreateCase', 'AddCommunicationToCase', 'ResolveCase'] as const;
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3 }), fc.constantFrom(null, 1, {}, 'x', []), async (place, bad) => {
        const fresh = await openEventDoor();
        try {
          const delivery: unknown[] = good.map((name) => wireEvent(name));
          delivery.splice(place, 0, bad);
          assert.equal((await fresh.post(delivery)).status, 400);
          assert.deepEqual((await fresh.facts(CASE)).map((fact) => fact.event).sort(), [...good].sort());
          assert.deepEqual(fresh.counted, { new: 3, refused: 1 });
          // Sent once more without the bad part, it is all there already.
          assert.equal((await fresh.post(good.map((name) => wireEvent(name)))).body.duplicates, 3);
        } finally {
          await fresh.close();
        }
      }),
      { numRuns: 8 },
    );
  });

  it('answers something sensible to any JSON whatever, and goes on', async () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc
        .tuple(fc.constantFrom(...EVENT_FILES), fc.constantFrom(...paths), fc.jsonValue())
        .map(([name, path, value]) => {
          const event = wireEvent(name);
          put(event, path, value);
          return event;
        }),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (json) => {
        const { status, body } = await door.post(JSON.stringify(json));
        assert.ok(status === 202 || status === 400, `${status} to ${JSON.stringify(json)}`);
        assert.equal(typeof body.message, status === 400 ? 'string' : 'undefined');
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(
      door.log.filter(({ level }) => level === 'error'),
      [],
    );
  });
});
