import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { type BotProcess, startProcess } from '../world/process.js';
import { type SocketFront, startSocketFront } from '../world/socket-front.js';
import { ALICE, BOT_TOKEN, CHANNEL, environmentFor, SIGNING_SECRET } from '../world/world.js';

describe('flow: Socket Mode', () => {
  let slack: Slack;
  let aws: Aws;
  let front: SocketFront;
  let bot: BotProcess;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'casethread-test-'));
    slack = await startSlack({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, pace: 'off' });
    slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
    slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Example' });
    aws = await startAws();
    aws.onChange(() => slack.nudge());
    front = await startSocketFront(slack, 'xapp-for-tests');
    const { SLACK_SIGNING_SECRET: _, ...environment } = environmentFor({ slack, aws, folder });
    bot = await startProcess({
      ...environment,
      SLACK_API_URL: front.url,
      SLACK_APP_TOKEN: 'xapp-for-tests',
      PORT: '0',
    });
  });
  afterEach(async () => {
    await bot.kill();
    await Promise.all([front.stop(), slack.stop(), aws.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const command = (text: string) =>
    front.send('slash_commands', {
      command: '/support',
      text,
      user_id: ALICE,
      user_name: 'alice',
      channel_id: CHANNEL,
      team_id: 'T1',
      trigger_id: `${Math.random()}`,
    });

  it('takes commands over the socket, without a signing secret, and stops cleanly', async () => {
    await front.connected;
    const { caseId } = aws.openCase({ subject: 'Socket', body: 'Opening.', displayId: '1234563851' });
    const help = (await command('help')) as { text: string };
    assert.match(help.text, /\/support reply/);
    const sending = (await command('reply 1234563851 Over the socket.')) as { text: string };
    assert.match(sending.text, /Sending your reply/);
    await slack.until(() => aws.case(caseId).communications.length === 2, { what: 'the reply at AWS' });
    assert.match(
      aws.case(caseId).communications[1]?.body ?? '',
      /^Over the socket\.\n\n— Alice Example, via Slack/,
    );
    // By HTTP nothing is taken then.
    assert.equal((await fetch(`${bot.url}/slack/events`, { method: 'POST', body: '{}' })).status, 404);
    assert.equal(await bot.end('SIGTERM'), 0);
  });

  it('takes mentions in a thread over the socket', async () => {
    await front.connected;
    const { caseId } = aws.openCase({ subject: 'Socket', body: 'Opening.', displayId: '1234563851' });
    await command('show 1234563851');
    await slack.until(() => slack.threads(CHANNEL)[0]?.replies.length === 1, { what: 'the thread' });
    const { botUser, teamId } = slack.app;
    const threadTs = slack.threads(CHANNEL)[0]?.card.ts ?? '';
    const mention = {
      type: 'event_callback',
      event_id: 'Ev1',
      team_id: teamId,
      authorizations: [{ team_id: teamId, user_id: botUser, is_bot: true }],
      event: {
        type: 'app_mention',
        user: ALICE,
        channel: CHANNEL,
        ts: '1700000000.000100',
        thread_ts: threadTs,
        text: `<@${botUser}> reply Over the socket.`,
      },
    };
    await front.send('events_api', mention);
    await front.send('events_api', mention);
    await slack.until(() => slack.ephemerals.some((each) => each.text.includes('AWS has your reply')), {
      what: 'how it ended',
    });
    assert.equal(aws.case(caseId).communications.length, 2);
    const inThread = slack.ephemerals.filter((each) => each.threadTs !== undefined);
    // On a busy machine they also read that AWS is slow: whatever it is, once, where they wrote.
    assert.ok(inThread.every((each) => each.user === ALICE && each.threadTs === threadTs));
    const texts = inThread.map((each) => each.text);
    assert.deepEqual(texts, [...new Set(texts)]);
    assert.match(texts[0] ?? '', /^Sending your reply/);
  });
});
