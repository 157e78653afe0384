import { SupportClient } from '@aws-sdk/client-support';
import type { Aws } from '../../../src/sandbox/aws/start-aws.js';

/** The real client, pointed at the stand-in. One attempt only, so that a test sees every refusal itself. */
export function supportClient(aws: Aws, accountId = aws.accounts[0]?.id ?? ''): SupportClient {
  const { accessKeyId, secretAccessKey } = aws.account(accountId);
  return new SupportClient({
    endpoint: aws.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
}
