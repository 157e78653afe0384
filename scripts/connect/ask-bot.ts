import { randomUUID } from 'node:crypto';
import type { Desired } from '../../src/event-path/desired.js';
import { KEY_HEADER, TEST_DETAIL_TYPE, TEST_SOURCE } from '../../src/event-path/names.js';

/** As long as EventBridge waits, and as much again for a slow way from here. */
const PATIENCE_MS = 10_000;

/** Whether the bot has seen a test event; or, as a sentence, why it cannot be asked. */
export type Answer = { readonly seen: boolean } | { readonly problem: string };

/** Asks the bot over the same way that EventBridge takes: address, certificate, proxy and key are tried out with it. */
export async function askBot(
  fetch: typeof globalThis.fetch,
  wanted: Desired,
  key: string,
  test: string,
): Promise<Answer> {
  const { endpoint } = wanted.destination;
  let answer: Response;
  try {
    answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [KEY_HEADER]: key },
      body: JSON.stringify({
        version: '0',
        id: randomUUID(),
        source: TEST_SOURCE,
        'detail-type': TEST_DETAIL_TYPE,
        account: wanted.place.account,
        time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        region: wanted.place.region,
        resources: [],
        detail: { seen: test },
      }),
      // EventBridge follows no redirect either.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    return { problem: `${endpoint} cannot be reached from here: ${reasonOf(error)}` };
  }
  const body = await answer.json().catch(() => null);
  if (answer.status === 202) {
    const seen = (body as { seen?: unknown } | null)?.seen;
    if (typeof seen === 'boolean') return { seen };
    return {
      problem: `${endpoint} takes events, and knows no test event. Is it Casethread, and of this version?`,
    };
  }
  return { problem: `${endpoint} answers with status ${answer.status}: ${meaningOf(answer.status)}` };
}

function meaningOf(status: number): string {
  if (status === 401)
    return 'the bot has another EVENT_API_KEY than this one. Give it the same, and restart it.';
  if (status === 403)
    return 'the bot does not accept events of this account (AWS_ACCOUNTS or CONFIG_FILE), or something before it refuses.';
  if (status === 404 || status === 405)
    return 'the proxy does not let POST /aws/events through to the bot, or something else answers there.';
  if (status === 413) return 'the proxy takes no bodies of this size. It has to take 1 MiB.';
  if (status === 502 || status === 504)
    return 'the proxy does not reach the bot. Is it running, and on that port?';
  if (status === 503) return 'the bot cannot store events now. Look at its log and at /readyz.';
  if (status >= 300 && status < 400)
    return 'it sends elsewhere, and EventBridge does not follow. Give the address that it leads to.';
  if (status >= 500) return 'something went wrong there. Look at the log of the bot and of the proxy.';
  return 'this is not how Casethread answers. Does the host name lead to it?';
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return 'no answer within 10 s. EventBridge waits for 5 s. Is the port open, and the bot running?';
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host name has no address. Check the name, and its record in DNS.';
    case 'ECONNREFUSED':
      return 'nothing listens there. Is the proxy running, on port 443?';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'the connection was cut. Look at the log of the proxy.';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired. Renew it.';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'its certificate is not one that everybody trusts, or comes without its intermediate ones. EventBridge takes public ones only.';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another host name.';
    default:
      return `${typeof code === 'string' ? code : 'no connection'}. Look at the proxy.`;
  }
}
