import assert from 'node:assert/strict';
import { createSlackApp } from '../../src/commands/app.js';
import type { CommandDeps } from '../../src/commands/command-deps.js';
import type { Config } from '../../src/config.js';
import type { Finding } from '../../src/doctor/finding.js';
import { type HttpServer, startServer } from '../../src/ingress/server.js';
import { mentionsOf, type Slack, shownText, startSlack } from '../../src/sandbox/slack/start-slack.js';
import type { Message } from '../../src/slack/message.js';
import type { Place } from '../../src/slack/slack.js';
import { createWebClient } from '../../src/slack/web-client.js';
import { createLog } from '../../src/telemetry/log.js';
import { receiverFor } from '../../src/wiring/receiver.js';
import { EVERYBODY_MAY } from '../world/everybody-may.js';
import { toldTo } from '../world/reading.js';
import { ALICE, BOB, BOT_TOKEN, CHANNEL, SIGNING_SECRET } from '../world/world.js';

const ELSEWHERE = 'C0RANDOM001';

function finding(state: Finding['state'], about: Finding['about'], n = 1): Finding {
  const remedy = state === 'ok' ? null : `Mend ${about} ${n}.`;
  return { check: `${about} check ${n}`, about, state, says: `It is ${state}.`, remedy };
}

/** What the doctor finds is given by each test; the rest is as it is. */
describe('flow: the doctor in Slack', () => {
  let slack: Slack;
  let server: HttpServer;
  let examine: () => Promise<readonly Finding[]>;
  let administrators: readonly string[];
  const log: string[] = [];

  beforeEach(async () => {
    slack = await startSlack({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, pace: 'off' });
    slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
    slack.addChannel({ id: ELSEWHERE, name: 'random' });
    slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Example' });
    slack.addUser({ id: BOB, name: 'bob', realName: 'Bob Sample' });
    administrators = [];
    examine = async () => [];
    log.length = 0;
    const logger = createLog('debug', (line) => log.push(line));
    const client = createWebClient(BOT_TOKEN, slack.url, logger);
    const requests = new Map<string, 'busy' | 'done'>();
    const deps = {
      log: logger,
      examine: () => examine(),
      ...EVERYBODY_MAY,
      permissions: () => ({ administrators, rules: [] }),
      trail: { noted: async () => undefined },
      caseChannels: () => [CHANNEL],
      store: {
        async beginRequest(id: string) {
          const state = requests.get(id);
          if (state === undefined) requests.set(id, 'busy');
          return state ?? 'yours';
        },
        async endRequest(id: string) {
          requests.set(id, 'done');
        },
      },
      slack: {
        postEphemeral: ({ channel, threadTs }: Place, user: string, { text, blocks }: Message) =>
          client.chat.postEphemeral({
            channel,
            user,
            text,
            blocks: [...blocks],
            ...(threadTs === null ? {} : { thread_ts: threadTs }),
          }),
      },
    } as unknown as CommandDeps;
    const config = { slackAppToken: null, slackSigningSecret: SIGNING_SECRET, slackApiUrl: slack.url };
    const receiver = receiverFor(config as Config, logger);
    createSlackApp(deps, { botToken: BOT_TOKEN, slackApiUrl: slack.url, receiver });
    assert.ok('requestListener' in receiver);
    const routes = { '/slack/events': { POST: receiver.requestListener } };
    server = await startServer({ host: '127.0.0.1', port: 0, routes, log: logger });
  });
  afterEach(async () => {
    await server.close(0);
    await slack.stop();
  });

  const url = () => `http://127.0.0.1:${server.port}`;
  const type = (text = 'doctor', user = ALICE, channel = CHANNEL) =>
    slack.command(url(), { command: '/support', text, user, channel });
  const told = (part: string | RegExp, user = ALICE) =>
    slack.until(
      () =>
        toldTo(slack, user).find((text) =>
          typeof part === 'string' ? text.includes(part) : part.test(text),
        ),
      { what: String(part), timeoutMs: 5_000 },
    );

  const refusals = () =>
    slack.calls.flatMap(({ result }) => {
      const { ok, error } = (result ?? {}) as { ok?: boolean; error?: string };
      return ok === false ? [error] : [];
    });

  it('answers at once, and says what was found when it is', async () => {
    let finish: (findings: readonly Finding[]) => void = () => undefined;
    examine = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    await type();
    assert.deepEqual(toldTo(slack, ALICE).length, 1);
    assert.match(toldTo(slack, ALICE)[0] ?? '', /Looking at everything that Casethread needs/);
    finish([
      ...[1, 2, 3, 4].map((n) => finding('ok', 'bot', n)),
      finding('ok', 'slack'),
      finding('warn', 'slack', 2),
      finding('fail', 'aws'),
    ]);
    const said = await told('Of 7 checks');
    assert.match(said, /^:x: Of 7 checks, 1 does not work and 1 wants a look\./);
    assert.match(said, /Casethread itself\n:white_check_mark: 4 checks are fine/);
    assert.match(
      said,
      /Slack\n:warning: slack check 2: It is warn\.\n +→ Mend slack 2\.\n:white_check_mark: slack check 1: It is ok\./,
    );
    assert.match(said, /AWS\n:x: aws check 1: It is fail\.\n +→ Mend aws 1\./);
    assert.match(said, /Nothing was changed\./);
    // Slack is asked to show it in the place of the first answer.
    const posted = slack.calls.find(({ method }) => method === 'response_url');
    assert.equal(posted?.args.replace_original, true);
  });

  it('says so when all is well, and when there was nothing to look at', async () => {
    examine = async () => [finding('ok', 'bot'), finding('ok', 'events')];
    await type();
    assert.match(await told('All 2 checks are fine'), /Events from AWS\n:white_check_mark: events check 1/);
    examine = async () => [];
    await type();
    await told('There was nothing to look at');
  });

  it('is for administrators alone, and names them to others', async () => {
    let looks = 0;
    examine = async () => {
      looks += 1;
      return [finding('ok', 'bot')];
    };
    administrators = [BOB, 'U0CAROL0001'];
    await type();
    assert.match(
      toldTo(slack, ALICE).at(-1) ?? '',
      /for those who take care of Casethread, so nothing was looked at\. Ask @(bob|U0BOB000001|Bob Sample).* or @/,
    );
    assert.equal(looks, 0);
    await type('doctor', BOB, ELSEWHERE);
    await told('The only check is fine', BOB);
  });

  it('is for everybody in a channel with cases, where nobody is named', async () => {
    examine = async () => [finding('ok', 'bot')];
    await type('doctor', ALICE, ELSEWHERE);
    assert.match(toldTo(slack, ALICE).at(-1) ?? '', /works in a channel with cases.*#C0CASES0001/);
    await type('doctor');
    await told('The only check is fine');
  });

  it('looks once for all who ask meanwhile', async () => {
    let looks = 0;
    let finish: () => void = () => undefined;
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    examine = async () => {
      looks += 1;
      await done;
      return [finding('ok', 'bot')];
    };
    await Promise.all([type(), type(), type('doctor', BOB)]);
    finish();
    await told('The only check is fine', BOB);
    await slack.until(() => toldTo(slack, ALICE).filter((text) => text.includes('is fine')).length === 2, {
      what: 'both answers',
    });
    assert.equal(looks, 1);
    await type();
    await slack.until(() => looks === 2, { what: 'a new look' });
  });

  it('says a sentence when the doctor itself fails', async () => {
    examine = async () => {
      throw new Error('secret-in-an-error');
    };
    await type();
    assert.doesNotMatch(await told('The doctor itself stumbled'), /secret-in-an-error/);
  });

  it('gives the findings another way when Slack does not take them at the address of the command', async () => {
    examine = async () => [finding('ok', 'bot')];
    const lost = slack.fault('response_url', { kind: 'hangup-before' });
    await type();
    await told('The only check is fine');
    assert.equal(lost.hits, 1);
  });

  it('answers in a thread and in the channel to its name', async () => {
    examine = async () => [finding('warn', 'events')];
    const text = `<@${slack.app.botUser}> doctor`;
    await slack.mention(url(), { user: ALICE, channel: CHANNEL, text });
    await told('Of 1 check, 1 wants a look');
    const { ts } = slack.say({ user: BOB, channel: CHANNEL, text: 'A thread.' });
    await slack.mention(url(), { user: BOB, channel: CHANNEL, text, threadTs: ts });
    await told('Of 1 check, 1 wants a look', BOB);
    assert.equal(slack.ephemerals.findLast(({ user }) => user === BOB)?.threadTs, ts);
    await slack.mention(url(), { user: ALICE, channel: CHANNEL, text: `<@${slack.app.botUser}> docter` });
    await told('Did you mean @Casethread doctor?');
  });

  it('says once what is wrong in many accounts, and answers however many there are', async () => {
    const name = (n: number) => `team "${n}" (${500000000000 + n})`;
    examine = async () => [
      ...Array.from({ length: 120 }, (_, n) => ({
        ...finding('fail', 'aws'),
        check: name(n),
        says: `AWS account ${name(n)}: Casethread may not assume arn:aws:iam::${500000000000 + n}:role/casethread.`,
      })),
      ...Array.from({ length: 60 }, (_, n) => ({ ...finding('warn', 'events', n), says: '"'.repeat(400) })),
    ];
    await type();
    const said = await told('Of 180 checks, 120 do not work and 60 want a look');
    assert.match(
      said,
      /:x: 120 accounts: Casethread may not assume arn:aws:iam::…:role\/casethread\. In team "0" \(500000000000\), .*and 115 more\.\n +→ Mend aws 1\./,
    );
    assert.equal(said.split('may not assume').length, 2);
    assert.match(said, /\d+ more findings do not fit here/);
    assert.deepEqual(refusals(), []);
  });

  it('says where to look when nothing of it fits into a message', async () => {
    examine = async () =>
      (['bot', 'slack', 'aws', 'events'] as const).flatMap((about) =>
        [1, 2, 3].map((n) => ({ ...finding('ok', about, n), check: '"'.repeat(99), says: '"'.repeat(400) })),
      );
    await type();
    assert.match(
      await told('too long for Slack'),
      /^:white_check_mark: All 12 checks are fine\. .*npm run doctor/,
    );
    assert.deepEqual(refusals(), []);
  });

  it('fits however much was found into one message, the worst first, and lets nothing of it do anything', async () => {
    const long = 'word '.repeat(300);
    examine = async () => [
      ...Array.from({ length: 300 }, (_, n) => ({ ...finding('warn', 'aws', n), says: long, remedy: long })),
      { ...finding('fail', 'events'), says: '<!channel> *bold* :x: <https://evil.example|here> & @here' },
      finding('ok', 'bot'),
    ];
    await type();
    const said = await told('Of 302 checks');
    assert.match(said, /1 does not work and 300 want a look/);
    assert.match(said, /<!channel> \*bold\* :x: <https:\/\/evil\.example\|here> & @here/);
    assert.match(said, /\d+ more findings do not fit here/);
    const last = slack.ephemerals.findLast(({ user }) => user === ALICE);
    assert.ok(last && shownText(last).length < 13_200);
    assert.deepEqual(mentionsOf(last), []);
  });
});
