import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';

/**
 * How every client of ours talks to Slack: each call once, because the SDK would send a post again whose answer was
 * lost, and would hold back all channels when one is limited (facts: slack.md, section 12).
 */
export function webClientOptions(slackApiUrl: string): WebClientOptions {
  return {
    slackApiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    allowAbsoluteUrls: false,
    // At DEBUG the SDK prints the bodies of messages.
    logLevel: LogLevel.ERROR,
  };
}

export function createWebClient(token: string, slackApiUrl: string): WebClient {
  return new WebClient(token, webClientOptions(slackApiUrl));
}
