import assert from 'node:assert/strict';
import { type BotProcess, startProcess } from './world/process.js';
import { describeWithRedis, type RedisServer, startRedisServer } from './world/redis-server.js';

const PASSWORD = 'right-and-secret';

describeWithRedis('npm start with REDIS_URL', () => {
  let redis: RedisServer;
  let bot: BotProcess | null = null;
  afterEach(async () => {
    await bot?.kill();
    bot = null;
    await redis.stop();
  });

  const start = (url: string, channel = 'C0123456789') =>
    startProcess({
      SLACK_BOT_TOKEN: 'xoxb-1-2-abc',
      SLACK_SIGNING_SECRET: '0123456789abcdef0123456789abcdef',
      SLACK_CHANNEL: channel,
      SLACK_API_URL: 'http://127.0.0.1:9/',
      EVENT_API_KEY: 'sixteen-letters!',
      SWEEP_INTERVAL_SECONDS: '0',
      HOST: '127.0.0.1',
      PORT: '0',
      REDIS_URL: url,
    });
  /** What the process said before it ended. */
  const refused = async (url: string) => {
    const error: unknown = await start(url).then(
      (started) => {
        bot = started;
        return null;
      },
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error, 'it started');
    assert.match(error.message, /^the bot ended with 1:/);
    return error.message;
  };

  it('says in a sentence that the password is wrong, without it, and ends with 1 at once', async () => {
    redis = await startRedisServer(['--requirepass', PASSWORD]);
    for (const password of ['wrong-and-secret', '']) {
      const said = await refused(`redis://:${password}@127.0.0.1:${redis.port}`);
      assert.match(
        said,
        /Casethread cannot start\. REDIS_URL: Redis does not let Casethread in .*Check user, password/,
      );
      assert.doesNotMatch(said, /secret/);
    }
  });

  it('says in a sentence that it cannot write, and ends with 1 before it listens', async () => {
    redis = await startRedisServer(['--replicaof', '127.0.0.1 1']);
    const said = await refused(redis.url);
    assert.match(
      said,
      /Casethread cannot start\. REDIS_URL: this Redis is a replica.*address of the primary/,
    );
    assert.doesNotMatch(said, /listening/);
  });

  it('says in the log and in readyz that a bot with another channel uses the same database', async () => {
    redis = await startRedisServer(['--appendfsync', 'everysec']);
    bot = await start(redis.url);
    const other = await start(redis.url, 'C0123456780');
    try {
      const { store } = (await (await fetch(`${other.url}/readyz`)).json()) as {
        store: { ok: boolean; risks: readonly string[] };
      };
      assert.equal(store.ok, true);
      assert.match(store.risks.join(), /^Another bot with other settings .* database number of its own\./);
      assert.match(other.output(), /"level":"error".*"event":"another bot uses this Redis database"/);
    } finally {
      await other.kill();
    }
  });

  it('starts on a Redis that may lose what it keeps, and says so in the log and in readyz', async () => {
    redis = await startRedisServer([
      ...['--appendonly', 'no', '--maxmemory-policy', 'allkeys-lru', '--requirepass', PASSWORD],
    ]);
    bot = await start(`redis://:${PASSWORD}@127.0.0.1:${redis.port}`);
    const { store } = (await (await fetch(`${bot.url}/readyz`)).json()) as {
      store: { ok: boolean; risks: readonly string[] };
    };
    assert.equal(store.ok, true);
    assert.equal(store.risks.length, 2);
    assert.match(store.risks[0] ?? '', /keeps nothing on disk.*Set appendonly yes\./);
    assert.match(store.risks[1] ?? '', /allkeys-lru.*Set maxmemory-policy noeviction\./);
    const lines = bot.output().split('\n');
    const said = lines.filter((line) => line.includes('what Redis keeps is at risk'));
    assert.deepEqual(
      said.map((line) => (JSON.parse(line) as { risk: string }).risk),
      store.risks,
    );
    assert.ok(!bot.output().includes(PASSWORD));
  });
});
