import assert from 'node:assert/strict';
import { LogLevel, WebAPIPlatformError, WebClient } from '@slack/web-api';
import { type Slack, type SlackOptions, startSlack } from '../../../../src/sandbox/slack/start-slack.js';

export const TOKEN = 'xoxb-test';
export const SECRET = 'signing-secret';
export const CHANNEL = 'C0SUPPORT1';
export const ALICE = 'U0ALICE';

/** A workspace with one channel and one person, and no pace unless a test is about it. */
export async function smallWorkspace(options: Partial<SlackOptions> = {}): Promise<Slack> {
  const slack = await startSlack({ botToken: TOKEN, signingSecret: SECRET, pace: 'off', ...options });
  slack.addChannel({ id: CHANNEL, name: 'support' });
  slack.addUser({ id: ALICE, name: 'alice', realName: 'Alice Adams' });
  return slack;
}

/** The real client, set as an app that reads before it posts again must set it. */
export function webClient(slack: Slack, token = TOKEN): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.url,
    allowAbsoluteUrls: false,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5_000,
    // It reports every refusal on the console; here refusals are the point.
    logger: { ...silent, getLevel: () => LogLevel.ERROR },
  });
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
};

/** Passes when Slack refuses with this error; returns its answer. */
export async function refused(call: Promise<unknown>, error: string): Promise<{ [key: string]: unknown }> {
  try {
    await call;
  } catch (thrown) {
    if (!(thrown instanceof WebAPIPlatformError)) throw thrown;
    assert.equal(thrown.data.error, error);
    return { ...thrown.data };
  }
  throw new Error(`Slack took it, but should have answered ${error}`);
}
