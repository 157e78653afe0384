import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readConfig } from '../../src/config.js';
import { botConfigPath, writeBotConfig } from '../../src/sandbox/bot-config.js';
import { botEnvironment } from '../../src/sandbox/bot-environment.js';
import { temporaryFolder } from '../temporary-folder.js';

const FOLDER = temporaryFolder();

const SETTINGS = {
  folder: '/tmp/somewhere',
  port: 4321,
  slack: {
    url: 'http://127.0.0.1:1/api/',
    botToken: 'xoxb-sandbox',
    signingSecret: '0123456789abcdef0123456789abcdef',
    channel: 'C0AWSCASES',
  },
  aws: {
    url: 'http://127.0.0.1:2',
    account: '111122223333',
    keys: { accessKeyId: 'ASIASANDBOX', secretAccessKey: 'made up', sessionToken: 'made up, too' },
  },
  eventKey: 'sixteen-or-more-of-them',
  sweepSeconds: 10,
  configFile: botConfigPath(FOLDER.path),
};

describe("the bot's environment in the sandbox", () => {
  before(() => writeBotConfig(FOLDER.path));
  after(() => FOLDER.remove());

  it('holds only what .env.example tells operators of, and what the AWS SDK reads', () => {
    const example = readFileSync('.env.example', 'utf8');
    const documented = new Set([...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name));
    assert.ok(documented.size > 10);
    const names = Object.keys(botEnvironment(SETTINGS));
    const strangers = names.filter((name) => !documented.has(name));
    assert.deepEqual(strangers, ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED']);
  });

  it('holds nothing of the environment in which the sandbox runs', () => {
    const before = { ...process.env };
    const foreign = {
      SLACK_BOT_TOKEN: 'xoxb-real',
      SLACK_APP_TOKEN: 'xapp-real',
      AWS_PROFILE: 'production',
      AWS_SESSION_TOKEN: 'real',
      REDIS_URL: 'redis://real',
      NODE_OPTIONS: '--inspect',
      PATH: '/real',
    };
    const quiet = botEnvironment(SETTINGS);
    try {
      Object.assign(process.env, foreign);
      assert.deepEqual(botEnvironment(SETTINGS), quiet);
    } finally {
      for (const name of Object.keys(foreign)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    assert.doesNotMatch(JSON.stringify(quiet), /real|production/);
  });

  it('keeps the bot on this machine', () => {
    const environment = botEnvironment(SETTINGS);
    assert.equal(environment.HOST, '127.0.0.1');
    assert.equal(environment.SLACK_API_URL, SETTINGS.slack.url);
    assert.equal(environment.AWS_ENDPOINT_URL, SETTINGS.aws.url);
    assert.equal(environment.DATABASE_PATH, '/tmp/somewhere/casethread.db');
  });

  it('is all the bot needs', () => {
    const read = readConfig({ ...botEnvironment(SETTINGS) });
    assert.ok('config' in read, JSON.stringify(read));
  });
});
