import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Aws, startAws } from '../../src/sandbox/aws/start-aws.js';
import { type Slack, startSlack } from '../../src/sandbox/slack/start-slack.js';
import { type BotProcess, startProcess } from './process.js';
import { ALICE, BOT_TOKEN, CHANNEL, environmentFor, SIGNING_SECRET } from './world.js';

/** Slack, AWS, and the bot as operators run it: a process of its own, with its real delays. */
export interface ProcessStage {
  readonly slack: Slack;
  readonly aws: Aws;
  readonly environment: Readonly<Record<string, string>>;
  readonly bot: BotProcess;
  /** Starts it on what is stored, with changes of its environment; what runs is killed first, as a power cut would. */
  restart(changes?: Readonly<Record<string, string>>, script?: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param changes of its environment, at its first start alone. */
export async function startProcessStage(
  changes: Readonly<Record<string, string>> = {},
): Promise<ProcessStage> {
  const folder = mkdtempSync(join(tmpdir(), 'casethread-test-'));
  const slack = await startSlack({ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, pace: 'off' });
  slack.addChannel({ id: CHANNEL, name: 'aws-cases' });
  slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Example' });
  // A process that was killed and the next one together may ask more often than each of them does.
  const aws = await startAws({ callsPerSecond: 'off' });
  const stopNudging = aws.onChange(() => slack.nudge());
  const environment = { ...environmentFor({ slack, aws, folder }), PORT: '0' };
  let bot = await startProcess({ ...environment, ...changes });
  return {
    slack,
    aws,
    environment,
    get bot() {
      return bot;
    },
    async restart(changes = {}, script) {
      await bot.kill();
      bot = await startProcess({ ...environment, ...changes }, script);
    },
    async stop() {
      stopNudging();
      await bot.kill();
      await Promise.all([slack.stop(), aws.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
