import { createHmac } from 'node:crypto';

/** How a request is signed: as Slack does, or in one of the ways an app must refuse. */
export type Signature = 'good' | 'wrong' | 'stale' | 'missing';

/** A request to the app, exactly as it goes over the wire, so that it can be sent again byte for byte. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

const STALE_S = 10 * 60;

export function sign(
  request: { url: string; contentType: string; body: string; headers?: { [name: string]: string } },
  options: { secret: string; now: () => number; signature?: Signature | undefined },
): SignedRequest {
  const { signature = 'good' } = options;
  const seconds = Math.floor(options.now() / 1_000) - (signature === 'stale' ? STALE_S : 0);
  const secret = signature === 'wrong' ? `${options.secret}-not` : options.secret;
  const hash = createHmac('sha256', secret).update(`v0:${seconds}:${request.body}`).digest('hex');
  return {
    url: request.url,
    body: request.body,
    headers: {
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      accept: 'application/json,*/*',
      // Exactly this: Bolt answers 400 to a charset.
      'content-type': request.contentType,
      ...request.headers,
      ...(signature === 'missing'
        ? {}
        : { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hash}` }),
    },
  };
}
