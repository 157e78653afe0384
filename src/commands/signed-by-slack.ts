import type { IncomingHttpHeaders } from 'node:http';
import { isValidSlackRequest } from '@slack/bolt';

/** Older or newer than this, a request may be a copy of a true one (Slack: verifying requests). */
const MAX_AGE_SECONDS = 300;

/**
 * Whether a request was signed with our secret, lately. Bolt asks the same, but refuses without a word, and takes a
 * time that is still to come (facts: slack.md, 7.1).
 */
export function signedBySlack(signingSecret: string, now: () => number) {
  /** What the headers say, when they are Slack's and of these minutes. */
  const read = (headers: IncomingHttpHeaders): { signature: string; timestamp: number } | null => {
    const signature = headers['x-slack-signature'];
    const timestamp = Number(headers['x-slack-request-timestamp']);
    if (typeof signature !== 'string' || !/^v0=[0-9a-f]{64}$/.test(signature)) return null;
    if (!Number.isInteger(timestamp) || Math.abs(now() / 1000 - timestamp) > MAX_AGE_SECONDS) return null;
    return { signature, timestamp };
  };
  return {
    looksSigned: (headers: IncomingHttpHeaders): boolean => read(headers) !== null,
    isSigned: (headers: IncomingHttpHeaders, body: Buffer): boolean => {
      const said = read(headers);
      if (said === null) return false;
      return isValidSlackRequest({
        signingSecret,
        body: body.toString('utf8'),
        headers: { 'x-slack-signature': said.signature, 'x-slack-request-timestamp': said.timestamp },
      });
    },
  };
}
