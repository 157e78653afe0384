import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { AuditChannel } from '../../src/case/calls/audit-channel.js';
import type { Rule } from '../../src/case/permit.js';
import type { Route } from '../../src/case/route.js';
import { checkSlack } from '../../src/doctor/check-slack.js';
import type { Finding } from '../../src/doctor/finding.js';
import type { Slack } from '../../src/sandbox/slack/start-slack.js';
import { examineSlack, tryAppToken } from '../../src/slack/examine-slack.js';
import { SCOPES } from '../../src/slack/scopes.js';
import { createLog } from '../../src/telemetry/log.js';
import { ALICE, CHANNEL, smallWorkspace, TOKEN } from '../sandbox/slack/testing/web-client.js';
import { startSocketFront } from '../world/socket-front.js';

const log = createLog('error', () => undefined);
const APP_TOKEN = 'xapp-for-tests';

describe('the scopes that the doctor looks for', () => {
  it('are those of the manifest', () => {
    const manifest = parse(readFileSync('manifest.yml', 'utf8')) as {
      oauth_config: { scopes: { bot: string[] } };
    };
    assert.deepEqual([...SCOPES].sort(), manifest.oauth_config.scopes.bot.sort());
  });
});

describe('the doctor on Slack', () => {
  let slack: Slack;
  beforeEach(async () => {
    slack = await smallWorkspace();
  });
  afterEach(() => slack.stop());

  const route = (channel: string, mention: string[] = []): Route => ({
    accounts: [],
    severities: [],
    services: [],
    categories: [],
    channel,
    mention,
    broadcast: null,
  });
  const look = async ({
    token = TOKEN,
    url = slack.url,
    routes = [] as Route[],
    administrators = [] as string[],
    audit = null as AuditChannel | null,
    rules = [] as Rule[],
    appToken = null as string | null,
  } = {}) => {
    const findings = await checkSlack({
      slack: examineSlack(token, url, log),
      slackChannel: CHANNEL,
      file: { routes, administrators, rules, audit },
      tryAppToken: appToken === null ? null : () => tryAppToken(appToken, url, log),
    });
    const asking = ['auth.test', 'conversations.info', 'users.info', 'usergroups.users.list'];
    assert.deepEqual(
      slack.calls.filter(({ method }) => !asking.includes(method)),
      [],
    );
    return findings;
  };
  /** The one finding that is not well. */
  const trouble = async (of: Promise<Finding[]>) => {
    const [finding, ...more] = (await of).filter(({ state }) => state !== 'ok');
    assert.deepEqual(more, []);
    assert.ok(finding !== undefined, 'all is well');
    assert.ok(finding.remedy !== null, finding.says);
    return finding;
  };

  it('finds it well', async () => {
    assert.deepEqual(
      (await look()).map(({ check, state, says }) => `${check} ${state}: ${says}`),
      [
        'token ok: It is that of @casethread in Acme.',
        'scopes ok: All 14 that manifest.yml names are granted.',
        'channel #support ok: The bot is in it (SLACK_CHANNEL).',
      ],
    );
  });

  it('says of a wrong token that alone, and what to do', async () => {
    const [finding, ...more] = await look({ token: 'xoxb-wrong' });
    assert.deepEqual(more, []);
    assert.deepEqual([finding?.check, finding?.state], ['token', 'fail']);
    assert.match(finding?.says ?? '', /^Slack does not accept SLACK_BOT_TOKEN\.$/);
    assert.match(finding?.remedy ?? '', /^Install the app again from manifest.yml/);
  });

  it('says that Slack cannot be reached', async () => {
    await slack.stop();
    const finding = await trouble(look());
    assert.equal(finding.state, 'fail');
    assert.match(finding.says, /cannot be reached/);
    assert.match(finding.remedy ?? '', /HTTPS/);
  });

  it('names the scopes that are missing', async () => {
    slack.setScopes(SCOPES.filter((scope) => !['files:write', 'reactions:read'].includes(scope)));
    const finding = await trouble(look());
    assert.deepEqual([finding.check, finding.state], ['scopes', 'fail']);
    assert.match(finding.says, /lacks files:write, reactions:read\./);
    assert.match(finding.remedy ?? '', /install the app again/);
  });

  it('names each channel once, with the routes that lead there, and the one for calls', async () => {
    slack.addChannel({ id: 'C0OPS00001', name: 'ops' });
    slack.addChannel({ id: 'C0AUDIT001', name: 'audit' });
    const routes = [route('C0OPS00001'), route(CHANNEL), route('C0OPS00001')];
    const audit = { channel: 'C0AUDIT001', kinds: [] };
    const channels = (await look({ routes, audit })).filter(({ check }) => check.startsWith('channel'));
    assert.deepEqual(
      channels.map(({ check, says }) => [check, says]),
      [
        ['channel #support', 'The bot is in it (SLACK_CHANNEL, route 2).'],
        ['channel #ops', 'The bot is in it (route 1, route 3).'],
        ['channel #audit', 'The bot is in it (audit).'],
      ],
    );
  });

  for (const [what, change, sentence, remedy] of [
    [
      'outside of which the bot is',
      { isMember: false },
      /The bot is not in it \(SLACK_CHANNEL\)/,
      /\/invite/,
    ],
    ['that is archived', { isArchived: true }, /archived/, /Restore it/],
    ['that only some may write in', { isReadOnly: true }, /Only some people/, /Let the bot post/],
    ['that is private, without the bot', { isMember: false, isPrivate: true }, /no such channel/, /\/invite/],
  ] as const) {
    it(`finds fault with a channel ${what}`, async () => {
      slack.changeChannel(CHANNEL, change);
      const finding = await trouble(look());
      assert.equal(finding.state, 'fail');
      assert.match(finding.says, sentence);
      assert.match(finding.remedy ?? '', remedy);
    });
  }

  it('says which route leads to a channel that is not there', async () => {
    const finding = await trouble(look({ routes: [route('C0NOWHERE1')] }));
    assert.equal(finding.check, 'channel C0NOWHERE1');
    assert.match(finding.remedy ?? '', /correct the id in route 1/);
  });

  it('looks for the channels that rules name', async () => {
    const rule: Omit<Rule, 'channels'> = { may: ['reply'], who: ['nobody'], accounts: [], severities: [] };
    const finding = await trouble(look({ rules: [{ ...rule, channels: [CHANNEL, 'C0NOWHERE1'] }] }));
    assert.equal(finding.check, 'channel C0NOWHERE1');
    assert.match(finding.remedy ?? '', /correct the id in permissions, rule 1/);
  });

  it('looks whether the people are there whom routes mention, and asks nothing of groups', async () => {
    slack.addUser({ id: 'U0GONE0001', name: 'gone', realName: 'Gone', isDeactivated: true });
    const findings = await look({
      routes: [route(CHANNEL, [ALICE, 'S0GROUP001', 'U0GONE0001'])],
      administrators: ['U0NOBODY01', ALICE],
    });
    const people = findings.filter(({ check }) => /^people|^person/.test(check));
    assert.deepEqual(
      people.map(({ check, state, says }) => [check, state, says]),
      [
        ['people in CONFIG_FILE', 'ok', 'One is known to Slack.'],
        ['person U0GONE0001', 'warn', 'They are deactivated in Slack, so nobody is told.'],
        ['person U0NOBODY01', 'warn', 'Slack knows no such person.'],
      ],
    );
    assert.ok(people.slice(1).every(({ remedy }) => remedy?.includes('CONFIG_FILE')));
  });

  it('looks whether the user groups are there that permissions name', async () => {
    slack.setGroup({ id: 'S0TEAM00001', handle: 'team', users: [ALICE] });
    slack.setGroup({ id: 'S0EMPTY0001', handle: 'empty', users: [] });
    const findings = await look({ administrators: ['S0TEAM00001', 'S0EMPTY0001', 'S0NOSUCH001'] });
    assert.deepEqual(
      findings.flatMap(({ check, state, says }) =>
        /^user group/.test(check) ? [[state, says.slice(0, 34)]] : [],
      ),
      [
        ['ok', 'One person is in it.'],
        ['warn', 'Nobody is in it, so nobody may wha'],
        ['fail', 'Slack knows no such user group, or'],
      ],
    );
  });

  it('says that Slack is limiting it', async () => {
    slack.fault('conversations.info', { kind: 'ratelimited', retryAfter: 30 });
    const finding = await trouble(look());
    assert.match(finding.says, /limiting/);
    assert.equal(finding.state, 'warn');
  });

  it('tries the token of Socket Mode', async () => {
    const front = await startSocketFront(slack, APP_TOKEN);
    try {
      const [, , socket] = await look({ url: front.url, appToken: APP_TOKEN });
      assert.deepEqual([socket?.check, socket?.state], ['Socket Mode', 'ok']);
      const finding = await trouble(look({ url: front.url, appToken: 'xapp-wrong' }));
      assert.equal(finding.state, 'fail');
      assert.match(finding.says, /SLACK_APP_TOKEN .*invalid_auth/);
      assert.match(finding.remedy ?? '', /connections:write/);
    } finally {
      await front.stop();
    }
  });
});
