import { call } from './call.js';
import type { EventPathClients } from './clients.js';
import { EventPathError } from './errors.js';

/** Whose credentials these are. */
export interface Identity {
  readonly account: string;
  readonly partition: string;
  /** `arn:aws:sts::111122223333:assumed-role/Admin/alice` */
  readonly arn: string;
}

/** Needs no permission. Throws an EventPathError. */
export async function readIdentity(clients: EventPathClients): Promise<Identity> {
  const action = 'sts:GetCallerIdentity';
  const { Account: account, Arn: arn } = await call(
    clients,
    action,
    'these credentials',
    async () => await (await clients.sts()).getCallerIdentity({}),
  );
  const partition = arn?.split(':')[1];
  if (account === undefined || arn === undefined || partition === undefined)
    throw new EventPathError(
      'refused',
      action,
      'AWS does not say whose credentials these are.',
      'Sign in again.',
    );
  return { account, partition, arn };
}
