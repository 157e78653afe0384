import type { Account } from '../../src/case/account.js';
import { startWorld, type World, type WorldOptions } from './world.js';

/** The bot's own account, and two in which it assumes a role. */
export const HUB = '111122223333';
export const NORTH = '222233334444';
export const SOUTH = '444455556666';

export function listed(id: string, alias: string | null = null, more: Partial<Account> = {}): Account {
  const role = id === HUB ? null : roleOf(id);
  return { id, alias, role, externalId: null, plan: null, partition: 'aws', endpoints: [], ...more };
}

const roleOf = (id: string) => `arn:aws:iam::${id}:role/casethread`;

export const ACCOUNTS = [listed(HUB, 'production'), listed(NORTH, 'data team'), listed(SOUTH)];

/** A world in which CONFIG_FILE lists three accounts. */
export async function startAccountsWorld({ file, aws, ...options }: WorldOptions = {}): Promise<World> {
  const accounts = [HUB, NORTH, SOUTH].map((id) => ({
    id,
    accessKeyId: `AKIACASETHREAD${id.slice(0, 6)}`,
    secretAccessKey: `secret-of-${id}`,
  }));
  const world = await startWorld({
    ...options,
    aws: { accounts, ...aws },
    file: { accounts: ACCOUNTS, ...file },
  });
  for (const id of [NORTH, SOUTH]) world.aws.addRole({ arn: roleOf(id), trusts: HUB });
  return world;
}
