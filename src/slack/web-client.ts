import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { Log } from '../telemetry/log.js';
import { sdkLogger } from './sdk-logger.js';

/**
 * How every client of ours talks to Slack: each call once, because the SDK would send a post again whose answer was
 * lost, and would hold back all channels when one is limited (facts: slack.md, section 12).
 */
export function webClientOptions(slackApiUrl: string, log: Log): WebClientOptions {
  return {
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    logger: sdkLogger(log),
  };
}

/** @param timeout of each call, in milliseconds. */
export function createWebClient(token: string, slackApiUrl: string, log: Log, timeout?: number): WebClient {
  const options = webClientOptions(slackApiUrl, log);
  return new WebClient(token, timeout === undefined ? options : { ...options, timeout });
}
