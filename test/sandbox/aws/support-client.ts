import { SupportClient } from '@aws-sdk/client-support';
import type { Aws, SessionKeys } from '../../../src/sandbox/aws/start-aws.js';

/** The real client, pointed at the stand-in. One attempt only, so that a test sees every refusal itself. */
export function supportClient(
  aws: Aws,
  accountId = aws.accounts[0]?.id ?? '',
  session?: SessionKeys,
): SupportClient {
  const { accessKeyId, secretAccessKey } = aws.account(accountId);
  return new SupportClient({
    endpoint: aws.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: session ?? { accessKeyId, secretAccessKey },
  });
}
