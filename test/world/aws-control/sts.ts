import { z } from 'zod';
import { type Operations, operation } from './operation.js';

/** STS, as far as one asks who one is. It needs no permission, and cannot be denied. */
export const stsOperations: Operations = {
  GetCallerIdentity: operation(z.strictObject({}), ({ caller }) => ({
    Arn: caller.arn,
    UserId: `AIDA${caller.accessKeyId.slice(-12).padStart(16, '0')}`,
    Account: caller.account,
  })),
};
