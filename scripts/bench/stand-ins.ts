import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { type RedisServer, startRedisServer } from '../../test/world/redis-server.js';
import { BOT_TOKEN, CHANNEL, environmentFor, SIGNING_SECRET } from '../../test/world/world.js';

/** Where the bot keeps everything: a file, or a redis-server of its own with the settings that the README asks for. */
export type Backing = 'sqlite' | 'redis';

/** Slack and AWS in this process, answering at once, and a folder on the disk for the bot's database. */
export interface StandIns {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly folder: string;
  readonly redis: RedisServer | null;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** One message a second and channel, and a little more at once. */
const SLACK_PACE = { perSecond: 1, burst: 4 };

/** @param limits 'real': Slack and AWS refuse what goes beyond their paces. */
export async function startStandIns(on: Backing, limits: 'off' | 'real' = 'off'): Promise<StandIns> {
  const isReal = limits === 'real';
  const folder = mkdtempSync(join(tmpdir(), 'casethread-bench-'));
  const slack = await startSlack({
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    pace: isReal ? SLACK_PACE : 'off',
  });
  slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
  const aws = await startAws({ callsPerSecond: isReal ? 5 : 'off' });
  const redis = on === 'redis' ? await startRedisServer() : null;
  const more = redis === null ? {} : { REDIS_URL: redis.url };
  return {
    slack,
    aws,
    folder,
    redis,
    environment: environmentFor({ slack, aws, folder, more }),
    async stop() {
      await Promise.all([slack.stop(), aws.stop(), redis?.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
