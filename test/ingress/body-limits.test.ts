import assert from 'node:assert/strict';
import { once } from 'node:events';
import { until } from '../until.js';
import { type EventDoor, KEY, openEventDoor, wireEvent } from './event-door.js';
import { type RawClient, rawClient } from './raw-client.js';

const CASE = 'case-111122223333-muen-2022-7118885805350839';
const MIB = 1_048_576;
/** Long enough for a busy machine, short enough for a test. */
const LIMITS = { headersMs: 300, requestMs: 600, everyMs: 50 };
const HEADERS_ALONE = { ...LIMITS, requestMs: 3_600_000 };

const head = (more: string) => `POST /aws/events HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEY}\r\n${more}`;

describe('POST /aws/events from clients that send too much, too slowly, or not to the end', () => {
  let door: EventDoor;
  let client: RawClient;
  const open = async (limits: typeof LIMITS) => {
    door = await openEventDoor({ limits });
    client = await rawClient(door.port);
  };
  const reopen = async (limits: typeof LIMITS) => {
    client.close();
    await door.close();
    await open(limits);
  };
  beforeEach(() => open(LIMITS));
  afterEach(async () => {
    client.close();
    await door.close();
  });

  const stillWorks = async () => {
    assert.equal((await door.post(wireEvent('ResolveCase'))).status, 202);
    assert.deepEqual(
      (await door.facts(CASE)).map((fact) => fact.event),
      ['ResolveCase'],
    );
    assert.deepEqual(
      door.log.filter(({ level }) => level === 'error'),
      [],
    );
  };

  it('takes a body of exactly 1 MiB, and not one byte more', async () => {
    const event = JSON.stringify(wireEvent());
    const full = event + ' '.repeat(MIB - event.length);
    const tooLarge = await door.post(`${full} `);
    assert.deepEqual([tooLarge.status, tooLarge.body.error], [413, 'too_large']);
    assert.match(String(tooLarge.body.message), /1 MiB/);
    assert.deepEqual(await door.facts(CASE), []);
    assert.equal((await door.post(full)).status, 202);
    assert.equal((await door.facts(CASE)).length, 1);
    assert.deepEqual(door.counted, { refused: 1, new: 1 });
  });

  it('counts bytes, not letters', async () => {
    assert.equal((await door.post(JSON.stringify('ä'.repeat(MIB / 2)))).status, 413);
  });

  it('answers 413 to an announced size before the body has come, and ends the connection', async () => {
    client.send(head(`content-length: ${MIB + 1}\r\n\r\n{`));
    await client.over;
    assert.equal(client.status, 413);
    assert.match(client.heard.split('\r\n\r\n')[0] ?? '', /^connection: close$/im);
    await stillWorks();
  });

  it('answers 413 to a stream at the first byte too many, not at its end', async () => {
    client.send(head('transfer-encoding: chunked\r\n\r\n'));
    const sixteenth = Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`);
    for (let sent = 0; sent < 16; sent++) client.send(sixteenth);
    client.send('1\r\nx\r\n');
    await client.over;
    assert.equal(client.status, 413);
    await stillWorks();
  });

  it('answers 413 to a stream without end as soon as it is too large, and ends the connection', async () => {
    client.send(head('transfer-encoding: chunked\r\n\r\n'));
    const chunk = Buffer.from(`10000\r\n${'x'.repeat(65_536)}\r\n`);
    let sent = 0;
    let closed = false;
    client.socket.once('close', () => {
      closed = true;
    });
    // Sends on and on, as fast as it is taken, whatever it is answered.
    const pour = (error?: Error | null) => {
      if (error || closed) return;
      sent += chunk.length;
      client.socket.write(chunk, pour);
    };
    pour();
    await until(() => client.status === 413, 'the answer');
    await until(() => closed, 'the end of the connection');
    assert.ok(sent > MIB);
    await stillWorks();
  });

  it('lets go of a client that was refused and does not hang up', async () => {
    client.send(`POST /aws/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n`);
    await client.over;
    assert.equal(client.status, 401);
    await stillWorks();
    await door.noConnectionLeft();
  });

  it('cuts off headers that do not end, with 408, and lets go of the client', async () => {
    await reopen(HEADERS_ALONE);
    client.send(head('x-slow: 1\r\n'));
    await client.over;
    assert.equal(client.status, 408);
    assert.deepEqual(Object.keys(client.body as object), ['error', 'message']);
    await stillWorks();
    await door.noConnectionLeft();
  });

  it('cuts off headers that drip', async () => {
    await reopen(HEADERS_ALONE);
    let closed = false;
    void client.over.then(() => {
      closed = true;
    });
    client.send(head(''));
    const drip = setInterval(() => client.send('x-drip: 1\r\n'), 20);
    try {
      await until(() => closed, 'the end of the connection');
    } finally {
      clearInterval(drip);
    }
    await stillWorks();
  });

  it('cuts off a body that does not come, or drips, with 408, and stores nothing of it', async () => {
    const body = JSON.stringify(wireEvent());
    client.send(head(`content-length: ${body.length}\r\n\r\n${body.slice(0, 50)}`));
    let at = 50;
    const drip = setInterval(() => {
      client.send(body.slice(at, at + 1));
      at += 1;
    }, 50);
    try {
      await client.over;
    } finally {
      clearInterval(drip);
    }
    assert.equal(client.status, 408);
    assert.ok(at < body.length);
    await stillWorks();
  });

  it('does not mind a client that goes away in the middle of its headers or its body', async () => {
    for (const part of [
      head('x-half'),
      head('content-length: 500\r\n\r\n{"half":'),
      head('transfer-encoding: chunked\r\n\r\n5\r\n{"ha'),
    ]) {
      for (const how of ['end', 'resetAndDestroy'] as const) {
        const gone = await rawClient(door.port);
        gone.send(part);
        await stillWorksSoFar(door);
        gone.socket[how]();
        await once(gone.socket, 'close').catch(() => undefined);
        gone.close();
      }
    }
    await stillWorks();
  });

  it('has stored what a client sent that did not wait for the answer', async () => {
    const body = JSON.stringify(wireEvent('ResolveCase'));
    client.send(head(`content-length: ${body.length}\r\n\r\n${body}`));
    await until(async () => (await door.facts(CASE)).length === 1, 'the fact');
    client.socket.resetAndDestroy();
    await stillWorks();
  });

  it('answers 400 to what is not HTTP, and lets go of the client', async () => {
    client.send('hello\r\n\r\n');
    await client.over;
    assert.equal(client.status, 400);
    assert.equal((client.body as { error: string }).error, 'bad_request');
    await stillWorks();
    await door.noConnectionLeft();
  });

  it('answers 431 to headers without measure', async () => {
    client.send(head(`x-large: ${'x'.repeat(100_000)}\r\n\r\n`));
    await client.over;
    assert.equal(client.status, 431);
    await stillWorks();
  });

  it('is not told two lengths at once', async () => {
    client.send(head('content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'));
    await client.over;
    assert.equal(client.status, 400);
    await stillWorks();
  });
});

/** One whole request, so that what was sent before it has been looked at. */
async function stillWorksSoFar(door: EventDoor): Promise<void> {
  assert.equal((await door.post([])).status, 202);
}
