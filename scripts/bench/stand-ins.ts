import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { BOT_TOKEN, CHANNEL, environmentFor, SIGNING_SECRET } from '../../test/world/world.js';

/** Slack and AWS in this process, answering at once, and a folder on the disk for the bot's database. */
export interface StandIns {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startStandIns(): Promise<StandIns> {
  const folder = mkdtempSync(join(tmpdir(), 'casethread-bench-'));
  const slack = await startSlack({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, pace: 'off' });
  slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
  const aws = await startAws({ callsPerSecond: 'off' });
  return {
    slack,
    aws,
    folder,
    environment: environmentFor({ slack, aws, folder }),
    async stop() {
      await Promise.all([slack.stop(), aws.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
