import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type EventDoor, openEventDoor } from '../ingress/event-door.js';
import { type ConnectStage, connectStage, KEY, URL_OF_BOT } from './run-connect.js';

const TEST = ['--url', URL_OF_BOT, '--test'];

describe('npm run connect -- --test', () => {
  let stage: ConnectStage;
  let door: EventDoor;

  /** The bot is reached at its address: from here, and by EventBridge. */
  function reachable(origin: string, byEventBridge = true): void {
    stage.answer((url, init) => fetch(String(url).replace(URL_OF_BOT, origin), init));
    stage.aws.setOrigin('casethread.example.com', byEventBridge ? origin : undefined);
  }

  beforeEach(async () => {
    stage = await connectStage();
    await stage.run();
    door = await openEventDoor({ keys: [KEY] });
    reachable(`http://127.0.0.1:${door.port}`);
  });
  afterEach(async () => {
    await stage.stop();
    await door.close();
  });

  it('sends an event the whole way, says after how long the bot has seen it, and changes nothing', async () => {
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 0, ran.text);
    assert.match(ran.text, /The bot has seen the test event after \d+\.\d s\.$/);
    assert.deepEqual(ran.writes, ['PutEvents']);
    assert.deepEqual(door.marked(), [], 'no case is touched by it');
    assert.equal(stage.region.queues.get('casethread-undelivered')?.messages.length, 0);
  });

  it('tries out what a template has made, and leaves it as it is', async () => {
    const { connections, rules } = stage.region;
    const connection = connections.get('casethread');
    assert.ok(connection !== undefined);
    connection.description = 'Casethread';
    const terraform = await stage.run(TEST);
    assert.equal(terraform.code, 0, terraform.text);
    assert.deepEqual(terraform.writes, ['PutEvents']);
    rules.get('casethread')?.tags.set('aws:cloudformation:stack-name', 'casethread');
    const stack = await stage.run(TEST);
    assert.equal(stack.code, 0, stack.text);
    assert.deepEqual(stack.writes, ['PutEvents']);
  });

  it('says that there is nothing to try out yet', async () => {
    stage.region.rules.clear();
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 1);
    assert.match(
      ran.text,
      /There is no rule casethread in us-east-1 of this account\. Create it first: npm run connect$/,
    );
    assert.deepEqual(ran.writes, []);
  });

  it('sends it again when a rule is too new to see it', async () => {
    const rule = stage.region.rules.get('casethread');
    assert.ok(rule !== undefined);
    const pattern = rule.pattern;
    let waits = 0;
    stage.whenItWaits(() => {
      waits += 1;
      if (waits === 10) rule.pattern = pattern;
    });
    // As if the rule were not there yet: changed between the look at it and the event.
    stage.answer((url, init) => {
      if (waits === 0) rule.pattern = '{"source":["nobody"]}';
      return fetch(String(url).replace(URL_OF_BOT, `http://127.0.0.1:${door.port}`), init);
    });
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 0, ran.text);
    assert.equal(stage.aws.callsOf('PutEvents').length, 2);
  });

  it('says why EventBridge could not deliver it, and takes it out of the queue', async () => {
    reachable(`http://127.0.0.1:${door.port}`, false);
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 1);
    assert.match(
      ran.text,
      /could not deliver the test event and put it into the queue casethread-undelivered: Unable to invoke ApiDestination endpoint: .* \(\w+\)\.$/,
    );
    assert.equal(stage.region.queues.get('casethread-undelivered')?.messages.length, 0);
  });

  it('says how a wrong key at EventBridge is put right', async () => {
    const connection = stage.region.connections.get('casethread');
    assert.ok(connection !== undefined);
    connection.keyValue = 'changed-in-the-console';
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 1);
    assert.match(ran.text, /npm run connect -- --adopt gives EventBridge the key once more/);
    assert.equal((await stage.run(['--url', URL_OF_BOT, '--adopt'])).code, 0);
    assert.equal((await stage.run(TEST)).code, 0);
  });

  it('says so when it is lost on its way for a minute', async () => {
    const rule = stage.region.rules.get('casethread');
    stage.whenItWaits(() => undefined);
    stage.answer((url, init) => {
      if (rule !== undefined) rule.pattern = '{"source":["nobody"]}';
      return fetch(String(url).replace(URL_OF_BOT, `http://127.0.0.1:${door.port}`), init);
    });
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 1);
    assert.match(ran.text, /The bot has not seen the test event within 60 s, and it is not in the queue/);
  });

  it('does not send anything when the bot has another key', async () => {
    const ran = await stage.run(TEST, { EVENT_API_KEY: 'not-the-key-of-the-bot' });
    assert.equal(ran.code, 1);
    assert.match(ran.text, /answers with status 401: the bot has another EVENT_API_KEY than this one\./);
    assert.equal(stage.aws.callsOf('PutEvents').length, 0);
  });

  it('says that AWS does not let it send', async () => {
    stage.aws.deny('events:PutEvents');
    const ran = await stage.run(TEST);
    assert.equal(ran.code, 1);
    assert.match(ran.text, /may not do events:PutEvents on the default event bus\./);
  });

  const answers: [status: number, body: string, says: RegExp][] = [
    [404, '{"error":"not_found"}', /status 404: the proxy does not let POST \/aws\/events through/],
    [403, 'Forbidden', /status 403: .* something before it refuses/],
    [502, '<html>', /status 502: the proxy does not reach the bot/],
    [503, '{}', /status 503: the bot cannot store events now/],
    [301, '', /status 301: it sends elsewhere, and EventBridge does not follow/],
    [200, 'hello', /status 200: this is not how Casethread answers/],
    [202, '{"accepted":0}', /takes events, and knows no test event/],
  ];
  for (const [status, body, says] of answers) {
    it(`says what status ${status} with “${body}” means`, async () => {
      const server = createServer((_, response) => {
        response.writeHead(status, { location: 'https://elsewhere.example.com/', connection: 'close' });
        response.end(body);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      reachable(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const ran = await stage.run(TEST);
      server.close();
      assert.equal(ran.code, 1);
      assert.match(ran.text, says);
    });
  }

  const failures: [code: string, says: RegExp][] = [
    ['ENOTFOUND', /the host name has no address/],
    ['ECONNREFUSED', /nothing listens there/],
    ['CERT_HAS_EXPIRED', /its certificate has expired/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not one that everybody trusts/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /its certificate is for another host name/],
  ];
  for (const [code, says] of failures) {
    it(`says what ${code} means`, async () => {
      stage.answer(() =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })),
      );
      const ran = await stage.run(TEST);
      assert.equal(ran.code, 1);
      assert.match(ran.text, /https:\/\/casethread\.example\.com\/aws\/events cannot be reached from here: /);
      assert.match(ran.text, says);
      assert.equal(stage.aws.callsOf('PutEvents').length, 0);
    });
  }
});
