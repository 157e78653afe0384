/** Whether EventBridge would reach the bot: the name, the certificate, and what answers there to a harmless event. */
import { randomUUID } from 'node:crypto';
import type { LookupFunction } from 'node:net';
import { EVENTS_PATH, KEY_HEADER, TEST_DETAIL_TYPE, TEST_SOURCE } from '../event-path/names.js';
import { isPrivateAddress } from '../event-path/private-host.js';
import { askOverTls, type Reply } from './ask-over-tls.js';
import type { Finding } from './finding.js';
import { found } from './found.js';

export interface PublicUrlDeps {
  /** Null where nobody said it; undefined where the setting is wrong, which is said elsewhere. */
  readonly publicUrl: string | null | undefined;
  /** Undefined where the setting is wrong. */
  readonly eventApiKeys: readonly string[] | undefined;
  readonly region: string;
  readonly now: () => number;
  readonly longestMs?: number;
  /** After which EventBridge gives up (facts: aws-support.md, section 4). */
  readonly givesUpMs?: number;
  /** Certificates to trust instead of those that Node trusts. */
  readonly ca?: string | undefined;
  readonly lookup?: LookupFunction | undefined;
}

/** The bot takes test events from any. */
const NO_ACCOUNT = '000000000000';
const LONGEST_MS = 8_000;
const GIVES_UP_MS = 5_000;
const DAY_MS = 86_400_000;
const WARN_DAYS = 14;

const certificate = found('events', 'certificate');
const answer = found('events', 'public URL');

export async function checkPublicUrl(deps: PublicUrlDeps): Promise<Finding[]> {
  const { publicUrl, eventApiKeys, now } = deps;
  if (publicUrl === undefined || eventApiKeys === undefined) {
    const which = publicUrl === undefined ? 'PUBLIC_URL' : 'EVENT_API_KEY';
    return [
      answer.warn(
        `It was not looked at, because ${which} is missing or wrong.`,
        'See what is said of the settings.',
      ),
    ];
  }
  if (publicUrl === null) {
    return [
      answer.warn(
        'PUBLIC_URL is not set, so nobody looked whether EventBridge reaches the bot, its certificate included.',
        'Set PUBLIC_URL to https:// and the host name at which the bot is reached from outside.',
      ),
    ];
  }
  const { host } = new URL(publicUrl);
  const begun = performance.now();
  try {
    const reply = await askOverTls({
      url: `${publicUrl}${EVENTS_PATH}`,
      headers: { 'content-type': 'application/json', [KEY_HEADER]: eventApiKeys[0] ?? '' },
      body: JSON.stringify(question(deps)),
      longestMs: deps.longestMs ?? LONGEST_MS,
      ca: deps.ca,
      lookup: deps.lookup,
    });
    const took = performance.now() - begun;
    const isLate = took > (deps.givesUpMs ?? GIVES_UP_MS);
    return [
      ofAddress(host, reply.address),
      ofCertificate(host, reply, now()),
      isLate ? tooSlow(host, took) : ofAnswer(host, reply),
    ].flat();
  } catch (error) {
    return [ofFailure(host, error)];
  }
}

/** Asks whether a test event has been seen that nobody has sent: the bot remembers nothing of it. */
function question({ region, now }: PublicUrlDeps) {
  return {
    version: '0',
    id: randomUUID(),
    source: TEST_SOURCE,
    'detail-type': TEST_DETAIL_TYPE,
    account: NO_ACCOUNT,
    region,
    time: new Date(now()).toISOString(),
    resources: [],
    detail: { seen: randomUUID() },
  };
}

function ofAddress(host: string, address: string | null): Finding[] {
  const plain = address?.replace(/^::ffff:/, '');
  if (plain === undefined || !isPrivateAddress(plain)) return [];
  return [
    found('events', 'address').warn(
      `From this machine, ${host} leads to the private address ${plain}; EventBridge comes from the internet.`,
      'See that the name has a public address outside of your network.',
    ),
  ];
}

function ofCertificate(host: string, { certificateEndsAt }: Reply, now: number): Finding[] {
  if (certificateEndsAt === null) return [];
  const days = Math.floor((certificateEndsAt - now) / DAY_MS);
  const until = new Date(certificateEndsAt).toISOString().slice(0, 10);
  if (days >= WARN_DAYS) return [certificate.ok(`That of ${host} is good until ${until}.`)];
  return [
    certificate.warn(
      `That of ${host} ends on ${until}, in ${days} ${days === 1 ? 'day' : 'days'}.`,
      'Renew it: without a good one EventBridge and Slack deliver nothing.',
    ),
  ];
}

const PROXY =
  'See that the proxy hands POST /aws/events to the bot, unchanged ("Put HTTPS in front" in the README).';
const START = 'Start the bot, and see that the proxy sends to its HOST and PORT.';
const SAME_KEY =
  'Let the bot run with the same EVENT_API_KEY as the doctor; npm run connect gives it to EventBridge.';

function tooSlow(host: string, ms: number): Finding {
  return answer.fail(
    `${host} answered after ${(ms / 1_000).toFixed(1)} seconds; EventBridge gives up after five.`,
    'See what holds it up: the proxy, the machine of the bot, or its store.',
  );
}

function ofAnswer(host: string, { status, body }: Reply): Finding {
  const { ok, warn, fail } = answer;
  const at = `https://${host}${EVENTS_PATH}`;
  const said = jsonOf(body);
  // The bot's own refusals have a word, which no proxy would think of.
  const word = typeof said?.error === 'string' ? said.error : null;
  if (status === 202 && typeof said?.seen === 'boolean')
    return ok(`The bot answers at ${at}, and EVENT_API_KEY is right.`);
  if (status === 202 && typeof said?.accepted === 'number')
    return warn(`At ${at} an older Casethread answers.`, 'Upgrade it.');
  if (status === 401 && word === 'unauthorized')
    return fail(`The bot at ${at} has another EVENT_API_KEY.`, SAME_KEY);
  if (status === 503 && word === 'cannot_store')
    return fail(`The bot answers at ${at}, and cannot store events.`, 'See what is said of its store.');
  if (status === 502 || status === 503 || status === 504) {
    return fail(`At ${at} the proxy answers that it has no bot behind it (${status}).`, START);
  }
  if (status >= 300 && status < 400)
    return fail(`${at} sends somewhere else (${status}), which EventBridge does not follow.`, PROXY);
  if (status === 401 || status === 403)
    return fail(`Something before the bot refuses what comes to ${at} (${status}).`, PROXY);
  if (status === 404 || status === 405)
    return fail(`At ${at} there is nothing that takes events (${status}).`, PROXY);
  const what = /^\s*</.test(body) ? `a web page (${status})` : `something that is not Casethread (${status})`;
  return fail(`At ${at} answers ${what}.`, PROXY);
}

function jsonOf(body: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const PUBLIC_CERTIFICATE = 'Get one from a public authority, such as Let’s Encrypt, with its whole chain.';

/** What is wrong with a certificate, by the words of OpenSSL and Node. */
const CERTIFICATE: Readonly<Record<string, readonly [says: (host: string) => string, remedy: string]>> = {
  CERT_HAS_EXPIRED: [(host) => `The certificate of ${host} has expired.`, 'Renew it.'],
  CERT_NOT_YET_VALID: [
    (host) => `The certificate of ${host} is not valid yet.`,
    "Is this machine's clock right? Else wait, or get another.",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    (host) => `The certificate at ${host} is for other names.`,
    'Get one for this name, or correct PUBLIC_URL.',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    (host) => `The certificate of ${host} is signed by itself, so EventBridge does not trust it.`,
    PUBLIC_CERTIFICATE,
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    (host) => `The certificate of ${host} comes from an authority that is not publicly trusted.`,
    PUBLIC_CERTIFICATE,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    (host) => `${host} does not send the chain of its certificate, or its authority is not publicly trusted.`,
    PUBLIC_CERTIFICATE,
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    (host) => `${host} does not send the chain of its certificate, or its authority is not publicly trusted.`,
    PUBLIC_CERTIFICATE,
  ],
};

function ofFailure(host: string, error: unknown): Finding {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const bad = Object.hasOwn(CERTIFICATE, code) ? CERTIFICATE[code] : undefined;
  if (bad !== undefined) return certificate.fail(bad[0](host), bad[1]);
  const { fail } = answer;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return fail(`The name ${host} leads nowhere (DNS).`, 'Correct PUBLIC_URL, or give the name an address.');
  if (code === 'ECONNREFUSED')
    return fail(
      `Nothing listens at ${host}.`,
      'Start the proxy that has the certificate, and let it listen there.',
    );
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return fail(`What listens at ${host} does not speak HTTPS.`, PROXY);
  // An aborted request has the code of its signal.
  if (
    code === 'ABORT_ERR' ||
    code === 'ETIMEDOUT' ||
    code === '23' ||
    (error instanceof Error && error.name === 'TimeoutError')
  ) {
    return fail(
      `From this machine, ${host} did not answer in time.`,
      'See that a firewall lets HTTPS through, and that the proxy answers; EventBridge waits five seconds.',
    );
  }
  return fail(`The connection to ${host} broke off${code === '' ? '' : ` (${code})`}.`, PROXY);
}
