import assert from 'node:assert/strict';
import type { App, SlashCommand } from '@slack/bolt';
import { type Slack, type SlackOptions, shownText } from '../../../src/sandbox/slack/start-slack.js';
import { boltApp } from './testing/bolt-app.js';
import { ALICE, CHANNEL, smallWorkspace } from './testing/web-client.js';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('Slack stand-in: commands, with Bolt', () => {
  let slack: Slack;
  let bot: Awaited<ReturnType<typeof boltApp>>;

  async function start(configure: (app: App) => void, options: Partial<SlackOptions> = {}): Promise<void> {
    slack = await smallWorkspace(options);
    bot = await boltApp(slack, configure);
  }

  const type = (text: string, more: object = {}) =>
    slack.command(bot.url, { command: '/support', text, user: ALICE, channel: CHANNEL, ...more });
  const told = () => slack.ephemerals.map((each) => [each.user, each.via, shownText(each)]);

  afterEach(async () => {
    await bot.stop();
    await slack.stop();
  });

  it('hands over what Slack hands over', async () => {
    const got: SlashCommand[] = [];
    await start((app) =>
      app.command('/support', async ({ command, ack }) => {
        got.push(command);
        await ack();
      }),
    );
    slack.addChannel({ id: 'G0SECRET', name: 'secret', isPrivate: true, isMember: false });
    const done = await type('reply 1 ask @alice & #support <b> see https://e.com/a. mail a@b.de @here');
    assert.deepEqual([done.status, done.body, done.failed], [200, '', undefined]);
    await type('x', { channel: 'G0SECRET', escape: false });
    const [first, second] = got;
    assert.equal(
      first?.text,
      `reply 1 ask <@${ALICE}|alice> &amp; <#${CHANNEL}|support> &lt;b&gt; see <https://e.com/a>. mail a@b.de <!here>`,
    );
    assert.deepEqual(
      [first?.channel_name, first?.user_name, first?.team_domain, second?.channel_name],
      ['support', 'alice', 'acme', 'privategroup'],
    );
    assert.deepEqual(told(), []);
  });

  it('shows the ack: text or blocks', async () => {
    await start((app) =>
      app.command('/support', ({ command, ack }) =>
        command.text === 'text'
          ? ack('plain *text*')
          : ack({ text: 'fallback', blocks: [section('*block*')] }),
      ),
    );
    await type('text');
    await type('blocks');
    assert.deepEqual(told(), [
      [ALICE, 'ack', 'plain text'],
      [ALICE, 'ack', 'block'],
    ]);
  });

  it('says what a person is told when the app fails', async () => {
    await start(
      (app) => {
        app.command('/support', async ({ command, ack }) => {
          if (command.text === 'invalid') await ack({ text: 'x', blocks: [{ type: 'nonsense' }] });
          if (command.text === 'error') throw new Error('before the ack');
        });
        app.error(async () => {});
      },
      { ackTimeoutMs: 100 },
    );
    assert.equal((await type('invalid')).failed, 'invalid_command_response');
    assert.equal((await type('silence')).failed, 'operation_timeout');
    assert.equal(
      (await slack.command('http://127.0.0.1:1', { command: '/x', user: ALICE, channel: CHANNEL })).failed,
      'dispatch_failed',
    );
    const wrong = await type('x', { signature: 'wrong' });
    assert.deepEqual([wrong.status, wrong.failed], [401, 'dispatch_failed']);
    assert.equal((await type('x', { signature: 'stale' })).status, 401);
    assert.equal((await type('x', { signature: 'missing' })).status, 401);
    assert.deepEqual(told(), []);
  });

  it('takes answers through the response_url, five in half an hour', async () => {
    let now = 1_800_000_000_000;
    let bad: unknown;
    let late: (() => Promise<unknown>) | undefined;
    await start(
      (app) =>
        app.command('/support', async ({ command, ack, respond }) => {
          await ack();
          if (command.text === 'once') await respond('once');
          else {
            await respond('one');
            await respond({ text: 'two', blocks: [section('2')] });
            await respond({ text: 'for all', response_type: 'in_channel' });
            await respond({ text: 'bad', blocks: [{ type: 'nonsense' }] }).catch((error: unknown) => {
              bad = error;
            });
            await respond({ replace_original: true, text: 'a typed command is not replaced' });
          }
          late = () => respond('late');
          slack.nudge();
        }),
      { now: () => now },
    );
    await type('often');
    const sixth = await slack.until(() => late);
    assert.match(String(bad), /400/);
    assert.deepEqual(told(), [
      [ALICE, 'response_url', 'one'],
      [ALICE, 'response_url', '2'],
      [ALICE, 'response_url', 'a typed command is not replaced'],
    ]);
    assert.deepEqual(slack.messages(CHANNEL).map(shownText), ['for all']);
    await assert.rejects(async () => sixth?.(), /404/);
    assert.equal(slack.callsOf('response_url').at(-1)?.result?.error, 'used_url');

    late = undefined;
    await type('once');
    const second = await slack.until(() => late);
    now += 31 * 60_000;
    await assert.rejects(async () => second?.(), /404/);
    assert.equal(slack.callsOf('response_url').at(-1)?.result?.error, 'expired_url');
  });

  it('faults reach response_urls too', async () => {
    let failed: unknown;
    await start((app) =>
      app.command('/support', async ({ ack, respond }) => {
        await ack();
        await respond('lost').catch((error: unknown) => {
          failed = error;
        });
        await respond('found');
      }),
    );
    slack.fault('response_url', { kind: 'status', status: 500 });
    await type('x');
    await slack.until(() => told().length === 1);
    assert.match(String(failed), /500/);
    assert.deepEqual(told(), [[ALICE, 'response_url', 'found']]);
  });

  it('sends the same request again', async () => {
    let runs = 0;
    await start((app) =>
      app.command('/support', async ({ ack }) => {
        runs += 1;
        await ack(`run ${runs}`);
      }),
    );
    const first = await type('x');
    const again = await slack.resend(first.request);
    assert.deepEqual([again.body, slack.lastRequest === first.request], ['run 2', true]);
    assert.deepEqual(
      told().map(([, , text]) => text),
      ['run 1', 'run 2'],
    );
  });

  it('passes url_verification and events, with retries', async () => {
    const got: unknown[] = [];
    await start((app) =>
      app.event('app_mention', async ({ event, body, context, client }) => {
        got.push([body.event_id, context.retryNum, event.text]);
        await client.chat.postMessage({
          channel: event.channel,
          text: 'here',
          thread_ts: event.thread_ts ?? event.ts,
        });
      }),
    );
    assert.equal((await slack.urlVerification(bot.url, 'abc')).body, '{"challenge":"abc"}');
    const { message } = await slack.mention(bot.url, { user: ALICE, channel: CHANNEL, text: 'show' });
    await slack.until(() => slack.threads(CHANNEL)[0]?.replies.length === 1);
    assert.equal(slack.threads(CHANNEL)[0]?.card.ts, message.ts);
    const inner = { type: 'app_mention', user: ALICE, text: 'x', ts: message.ts, channel: CHANNEL };
    await slack.event(bot.url, inner, { eventId: 'Ev1', retryNum: 1 });
    await slack.until(() => slack.threads(CHANNEL)[0]?.replies.length === 2);
    assert.deepEqual(got.at(-1), ['Ev1', 1, 'x']);
  });
});
