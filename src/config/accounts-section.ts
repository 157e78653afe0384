import type { z } from 'zod';
import { type Account, PARTITIONS, SUPPORT_PLANS } from '../case/account.js';
import { checkAccounts, type EnvironmentAccounts } from './check-accounts.js';
import { accountId, entry, listOf, oneOf, text } from './field-rules.js';
import { entriesOf, type Sound } from './fields.js';
import type { Report } from './file-problem.js';
import { ownerOfRole, ROLE_ARN } from './role-arn.js';

const LONGEST_ALIAS = 60;
const LONGEST_ARN = 2_048;

const NO_ARN =
  'This is not the ARN of an IAM role, such as arn:aws:iam::111122223333:role/casethread. The IAM console shows it on the page of the role.';

/** STS, AssumeRole. What stands there is a secret between two accounts, so no sentence quotes it. */
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

const NO_ENDPOINT =
  'This is not an http or https address, without user and password, such as https://support.us-east-1.amazonaws.com.';

export const ACCOUNT = entry(
  {
    id: accountId(),
    alias: text(/./, 'What people call the account belongs here.')
      .refine((alias) => /^[^\p{Cc}]*\S[^\p{Cc}]*$/u.test(alias), {
        error: 'An alias is a text on one line.',
      })
      .refine((alias) => alias.trim().length <= LONGEST_ALIAS, {
        error: `The alias is longer than ${LONGEST_ALIAS} characters.`,
      })
      .refine((alias) => !/^\d{12}$/.test(alias.replace(/[\s-]/g, '')), {
        error: 'This looks like an account id. Take another alias, or leave it out.',
      })
      .optional(),
    role: text(ROLE_ARN, NO_ARN).max(LONGEST_ARN, { error: NO_ARN }).optional(),
    external_id: text(
      EXTERNAL_ID,
      'An external id has 2 to 1224 letters, digits and characters of _+=,.@:/- only. The trust policy of the role has the same.',
    ).optional(),
    plan: oneOf(SUPPORT_PLANS).optional(),
    partition: oneOf(PARTITIONS).optional(),
    endpoints: listOf(
      text(/./, NO_ENDPOINT).refine(isEndpoint, { error: NO_ENDPOINT }),
      'https://support.us-east-1.amazonaws.com',
    ).optional(),
  },
  'An account',
);

export type SoundAccount = Sound<typeof ACCOUNT>;

/** The accounts of the file; of one with a problem, as much as can be used to look for more of them. */
export interface Listed {
  readonly accounts: readonly Account[];
  /** Whether the id of each is known. */
  readonly sure: boolean;
}

export function readAccounts(raw: unknown, environment: EnvironmentAccounts, report: Report): Listed {
  const entries = entriesOf(ACCOUNT, raw, ['accounts'], report);
  checkAccounts(entries, environment, report);
  const accounts = entries.flatMap(({ fields }) => accountOf(fields) ?? []);
  const isList = raw === undefined || raw === null || Array.isArray(raw);
  return { accounts, sure: isList && accounts.length === entries.length };
}

function accountOf(fields: Partial<z.output<typeof ACCOUNT>>): Account | null {
  const { id, alias, role, external_id, plan, partition, endpoints } = fields;
  if (id === undefined) return null;
  return {
    id,
    alias: alias?.trim() ?? null,
    role: role ?? null,
    externalId: external_id ?? null,
    plan: plan ?? null,
    partition: (role === undefined ? null : ownerOfRole(role)?.partition) ?? partition ?? 'aws',
    endpoints: endpoints ?? [],
  };
}

function isEndpoint(value: string): boolean {
  if (!/^https?:\/\/[^/]/.test(value) || !URL.canParse(value)) return false;
  const { username, password, search, hash } = new URL(value);
  return [username, password, search, hash].every((part) => part === '');
}
