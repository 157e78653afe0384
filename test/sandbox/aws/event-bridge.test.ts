import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import {
  deliver,
  type EventBridge,
  type EventBridgeOptions,
  startEventBridge,
} from '../../../src/sandbox/aws/event-bridge.js';
import { type Aws, startAws } from '../../../src/sandbox/aws/start-aws.js';
import { startRecordingTarget } from './recording-target.js';

const KEY = 'a-key-of-16-chars-or-more';
const QUICK = { baseMs: 1, maxDelayMs: 4 };

type Target = Awaited<ReturnType<typeof startRecordingTarget>>;

describe('API destination', () => {
  let aws: Aws;
  let target: Target;
  let bridge: EventBridge;
  const cleanUp: (() => Promise<void>)[] = [];

  const start = async (
    answer?: Parameters<typeof startRecordingTarget>[0],
    options: Partial<EventBridgeOptions> = {},
  ) => {
    const world = await startAws();
    const receiver = await startRecordingTarget(answer);
    const started = await startEventBridge({
      target: receiver.url,
      apiKey: KEY,
      aws: world,
      retry: QUICK,
      ...options,
    });
    cleanUp.push(started.stop.bind(started), receiver.stop, world.stop);
    [aws, target, bridge] = [world, receiver, started];
  };
  const statuses =
    (...list: number[]) =>
    (response: ServerResponse, _request: unknown, count: number) =>
      response.writeHead(list[count - 1] ?? 202).end();
  const arrived = () => target.received.map(({ body }) => JSON.parse(body) as { id: string });
  const sendMany = (count: number) => {
    for (let n = 0; n < count; n += 1) bridge.send({ id: `${n}` });
  };
  const counters = () => {
    const { sent, delivered, lost, failed, retried } = bridge;
    return { sent, delivered, lost, failed, retried };
  };

  afterEach(async () => {
    for (const stop of cleanUp.splice(0)) await stop();
  });

  it('posts each event of AWS with the fixed headers', async () => {
    await start();
    aws.openCase({ subject: 's', body: 'b' });
    await bridge.idle();
    const [request] = target.received;
    assert.equal(target.received.length, 1);
    assert.equal(request?.method, 'POST');
    assert.deepEqual(JSON.parse(request?.body ?? ''), aws.events[0]);
    const { host, 'content-length': length, ...headers } = request?.headers ?? {};
    assert.deepEqual(headers, {
      'user-agent': 'Amazon/EventBridge/ApiDestinations',
      range: 'bytes=0-1048575',
      'content-type': 'application/json; charset=utf-8',
      'accept-encoding': 'gzip,deflate',
      connection: 'close',
      'x-api-key': KEY,
    });
    assert.equal(host, new URL(target.url).host);
    assert.equal(length, String(Buffer.byteLength(request?.body ?? '')));
    assert.deepEqual(counters(), { sent: 1, delivered: 1, lost: 0, failed: 0, retried: 0 });
  });

  it('tries again what may pass, until it does', async () => {
    await start(statuses(401, 407, 409, 429, 500, 503));
    sendMany(1);
    await bridge.idle();
    assert.deepEqual(counters(), { sent: 7, delivered: 1, lost: 0, failed: 0, retried: 6 });
    assert.deepEqual(bridge.deadLetters, []);
  });

  it('gives up at once on other answers and does not follow redirects', async () => {
    await start((response, _request, count) => {
      response.writeHead([302, 400, 404][count - 1] ?? 202, { Location: target.url }).end('why');
    });
    for (let n = 0; n < 3; n += 1) {
      bridge.send({ id: n });
      await bridge.idle();
    }
    assert.deepEqual(counters(), { sent: 3, delivered: 0, lost: 0, failed: 3, retried: 0 });
    assert.deepEqual(bridge.deadLetters[1], {
      event: { id: 1 },
      code: 'ERROR_FROM_TARGET',
      status: 400,
      message: 'HTTP 400 why',
      attempts: 1,
    });
  });

  it('puts what never passes among the dead letters', async () => {
    await start(statuses(...Array(10).fill(503)), { retry: { ...QUICK, attempts: 3 } });
    sendMany(1);
    await bridge.idle();
    const { code, status, attempts } = bridge.deadLetters[0] ?? {};
    assert.deepEqual([code, status, attempts], ['ERROR_FROM_TARGET', 503, 4]);
    assert.deepEqual(counters(), { sent: 4, delivered: 0, lost: 0, failed: 1, retried: 3 });
  });

  it('waits as long as the target asks for', async () => {
    const times: number[] = [];
    await start(
      (response, _request, count) => {
        times.push(performance.now());
        response.writeHead(count === 1 ? 503 : 202, { 'Retry-After': '4' }).end();
      },
      { retry: { ...QUICK, retryAfterSecondMs: 10 } },
    );
    sendMany(1);
    await bridge.idle();
    assert.ok((times[1] ?? 0) - (times[0] ?? 0) >= 39);
  });

  it('counts a late or half answer as none', async () => {
    await start(
      (response, _request, count) => {
        if (count === 2) response.writeHead(200).write('half');
        if (count > 2) response.writeHead(202).end();
      },
      { timeoutMs: 30 },
    );
    sendMany(1);
    await bridge.idle();
    assert.deepEqual(counters(), { sent: 3, delivered: 1, lost: 0, failed: 0, retried: 2 });
  });

  it('survives a target that is away for a while, and tells when it stays away', async () => {
    await start();
    bridge.target = 'http://127.0.0.1:1/';
    sendMany(1);
    await assert.rejects(
      bridge.idle({ timeoutMs: 30 }),
      /after 30 ms still not: EventBridge is idle\n.*ECONNREFUSED/,
    );
    bridge.target = target.url;
    await bridge.idle();
    assert.equal(target.received.length, 1);
  });

  it('loses what it is told to lose', async () => {
    await start();
    bridge.loseNext(2);
    sendMany(3);
    await bridge.idle();
    assert.deepEqual(arrived(), [{ id: '2' }]);
    assert.equal(bridge.lost, 2);
  });

  it('says how many it will lose, and can be told otherwise', async () => {
    await start();
    bridge.loseNext(2);
    assert.equal(bridge.toLose, 2);
    sendMany(1);
    assert.equal(bridge.toLose, 1);
    bridge.loseNext(-bridge.toLose);
    bridge.loseNext(-1);
    assert.equal(bridge.toLose, 0);
    sendMany(1);
    await bridge.idle();
    assert.deepEqual([bridge.lost, bridge.delivered], [1, 1]);
  });

  it('counts the events that it takes in, lost ones too, however often they are delivered', async () => {
    await start(statuses(503));
    bridge.repeat = 2;
    bridge.loseNext(1);
    aws.openCase({ subject: 's', body: 'b' });
    sendMany(2);
    await bridge.idle();
    assert.deepEqual([bridge.events, bridge.lost, bridge.sent], [3, 1, 5]);
    await bridge.stop();
    sendMany(1);
    assert.equal(bridge.events, 3);
  });

  it('tells of every change of a counter, until nobody listens', async () => {
    await start(statuses(503, 400, 202), { retry: QUICK });
    const pictures = new Set<string>();
    const picture = () => JSON.stringify({ ...counters(), events: bridge.events, toLose: bridge.toLose });
    let last = picture();
    const stop = bridge.onChange(() => {
      last = picture();
      pictures.add(last);
    });
    const isTold = () => assert.equal(last, picture());
    bridge.loseNext(1);
    isTold();
    sendMany(1);
    isTold();
    for (let n = 0; n < 2; n += 1) {
      sendMany(1);
      isTold();
      await bridge.idle();
      isTold();
    }
    // Losing set, one lost; taken in, sent, sent again, given up; taken in, sent, delivered.
    assert.equal(pictures.size, 9);
    assert.deepEqual(counters(), { sent: 3, delivered: 1, lost: 1, failed: 1, retried: 1 });
    stop();
    pictures.clear();
    sendMany(1);
    await bridge.idle();
    assert.equal(pictures.size, 0);
  });

  it('remembers only the newest dead letters when told so', async () => {
    await start((response) => response.writeHead(400).end(), { remember: 2 });
    for (let n = 0; n < 5; n += 1) {
      bridge.send({ id: n });
      await bridge.idle();
    }
    assert.deepEqual(
      bridge.deadLetters.map(({ event }) => event),
      [{ id: 3 }, { id: 4 }],
    );
    assert.equal(bridge.failed, 5);
  });

  it('delivers everything several times', async () => {
    await start();
    bridge.repeat = 3;
    sendMany(2);
    await bridge.idle();
    assert.deepEqual(
      arrived()
        .map(({ id }) => id)
        .sort(),
      ['0', '0', '0', '1', '1', '1'],
    );
    assert.equal(bridge.delivered, 6);
  });

  it('delivers in a random order that the seed decides', async () => {
    const orders: string[] = [];
    for (const seed of [1, 1, 2]) {
      await start(undefined, { seed });
      bridge.shuffle(true);
      sendMany(10);
      await bridge.idle();
      const order = arrived().map(({ id }) => id);
      assert.equal(new Set(order).size, 10);
      orders.push(order.join());
    }
    assert.equal(orders[0], orders[1]);
    assert.notEqual(orders[0], orders[2]);
    assert.notEqual(orders[0], '0,1,2,3,4,5,6,7,8,9');
  });

  it('delivers what is collected when shuffling ends', async () => {
    await start();
    bridge.shuffle(true, 60_000);
    sendMany(3);
    bridge.shuffle(false);
    sendMany(1);
    await bridge.idle();
    assert.equal(target.received.length, 4);
  });

  it('sends nothing after it has stopped', async () => {
    await start(() => undefined);
    sendMany(1);
    const waiting = bridge.idle();
    await bridge.stop();
    await waiting;
    aws.openCase({ subject: 's', body: 'b' });
    sendMany(1);
    assert.equal(bridge.sent, 1);
    assert.deepEqual(bridge.deadLetters, []);
  });

  it('delivers by hand: one event, many, no key, other headers, no JSON', async () => {
    await start((response) => response.writeHead(202, { 'X-Seen': 'yes' }).end('{"ok":true}'));
    const answer = await deliver(target.url, KEY, { id: '1' });
    assert.deepEqual([answer.status, answer.body, answer.headers['x-seen']], [202, '{"ok":true}', 'yes']);
    await deliver(target.url, KEY, [{ id: '1' }, { id: '2' }]);
    await deliver(target.url, undefined, 'not JSON', {
      headers: { 'content-type': 'text/plain', 'X-Extra': '1' },
    });
    const [, many, odd] = target.received;
    assert.equal(many?.body, '[{"id":"1"},{"id":"2"}]');
    assert.equal(odd?.body, 'not JSON');
    assert.equal(odd?.headers['x-api-key'], undefined);
    assert.equal(odd?.headers['content-type'], 'text/plain');
    assert.equal(odd?.headers['x-extra'], '1');
    await assert.rejects(deliver('http://127.0.0.1:1/', KEY, {}), /ECONNREFUSED/);
    await assert.rejects(deliver('nowhere', KEY, {}), /Invalid URL/);
  });
});
