import assert from 'node:assert/strict';
import { ACCOUNT, KEY, openEventDoor, wireEvent } from '../ingress/event-door.js';
import { NO_KEY, RedriveRoom } from './redrive-room.js';

const REFUSED = {
  status: 403,
  body: { error: 'account_not_accepted', message: 'Account 1 is not in AWS_ACCOUNTS.' },
};
const TAKEN = { status: 202, body: { accepted: 1, duplicates: 0, ignored: 0 } };
const BUSY = {
  status: 503,
  headers: { 'retry-after': '7' },
  body: { error: 'cannot_store', message: 'The event cannot be stored now. Send it again.' },
};

describe('npm run redrive', () => {
  let room: RedriveRoom;
  afterEach(() => room.close());

  describe('what the bot takes', () => {
    it('is at the bot afterwards, once, and not in the queue any more', async () => {
      room = await RedriveRoom.open();
      const door = await openEventDoor();
      const event = wireEvent();
      room.undelivered();
      room.undelivered();
      room.undelivered({ detail: { ...event.detail, 'event-name': 'ResolveCase', 'communication-id': '' } });
      room.undelivered(
        { detail: { ...event.detail, 'event-name': 'SomethingNew' } },
        'TIMEOUT',
        'It took too long',
      );
      const code = await room.run(['--to', new URL(door.url).origin]);
      assert.equal(code, 0, room.output);
      assert.equal(room.queue.messages.length, 0);
      const facts = await door.facts(String(event.detail['case-id']));
      assert.deepEqual(facts.map((fact) => fact.event).sort(), ['AddCommunicationToCase', 'ResolveCase']);
      await door.close();
      assert.deepEqual(room.printed, [
        `casethread-undelivered in us-east-1: about 4 events, to ${door.url}\n`,
        '  2022-02-21T15:51:31Z  AddCommunicationToCase    1234563851    delivered',
        '  2022-02-21T15:51:31Z  AddCommunicationToCase    1234563851    delivered: the bot had it already',
        '  2022-02-21T15:51:31Z  ResolveCase               1234563851    delivered',
        '  2022-02-21T15:51:31Z  SomethingNew              1234563851    delivered: not of use',
        '',
        'Why EventBridge could not deliver them:',
        `      3  ERROR_FROM_TARGET: ${NO_KEY}`,
        '      1  TIMEOUT: It took too long',
        '',
        '4 events delivered.',
      ]);
    });

    it('comes as EventBridge sends it, with the first of two keys', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      assert.equal(await room.run(undefined, { EVENT_API_KEY: `${KEY},the-old-key-00000001` }), 0);
      const [posted] = room.posted;
      assert.equal(posted?.headers['x-api-key'], KEY);
      assert.deepEqual(JSON.parse(posted?.body ?? ''), wireEvent());
    });

    it('is all there is, however few SQS gives out at a time', async () => {
      room = await RedriveRoom.open({ behaviour: { mostMessages: 2 } });
      for (let n = 0; n < 13; n += 1) room.undelivered();
      assert.equal(await room.run(), 0, room.output);
      assert.equal(room.posted.length, 13);
      assert.equal(room.queue.messages.length, 0);
    });

    it('is deleted also when the answer to that is lost', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.control.fault('DeleteMessage', { kind: 'hangup-after' });
      assert.equal(await room.run(), 0, room.output);
      assert.equal(room.queue.messages.length, 0);
    });

    it('is not all while somebody else has some of it, as a run that was killed has', async () => {
      room = await RedriveRoom.open();
      for (let n = 0; n < 4; n += 1) room.undelivered();
      for (const message of room.queue.messages.slice(0, 3))
        Object.assign(message, { received: 1, visibleAt: Date.now() + 600_000 });
      assert.equal(await room.run(), 1, room.output);
      assert.equal(room.posted.length, 1);
      assert.match(
        room.output,
        /^1 event delivered\.\n3 more are in somebody's hands, .* for up to 10 minutes\. Run it again then\.$/m,
      );
      for (const message of room.queue.messages) message.visibleAt = 0;
      assert.equal(await room.run(), 0, room.output);
      assert.equal(room.queue.messages.length, 0);
    });

    it('is told without the key, also where EventBridge wrote it beside an event', async () => {
      room = await RedriveRoom.open();
      room.undelivered({}, 'ERROR_FROM_TARGET', `status 400 with payload: not ${KEY}`);
      assert.equal(await room.run(), 0);
      assert.match(room.output, /with payload: not \(EVENT_API_KEY\)$/m);
      assert.ok(!room.output.includes(KEY));
    });

    it('is nothing when there is nothing', async () => {
      room = await RedriveRoom.open();
      assert.equal(await room.run(), 0);
      assert.match(room.output, /There is nothing in the queue\./);
    });
  });

  describe('what the bot refuses', () => {
    it('stays in the queue for everybody, is tried once, and does not hold up the others', async () => {
      room = await RedriveRoom.open({ behaviour: { mostMessages: 1 } });
      for (let n = 0; n < 4; n += 1) room.undelivered();
      room.answer = (n) => (n === 1 ? REFUSED : n === 2 ? { status: 404, body: 'nothing here' } : TAKEN);
      assert.equal(await room.run(), 1);
      assert.equal(room.posted.length, 4);
      assert.deepEqual([room.queue.messages.length, room.visible], [2, 2]);
      assert.match(room.output, /refused: Account 1 is not in AWS_ACCOUNTS\./);
      assert.match(room.output, /refused: The answer was 404, and not one of Casethread's\./);
      assert.match(room.output, /2 events delivered; 2 not taken, which stay in the queue\./);
    });

    it('is tried once also when SQS gives it out twice', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.answer = () => {
        for (const message of room.queue.messages) message.visibleAt = 0;
        return REFUSED;
      };
      assert.equal(await room.run(), 1);
      assert.equal(room.posted.length, 1);
      assert.equal(room.visible, 1);
    });

    it('shows nothing of what is not as AWS writes it', async () => {
      room = await RedriveRoom.open();
      room.undelivered(
        '{"time":"\u001b[2J","detail":{"display-id":"\u001b[31mhello"}}',
        'X\u001b[2J',
        'a\nb',
      );
      room.undelivered('no JSON');
      room.answer = () => ({ status: 400, body: { error: 'not_json', message: 'No \u001b[2J\nevent.' } });
      assert.equal(await room.run(), 1);
      assert.ok(!room.output.includes('\u001b'));
      assert.match(room.output, /\(not an event\) .* refused: No \[2J event\./);
      assert.match(room.output, /X \[2J: a b/);
    });

    it('is not taken for taken because a proxy is friendly', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.answer = () => ({ status: 200, body: '<h1>Welcome</h1>' });
      assert.equal(await room.run(), 1);
      assert.equal(room.visible, 1);
    });
  });

  describe('a bot that takes nothing', () => {
    it('ends the round at once when the key is wrong, and says so without it', async () => {
      room = await RedriveRoom.open();
      for (let n = 0; n < 3; n += 1) room.undelivered();
      const door = await openEventDoor({ keys: ['another-key-of-the-bot'] });
      assert.equal(await room.run(['--to', new URL(door.url).origin]), 1);
      await door.close();
      assert.equal(door.counted.refused, 1);
      assert.equal(room.visible, 3);
      assert.match(room.output, /does not hold the key in EVENT_API_KEY\. Set EVENT_API_KEY here/);
      assert.ok(!room.output.includes(KEY));
    });

    it('is waited for as long as it says', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.answer = (n) => (n < 2 ? BUSY : TAKEN);
      assert.equal(await room.run(), 0, room.output);
      assert.deepEqual(room.slept, [7_000, 7_000]);
      assert.equal(room.queue.messages.length, 0);
    });

    it('is not waited for without end', async () => {
      room = await RedriveRoom.open();
      for (let n = 0; n < 3; n += 1) room.undelivered();
      room.answer = () => ({ ...BUSY, headers: { 'retry-after': '86400' } });
      assert.equal(await room.run(), 1);
      assert.deepEqual(room.slept, [30_000, 30_000, 30_000, 30_000]);
      assert.equal(room.posted.length, 5);
      assert.equal(room.visible, 3);
      assert.match(
        room.output,
        /cannot be stored now\. Send it again\.\nEverything that is not delivered stays/,
      );
    });

    it('is left in peace after three answers in a row that are not its own', async () => {
      room = await RedriveRoom.open();
      for (let n = 0; n < 12; n += 1) room.undelivered();
      room.answer = (n) => (n === 1 ? TAKEN : { status: 404, body: '<h1>Not here</h1>' });
      assert.equal(await room.run(), 1);
      assert.equal(room.posted.length, 5);
      assert.equal(room.visible, 11);
      assert.match(
        room.output,
        /^3 answers in a row were not of Casethread\. Is it the bot that answers there\?/m,
      );
    });

    it('is told of when nobody answers there', async () => {
      room = await RedriveRoom.open();
      room.undelivered();
      room.stopBot();
      assert.equal(await room.run(), 1);
      assert.equal(room.visible, 1);
      assert.match(
        room.output,
        /The bot is not reached at http:\/\/127\.0\.0\.1:\d+\/aws\/events \(ECONNREFUSED\)/,
      );
    });
  });

  it('delivers nothing with --dry-run, needs no key, and gives everything back', async () => {
    room = await RedriveRoom.open({ behaviour: { mostMessages: 1 } });
    room.undelivered();
    room.undelivered();
    assert.equal(await room.run(['--dry-run'], { EVENT_API_KEY: '' }), 0, room.output);
    assert.equal(room.posted.length, 0);
    assert.equal(room.visible, 2);
    assert.match(room.output, /2 events in the queue\. Nothing was delivered \(--dry-run\)\./);
    assert.match(room.output, /2 {2}ERROR_FROM_TARGET/);
  });

  it('leaves in the queue what is not delivered when it is stopped', async () => {
    room = await RedriveRoom.open();
    for (let n = 0; n < 5; n += 1) room.undelivered();
    room.answer = (n) => {
      if (n === 1) room.stop.abort();
      return TAKEN;
    };
    assert.equal(await room.run(), 1);
    assert.equal(room.posted.length, 2);
    assert.deepEqual([room.queue.messages.length, room.visible], [3, 3]);
    assert.match(
      room.output,
      /2 events delivered\.\nStopped\. Everything that is not delivered stays in the queue\./,
    );
  });

  it('puts account and key of nobody, and no id of a case, on the screen', async () => {
    room = await RedriveRoom.open();
    room.undelivered();
    await room.run();
    for (const secret of [KEY, ACCOUNT, String(wireEvent().detail['case-id']), 'secret-for-tests'])
      assert.ok(!room.output.includes(secret), secret);
  });
});
