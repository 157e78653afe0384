import type { Credentials } from './credentials.js';
import type { Chosen } from './endpoint-choice.js';
import { toSupportError } from './errors.js';
import type { SupportError } from './support-error.js';
import { isUnreachable } from './unreachable.js';

/** Who AWS takes us for. */
export interface Identity {
  /** 12 digits. */
  readonly account: string;
  /** Of the user, the role or, mostly, the session of a role. */
  readonly arn: string;
}

const TIMES = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const;

/** GetCallerIdentity, which needs no permission. Rejects with a SupportError. */
export async function identify(
  credentials: Credentials,
  role: string | null,
  chooseSts: () => Promise<Chosen>,
): Promise<Identity> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { endpoint, ended } = await chooseSts();
  const client = new STSClient({
    region: endpoint.region,
    credentials,
    maxAttempts: 2,
    requestHandler: { ...TIMES },
  });
  try {
    const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    ended(true);
    return { account, arn };
  } catch (cause) {
    ended(!isUnreachable(cause));
    const error: SupportError = toSupportError(cause, 'GetCallerIdentity', role);
    throw error;
  } finally {
    client.destroy();
  }
}
