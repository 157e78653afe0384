import type { SupportClient } from '@aws-sdk/client-support';
import type { Account } from '../case/account.js';
import { OWN_SESSION } from '../case/calls/api-call.js';
import type { Chosen } from './endpoint-choice.js';
import { isUnreachable } from './unreachable.js';

/** As the SDK's clients take and give it. */
export type Credentials = SupportClient['config']['credentials'];
type Keys = Awaited<ReturnType<Credentials>>;

/** There are no credentials to sign a call with, so it has not been sent. */
export class NoCredentials extends Error {
  override readonly name = 'NoCredentials';

  /** @param role that could not be assumed; null: the bot's own credentials could not be had. */
  constructor(
    readonly role: string | null,
    options: { cause: unknown },
  ) {
    super('no credentials', options);
  }
}

/** How the bot's sessions are called, in CloudTrail and on what they write to cases. */
export const SESSION_NAME = OWN_SESSION;

/** STS answers at once, or something is wrong. */
const STS_TIMES = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;
/** To assume a role twice does no harm. */
const STS_ATTEMPTS = 2;
/** A session that ends sooner is not relied upon. */
const SOON_MS = 30_000;

/** The bot's own, with errors that say so. */
export function ownCredentials(own: Credentials): Credentials {
  return async (...asked) => {
    try {
      return await own(...asked);
    } catch (cause) {
      throw cause instanceof NoCredentials ? cause : new NoCredentials(null, { cause });
    }
  };
}

/**
 * Sessions of a role. The SDK's client, which is given this, keeps one until five minutes before its end, and asks once
 * for all calls that wait for one.
 *
 * @param chooseSts where the role is assumed now.
 */
export function roleCredentials(
  { role, externalId }: Pick<Account, 'externalId'> & { readonly role: string },
  own: Credentials,
  chooseSts: () => Promise<Chosen>,
): Credentials {
  const inRegion = new Map<string, Credentials>();
  let last: Keys | null = null;
  const assumeIn = async (region: string): Promise<Credentials> => {
    const known = inRegion.get(region);
    if (known !== undefined) return known;
    const { fromTemporaryCredentials } = await import('@aws-sdk/credential-providers');
    const provider = fromTemporaryCredentials({
      masterCredentials: ownCredentials(own),
      params: {
        RoleArn: role,
        RoleSessionName: SESSION_NAME,
        ...(externalId === null ? {} : { ExternalId: externalId }),
      },
      clientConfig: { region, maxAttempts: STS_ATTEMPTS, requestHandler: { ...STS_TIMES } },
    });
    const assume: Credentials = () => provider();
    inRegion.set(region, assume);
    return assume;
  };
  return async (options) => {
    const { endpoint, ended } = await chooseSts();
    try {
      last = await (await assumeIn(endpoint.region))();
      ended(true);
      return last;
    } catch (cause) {
      const isAway = isUnreachable(cause);
      if (!(cause instanceof NoCredentials)) ended(!isAway);
      // Renewed some minutes before its end: until then, an STS that does not answer holds nothing up.
      const isForced = options?.forceRefresh === true;
      if (isAway && !isForced && last !== null && isGoodAt(last, Date.now() + SOON_MS)) return last;
      throw cause instanceof NoCredentials ? cause : new NoCredentials(role, { cause });
    }
  };
}

/** By the clock by which the SDK goes, too. */
function isGoodAt({ expiration }: Keys, time: number): boolean {
  return expiration !== undefined && expiration.getTime() > time;
}
