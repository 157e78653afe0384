import assert from 'node:assert/strict';
import fc from 'fast-check';
import { NO_FILE } from '../src/config/config-file.js';
import { type Config, explain, type Problem, readConfig } from '../src/config.js';

const GOOD = {
  SLACK_BOT_TOKEN: 'xoxb-1-2-abc',
  SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
  SLACK_CHANNEL: 'C0123456789',
  EVENT_API_KEY: 'sixteen-letters!',
};

function configOf(environment: Readonly<Record<string, string | undefined>>): Config {
  const read = readConfig({ ...GOOD, ...environment });
  if ('problems' in read) throw new Error(explain(read.problems));
  return read.config;
}

function problemsOf(environment: Readonly<Record<string, string | undefined>>): Problem[] {
  const read = readConfig({ ...GOOD, ...environment });
  return 'problems' in read ? read.problems : [];
}

describe('configuration', () => {
  it('needs four settings and has a default for each of the others', () => {
    assert.deepEqual(configOf({}), {
      slackBotToken: 'xoxb-1-2-abc',
      slackSigningSecret: '0123456789abcdef0123456789abcdef',
      slackAppToken: null,
      slackChannel: 'C0123456789',
      slackApiUrl: 'https://slack.com/api/',
      eventApiKeys: ['sixteen-letters!'],
      awsAccounts: [],
      awsAccountAliases: new Map(),
      host: '0.0.0.0',
      port: 3000,
      databasePath: './data/casethread.db',
      redisUrl: null,
      sweepIntervalSeconds: 300,
      fileMaxMb: 20,
      auditDays: 400,
      logLevel: 'info',
      broadcast: { in: new Map(), elsewhere: new Set() },
      unfurlLinks: false,
      publicUrl: null,
      eventsRegion: 'us-east-1',
      eventsName: 'casethread',
      eventsCalls: 'changes',
      configFile: null,
      file: NO_FILE,
    });
  });

  it('cannot be changed once it is read', () => {
    assert.ok(Object.isFrozen(configOf({})));
  });

  const rightValues: [variable: string, value: string, field: keyof Config, read: unknown][] = [
    ['SLACK_APP_TOKEN', 'xapp-1-A-1-abc', 'slackAppToken', 'xapp-1-A-1-abc'],
    ['SLACK_CHANNEL', 'G0123456789', 'slackChannel', 'G0123456789'],
    ['SLACK_API_URL', 'http://127.0.0.1:9000/api', 'slackApiUrl', 'http://127.0.0.1:9000/api/'],
    ['SLACK_API_URL', 'https://slack-gov.com/api/', 'slackApiUrl', 'https://slack-gov.com/api/'],
    [
      'EVENT_API_KEY',
      'the-first-of-two, the-second-of-two',
      'eventApiKeys',
      ['the-first-of-two', 'the-second-of-two'],
    ],
    ['AWS_ACCOUNTS', '111122223333', 'awsAccounts', ['111122223333']],
    [
      'AWS_ACCOUNTS',
      ' 111122223333 ,444455556666,111122223333,',
      'awsAccounts',
      ['111122223333', '444455556666'],
    ],
    ['HOST', '127.0.0.1', 'host', '127.0.0.1'],
    ['HOST', '::1', 'host', '::1'],
    ['PORT', '0', 'port', 0],
    ['PORT', '65535', 'port', 65_535],
    ['PORT', ' 8080 ', 'port', 8080],
    ['DATABASE_PATH', '/var/lib/casethread.db', 'databasePath', '/var/lib/casethread.db'],
    ['REDIS_URL', 'redis://localhost', 'redisUrl', 'redis://localhost'],
    [
      'REDIS_URL',
      ' rediss://bot:secret@redis.internal:6380/2 ',
      'redisUrl',
      'rediss://bot:secret@redis.internal:6380/2',
    ],
    ['SWEEP_INTERVAL_SECONDS', '0', 'sweepIntervalSeconds', 0],
    ['AUDIT_DAYS', '0', 'auditDays', 0],
    ['FILE_MAX_MB', '0', 'fileMaxMb', 0],
    ['FILE_MAX_MB', '1000', 'fileMaxMb', 1_000],
    ['SWEEP_INTERVAL_SECONDS', '60', 'sweepIntervalSeconds', 60],
    ['LOG_LEVEL', 'debug', 'logLevel', 'debug'],
    ['LOG_LEVEL', 'WARN', 'logLevel', 'warn'],
    ['LOG_LEVEL', 'error', 'logLevel', 'error'],
    [
      'BROADCAST',
      'opened, First-Answer',
      'broadcast',
      { in: new Map(), elsewhere: new Set(['opened', 'first-answer']) },
    ],
    [
      'BROADCAST',
      'C0123456789=opened,resolved; C0987= ;reopened;',
      'broadcast',
      {
        in: new Map([
          ['C0123456789', new Set(['opened', 'resolved'])],
          ['C0987', new Set()],
        ]),
        elsewhere: new Set(['reopened']),
      },
    ],
    ['UNFURL_LINKS', 'TRUE', 'unfurlLinks', true],
    ['UNFURL_LINKS', 'false', 'unfurlLinks', false],
  ];
  for (const [variable, value, field, read] of rightValues) {
    it(`takes ${variable}=${value}`, () => {
      assert.deepEqual(configOf({ [variable]: value })[field], read);
    });
  }

  it('takes an empty setting for one that is not there', () => {
    const optional = [
      'SLACK_APP_TOKEN',
      'SLACK_API_URL',
      'AWS_ACCOUNTS',
      'HOST',
      'PORT',
      'DATABASE_PATH',
      'REDIS_URL',
      'CONFIG_FILE',
      'SWEEP_INTERVAL_SECONDS',
      'LOG_LEVEL',
      'BROADCAST',
      'UNFURL_LINKS',
    ];
    for (const empty of ['', '  ']) {
      assert.deepEqual(configOf(Object.fromEntries(optional.map((name) => [name, empty]))), configOf({}));
    }
  });

  it('needs no signing secret in Socket Mode', () => {
    const config = configOf({ SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: undefined });
    assert.deepEqual([config.slackAppToken, config.slackSigningSecret], ['xapp-1', null]);
  });

  const wrongValues: [variable: string, value: string | undefined, says: RegExp][] = [
    ['SLACK_BOT_TOKEN', undefined, /missing.*OAuth & Permissions/],
    ['SLACK_BOT_TOKEN', '', /missing/],
    ['SLACK_BOT_TOKEN', 'xoxp-1', /begin with xoxb-/],
    ['SLACK_BOT_TOKEN', 'xoxb-', /begin with xoxb-/],
    ['SLACK_BOT_TOKEN', 'xoxb-1 xoxb-2', /not a bot token/],
    ['SLACK_SIGNING_SECRET', undefined, /missing.*Basic Information/],
    ['SLACK_SIGNING_SECRET', 'short', /not a signing secret/],
    ['SLACK_APP_TOKEN', 'xoxb-1', /begin with xapp-/],
    ['SLACK_CHANNEL', undefined, /missing/],
    ['SLACK_CHANNEL', '#aws-cases', /not a channel ID/],
    ['SLACK_CHANNEL', 'aws-cases', /not a channel ID/],
    ['SLACK_CHANNEL', 'U0123456789', /not a channel ID/],
    ['SLACK_API_URL', 'slack.com/api', /http/],
    ['SLACK_API_URL', 'ftp://slack.com/', /http/],
    ['SLACK_API_URL', 'http://', /http/],
    ['EVENT_API_KEY', undefined, /missing/],
    ['EVENT_API_KEY', ' , ,', /missing/],
    ['EVENT_API_KEY', 'fifteen-letters', /at least 16/],
    ['EVENT_API_KEY', 'sixteen-letters!,short', /at least 16/],
    ['EVENT_API_KEY', 'sixteen-letters1,sixteen-letters2,sixteen-letters3', /3 keys/],
    ['AWS_ACCOUNTS', '1111-2222-3333', /12 digits/],
    ['AWS_ACCOUNTS', '111122223333,4444', /4444.*12 digits/],
    ['PORT', 'http', /whole number from 0 to 65535/],
    ['PORT', '65536', /whole number/],
    ['PORT', '-1', /whole number/],
    ['PORT', '80.5', /whole number/],
    ['PORT', '1e3', /whole number/],
    ['SWEEP_INTERVAL_SECONDS', '5m', /whole number from 0/],
    ['AUDIT_DAYS', '3651', /whole number from 0 to 3650/],
    ['FILE_MAX_MB', '1001', /whole number from 0 to 1000/],
    ['SWEEP_INTERVAL_SECONDS', '86401', /whole number/],
    ['LOG_LEVEL', 'verbose', /debug, info, warn, error/],
    ['EVENTS_CALLS', 'reads', /“reads” is not one of none, changes, all/],
    ['BROADCAST', 'answers', /“answers” is not one of opened, first-answer, resolved, reopened/],
    ['BROADCAST', '#cases=opened', /“#cases” is not a channel ID/],
    ['BROADCAST', 'opened;resolved', /Two parts name no channel/],
    ['BROADCAST', 'C0987=opened;C0987=resolved', /C0987 is there twice/],
    ['UNFURL_LINKS', 'yes', /neither true nor false/],
    ['REDIS_URL', 'localhost:6379', /not the address of a Redis server/],
    ['REDIS_URL', 'http://localhost', /not the address/],
    ['REDIS_URL', 'redis://', /not the address/],
    ['REDIS_URL', 'redis://me:100%sure@localhost', /^Characters such as % @ \/ .* %25, %40, %2F\.$/],
    ['REDIS_URL', 'redis://m%e:sure@localhost', /%25/],
    ['REDIS_URL', 'redis://me:some/thing@localhost', /not the address.*%2F\.$/],
    ['REDIS_URL', 'redis://localhost/cases', /number of a database/],
    ['CONFIG_FILE', './no-such-file.yml', /no-such-file\.yml: There is no such file/],
    ['CONFIG_FILE', '.', /This is a folder/],
  ];
  for (const [variable, value, says] of wrongValues) {
    it(`refuses ${variable}${value === undefined ? ' that is missing' : `=${value}`}`, () => {
      const problems = problemsOf({ [variable]: value });
      assert.deepEqual(
        problems.map((problem) => problem.variable),
        [variable],
      );
      assert.match(problems[0]?.says ?? '', says);
      assert.match(explain(problems), new RegExp(`\\n {2}${variable}\\n.*\\n +Example: ${variable}=\\S`));
    });
  }

  it('shows an example for each setting that would be accepted, but for the secrets, which it does not make up', () => {
    const secrets = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN', 'EVENT_API_KEY'];
    const notThere = ['CONFIG_FILE'];
    const examples = problemsOf(Object.fromEntries(wrongValues.map(([variable, value]) => [variable, value])))
      .filter(({ variable }) => ![...secrets, ...notThere].includes(variable))
      .map(({ variable, example }) => [variable, example]);
    assert.equal(examples.length, 12);
    configOf(Object.fromEntries(examples));
  });

  it('says everything that is wrong at once', () => {
    const wrong = Object.fromEntries(wrongValues.map(([variable]) => [variable, 'x']));
    const problems = problemsOf(wrong);
    assert.deepEqual(
      new Set(problems.map((problem) => problem.variable)),
      new Set(
        wrongValues.map(([variable]) => variable).filter((variable) => variable !== 'SLACK_SIGNING_SECRET'),
      ),
    );
    const text = explain(problems);
    assert.match(text, new RegExp(`${problems.length} settings need attention`));
    for (const { variable, says } of problems) assert.ok(text.includes(variable) && text.includes(says));
  });

  it('never prints a secret, however wrong it is', () => {
    const MARK = 'hunter2';
    const secrets = [
      'SLACK_BOT_TOKEN',
      'SLACK_SIGNING_SECRET',
      'SLACK_APP_TOKEN',
      'EVENT_API_KEY',
      'REDIS_URL',
    ];
    const around = fc.string({ unit: 'grapheme', maxLength: 20 });
    const prefix = fc.constantFrom('', 'xoxb-', 'xapp-', 'xoxp-', 'redis://:', 'a,b,c,', ' ');
    const value = fc
      .tuple(prefix, around, around)
      .map(([start, before, after]) => `${start}${before}${MARK}${after}`);
    fc.assert(
      fc.property(fc.array(value, { minLength: secrets.length, maxLength: secrets.length }), (values) => {
        const given = Object.fromEntries(secrets.map((name, index) => [name, values[index]]));
        // One setting is always wrong, so there is always something to look at.
        const problems = problemsOf({ ...given, PORT: 'x' });
        assert.ok(problems.length > 0);
        assert.ok(!explain(problems).includes(MARK));
      }),
      { numRuns: 300 },
    );
  });
});
