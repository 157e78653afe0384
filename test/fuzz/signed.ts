import { createHmac } from 'node:crypto';
import { SIGNING_SECRET } from '../world/world.js';

export interface Signing {
  readonly secret?: string;
  /** Seconds from now. */
  readonly shift?: number;
  /** What the signature is of, when not of the body. */
  readonly of?: string | Buffer;
}

/** The headers by which Slack proves that a body is its own, or fails to. */
export function signed(
  body: string | Buffer,
  { secret = SIGNING_SECRET, shift = 0, of = body }: Signing = {},
) {
  const seconds = String(Math.floor(Date.now() / 1_000) + shift);
  const hash = createHmac('sha256', secret)
    .update(`v0:${seconds}:`)
    .update(of.toString('utf8'))
    .digest('hex');
  return { 'x-slack-request-timestamp': seconds, 'x-slack-signature': `v0=${hash}` };
}
