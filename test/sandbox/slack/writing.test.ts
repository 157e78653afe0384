import assert from 'node:assert/strict';
import type { AppMentionEvent } from '@slack/types';
import type { Slack } from '../../../src/sandbox/slack/start-slack.js';
import { startRecordingTarget } from '../aws/recording-target.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, smallWorkspace } from './testing/web-client.js';

const NOBODY = 'http://127.0.0.1:1';

describe('Slack stand-in: what people write', () => {
  let slack: Slack;

  beforeEach(async () => {
    slack = await smallWorkspace();
  });
  afterEach(() => slack.stop());

  it('turns what is typed into references', () => {
    const text = '@Alice & @bob in #support: see https://e.com/a?b=1&c=2, <b> a@alice.de @here';
    const typed = slack.say({ user: ALICE, channel: CHANNEL, text, typed: true });
    assert.equal(
      typed.text,
      `<@${ALICE}> &amp; @bob in <#${CHANNEL}>: see <https://e.com/a?b=1&amp;c=2>, &lt;b&gt; a@alice.de <!here>`,
    );
    assert.equal(slack.say({ user: ALICE, channel: CHANNEL, text }).text, text);
  });

  it('tells the app when it is mentioned, with thread and files', async () => {
    const got: AppMentionEvent[] = [];
    const bot = await boltApp(slack, (app) =>
      app.event('app_mention', async ({ event }) => {
        got.push(event);
        slack.nudge();
      }),
    );
    try {
      const parent = slack.say({ user: ALICE, channel: CHANNEL, text: 'the case' });
      const write = (text: string, more: object = {}) =>
        slack.write(bot.url, { user: ALICE, channel: CHANNEL, text, ...more });
      assert.deepEqual((await write('nobody is meant')).deliveries, []);
      const files = [{ name: 'log.txt', data: Buffer.from('line') }];
      const { message, deliveries } = await write('@casethread reply with this', {
        threadTs: parent.ts,
        files,
      });
      assert.deepEqual(
        deliveries.map(({ status }) => status),
        [200],
      );
      const event = await slack.until(() => got[0]);
      assert.equal(got.length, 1);
      assert.equal(event?.text, `<@${slack.app.botUser}> reply with this`);
      assert.deepEqual([event?.ts, event?.thread_ts], [message.ts, parent.ts]);
      const [file] = (event as unknown as { files: { name: string; url_private: string }[] }).files;
      assert.equal(file?.name, 'log.txt');
      assert.ok(file?.url_private.startsWith(slack.origin));
    } finally {
      await bot.stop();
    }
  });

  it('tells the app again what it did not take: the same event, four times in all at most', async () => {
    const patient = await smallWorkspace({ eventRetryMs: [0, 5, 5] });
    let taken = 3;
    const app = await startRecordingTarget((response, _request, count) => {
      response.writeHead(count < taken ? 500 : 200).end();
      patient.nudge();
    });
    const write = (text: string) =>
      patient.write(app.url.replace('/aws/events', ''), { user: ALICE, channel: CHANNEL, text });
    const tries = () =>
      app.received.map(({ headers, body }) => [
        headers['x-slack-retry-num'],
        (JSON.parse(body) as { event_id: string }).event_id,
      ]);
    try {
      const { deliveries } = await write('@casethread help');
      assert.equal(deliveries[0]?.failed, 'dispatch_failed');
      await patient.until(() => tries().length === 3);
      const id = tries()[0]?.[1];
      assert.deepEqual(tries(), [
        [undefined, id],
        ['1', id],
        ['2', id],
      ]);
      taken = Number.POSITIVE_INFINITY;
      await write('@casethread help me');
      await patient.until(() => tries().length === 7);
      await write('@casethread again');
      await patient.until(() => tries().length === 11);
      const nums = tries().map(([num]) => num ?? '0');
      assert.deepEqual(nums.filter((num) => num === '3').length, 2);
    } finally {
      await patient.stop();
      await app.stop();
    }
  });

  it('tells it nothing where it is not', async () => {
    slack.changeChannel(CHANNEL, { isMember: false });
    const { deliveries } = await slack.write(NOBODY, {
      user: ALICE,
      channel: CHANNEL,
      text: '@casethread hi',
    });
    assert.deepEqual(deliveries, []);
    assert.equal(slack.messages(CHANNEL).length, 1);
  });

  it('keeps a direct message to the two who are in it', () => {
    slack.addUser({ id: 'U0BOB', name: 'bob', realName: 'Bob Brown' });
    slack.addChannel({ id: 'D0ALICE', name: 'dm', isPrivate: true });
    slack.changeChannel('D0ALICE', { im: ALICE });
    const write = (user: string) => slack.say({ user, channel: 'D0ALICE', text: 'x' });
    assert.throws(() => write('U0BOB'), /Only U0ALICE and the bot/);
    assert.equal(write(ALICE).text, 'x');
  });

  it('lets people write only where they can', () => {
    const write = (more: object) => slack.say({ user: ALICE, channel: CHANNEL, text: 'x', ...more });
    assert.throws(() => write({ text: ' ' }), /no message without text or file/);
    assert.throws(() => write({ threadTs: '1.2' }), /no message 1.2 to reply to/);
    assert.throws(() => write({ user: 'U0NOBODY' }), /Nobody with the id/);
    slack.changeChannel(CHANNEL, { isArchived: true });
    assert.throws(() => write({}), /#support is archived/);
  });
});
