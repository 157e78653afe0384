import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { type CrashWatch, forAll, LONG, RUNS, staysFlat, watchForCrashes } from '../fuzz/fuzzing.js';
import { type Variant, variants } from '../fuzz/odd-json.js';
import { bodyOf, chunks, cutUp, exchange, HANGS_MS, spoiltBodies } from '../fuzz/wire.js';
import { EVENT_FILES, type EventDoor, KEY, openEventDoor, wireEvent } from './event-door.js';

const LIMITS = { headersMs: 300, requestMs: 500, everyMs: 50 };
const EVENT = JSON.stringify(wireEvent());
/** Of another case: what still works afterwards is seen by it. */
const GOOD = { ...wireEvent(), detail: { ...wireEvent().detail, 'case-id': 'case-good' } };

describe('POST /aws/events under whatever can be sent', function () {
  this.timeout(LONG ? 600_000 : 60_000);
  let door: EventDoor;
  let watch: CrashWatch;
  let asked = 0;
  beforeEach(async () => {
    watch = watchForCrashes();
    door = await openEventDoor({ limits: LIMITS });
  });
  afterEach(async () => {
    watch.stop();
    await door.close();
  });

  /** What holds whatever was sent: the process lives, nothing is broken, and a good event is stored. */
  const stillWell = async () => {
    assert.deepEqual(watch.crashes, []);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
    assert.deepEqual(
      door.log.filter(({ level }) => level === 'error'),
      [],
    );
    assert.equal((await door.post(GOOD)).status, 202);
    assert.equal((await door.facts('case-good')).length, 1);
  };
  /** A failure is JSON, with a word for programs and a sentence for people. */
  const isSaidWell = (text: string, what: string) => {
    const { error, message } = JSON.parse(text) as Record<string, unknown>;
    assert.match(String(error), /^[a-z_]+$/, what);
    assert.match(String(message), /^[A-Z].{10,300}\.$/s, what);
  };
  const post = async (body: string | Buffer, what: string, headers: Record<string, string> = {}) => {
    asked += 1;
    const response = await fetch(door.url, {
      method: 'POST',
      body,
      headers: { 'x-api-key': KEY, 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(HANGS_MS),
    });
    const text = await response.text();
    const { status } = response;
    assert.ok([202, 400, 401, 413].includes(status), `${status} to ${what}`);
    if (status === 202)
      assert.deepEqual(Object.keys(JSON.parse(text) as object), ['accepted', 'duplicates', 'ignored']);
    else isSaidWell(text, what);
    return status;
  };

  it('answers each odd value in each field of each event', async () => {
    const all = EVENT_FILES.flatMap((name): Variant[] => variants(wireEvent(name)));
    assert.ok(all.length > 1_500);
    const taken: string[] = [];
    await forAll(all, 16, async ({ what, json }) => {
      if ((await post(json, what)) === 202) taken.push(what);
    });
    // Whose member is given twice means the last one, as everywhere in JSON.
    const wrong = taken.filter(
      (what) => /^(account|time|detail): /.test(what) && !what.endsWith('then itself'),
    );
    assert.deepEqual(wrong, []);
    await stillWell();
  });

  it('answers bodies that are spoilt at random, many at once', async () => {
    const bodies = EVENT_FILES.map((name) => JSON.stringify(wireEvent(name)));
    const many = fc.array(spoiltBodies([...bodies, `[${bodies.join()}]`]), { minLength: 1, maxLength: 24 });
    await fc.assert(
      fc.asyncProperty(many, async (all) => {
        await Promise.all(all.map((body) => post(body, body.toString('latin1').slice(0, 200))));
        assert.deepEqual(watch.crashes, []);
      }),
      { numRuns: RUNS },
    );
    await stillWell();
  });

  it('bears nesting and numbers without measure in each place', async () => {
    const deep = [
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ];
    for (const odd of [...deep, `1${'0'.repeat(500_000)}`, `0.${'0'.repeat(500_000)}1`, '1e999999999'])
      for (const field of ['detail', 'account', 'time', 'resources', 'detail.case-id', 'detail.new']) {
        const event = structuredClone(wireEvent());
        if (field.includes('.')) event.detail[field.slice(7)] = 'HERE';
        else event[field] = 'HERE';
        const status = await post(
          JSON.stringify(event).replace('"HERE"', () => odd),
          field,
        );
        assert.equal(status, field === 'resources' || field === 'detail.new' ? 202 : 400, field);
      }
    await stillWell();
  });

  it('answers encodings that are not what they say', async () => {
    const utf16 = Buffer.from(`\uFEFF${EVENT}`, 'utf16le');
    for (const [what, body, headers, expected] of [
      ['gzip that says so', gzipSync(EVENT), { 'content-encoding': 'gzip' }, 400],
      ['gzip that does not', gzipSync(EVENT), {}, 400],
      ['plain that says gzip', EVENT, { 'content-encoding': 'gzip, br' }, 202],
      ['UTF-16 that says so', utf16, { 'content-type': 'application/json; charset=utf-16' }, 400],
      ['UTF-16 that says UTF-8', utf16, { 'content-type': 'application/json; charset=utf-8' }, 400],
      ['big-endian UTF-16', Buffer.from(utf16).swap16(), {}, 400],
      ['UTF-8 that says Latin-1', EVENT, { 'content-type': 'text/plain; charset=iso-8859-1' }, 202],
      ['a byte order mark', `\uFEFF${EVENT}`, {}, 202],
      ['a byte order mark in the middle', EVENT.replace(':', ':\uFEFF'), {}, 400],
      ['an overlong sequence', Buffer.concat([Buffer.from(EVENT), Buffer.from([0xc0, 0xaf])]), {}, 400],
      ['half of a surrogate pair', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), {}, 400],
      ['a form', EVENT, { 'content-type': 'application/x-www-form-urlencoded' }, 202],
      ['a content type that is none', EVENT, { 'content-type': '; ;;=' }, 202],
      ['a key that is too long', EVENT, { 'x-api-key': 'x'.repeat(10_000) }, 401],
      ['a key in other bytes', EVENT, { 'x-api-key': '\xe4\xff' }, 401],
    ] as const)
      assert.equal(await post(body, what, headers), expected, what);
    await stillWell();
  });

  it('answers or cuts off requests that lie about their length, or are cut up at random', async () => {
    const head = (more: string) =>
      `POST /aws/events HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\n${more}\r\n\r\n`;
    const length = (n: string | number) => head(`content-length: ${n}`);
    const chunked = head('transfer-encoding: chunked');
    const lies: [what: string, pieces: (string | Buffer)[], expected: number[]][] = [
      ['more announced than comes', [length(EVENT.length + 10), EVENT], [408]],
      ['a few bytes, then silence', [length(EVENT.length), EVENT.slice(0, 9)], [408]],
      ['a body that never begins', [length(EVENT.length)], [408]],
      ['no body at all', [head('x: y')], [400]],
      ['less announced than comes', [length(20), EVENT], [400]],
      ['no number', [length('ten'), EVENT], [400]],
      ['a negative number', [length('-1'), EVENT], [400]],
      ['a number beyond all numbers', [length('9'.repeat(30)), EVENT], [400, 413]],
      ['a number in hexadecimal', [length('0x10'), EVENT], [400]],
      ['two lengths', [head(`content-length: 5\r\ncontent-length: ${EVENT.length}`), EVENT], [400]],
      ['a chunk of no size', [chunked, 'x\r\n', EVENT], [400]],
      ['a chunk of a negative size', [chunked, '-5\r\n', EVENT], [400]],
      ['a chunk beyond all sizes', [chunked, `${'f'.repeat(20)}\r\n`, EVENT], [400, 413]],
      ['a chunk that says too little', [chunked, `5\r\n${EVENT}\r\n0\r\n\r\n`], [400]],
      ['chunks without an end', [chunked, ...chunks([Buffer.from(EVENT)]).slice(0, -1)], [408]],
      ['an encoding that is none', [head('transfer-encoding: x'), EVENT], [400, 501]],
    ];
    await Promise.all(
      lies.map(async ([what, pieces, expected]) => {
        const heard = await exchange(door.port, pieces);
        assert.ok(expected.includes(heard.status), `${heard.status} to ${what}`);
        isSaidWell(bodyOf(heard.text), what);
      }),
    );
    const cuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 12 });
    const anything = fc.uint8Array({ maxLength: 300 }).map((bytes) => [Buffer.from(bytes)]);
    const trueOnes = fc.tuple(cuts, cuts, fc.boolean()).map(([inBody, inHead, asChunks]) => {
      const closing = `connection: close\r\n${asChunks ? 'transfer-encoding: chunked' : `content-length: ${EVENT.length}`}`;
      const pieces = cutUp(Buffer.from(EVENT), inBody);
      return [...cutUp(Buffer.from(head(closing)), inHead), ...(asChunks ? chunks(pieces) : pieces)];
    });
    const broken = fc
      .tuple(trueOnes, fc.nat({ max: 1_000 }), fc.uint8Array({ maxLength: 4 }))
      .map(([pieces, at, bytes]) => {
        const whole = Buffer.concat(pieces);
        return [
          Buffer.concat([whole.subarray(0, at % whole.length), bytes, whole.subarray(at % whole.length)]),
        ];
      });
    const many = fc.array(
      fc.oneof(
        trueOnes.map((pieces) => ({ pieces, isTrue: true })),
        fc.oneof(anything, broken).map((pieces) => ({ pieces, isTrue: false })),
      ),
      { minLength: 20, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(many, async (all) => {
        await Promise.all(
          all.map(async ({ pieces, isTrue }) => {
            asked += 1;
            const { status } = await exchange(door.port, pieces);
            if (isTrue) assert.equal(status, 202);
            else assert.ok(!(status >= 500), String(status));
          }),
        );
        assert.deepEqual(watch.crashes, []);
      }),
      { numRuns: Math.ceil(RUNS / 20) },
    );
    await stillWell();
  });

  it('keeps nothing of it in memory', async () => {
    const bodies = EVENT_FILES.flatMap((name) => variants(wireEvent(name))).filter(
      (_, index) => index % 5 === 0,
    );
    await staysFlat(() => forAll(bodies, 16, ({ what, json }) => post(json, what).then(() => undefined)));
    await stillWell();
  });

  after(() => {
    if (LONG) console.log(`      ${asked} requests`);
  });
});
