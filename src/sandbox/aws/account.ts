import { SlidingWindow } from './sliding-window.js';

/** `business`: Business Support+. `old-business`: the plan that it follows, without the highest severity. */
export type Plan = 'business' | 'old-business' | 'none';

export interface AccountOptions {
  id: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `none`: every call is answered with SubscriptionRequiredException. */
  plan?: Plan | undefined;
  /** Operations answered with AccessDeniedException. */
  deny?: readonly string[] | undefined;
  /** Who API calls of this account appear to be made by. */
  submittedBy?: string | undefined;
}

/** An AWS account as the stand-in keeps it. `plan` and `deny` may be changed at any time. */
export interface Account {
  readonly id: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly submittedBy: string;
  plan: Plan;
  deny: readonly string[];
  /** All callers of an account share one budget: 5 operations a second (facts 2.1 "Rate quota"). */
  readonly calls: SlidingWindow;
  /** 10 case creations an hour (facts 2.1 "Rate quota"). */
  readonly creations: SlidingWindow;
}

export interface KeptAccount {
  id: string;
  /** Only where it was changed since the account was set up; likewise `deny`. */
  plan?: Plan | undefined;
  deny?: string[] | undefined;
  /** When the cases of the last hour were created through the API, in ms: no more than 10 an hour are allowed. */
  creations: number[];
}

export const DEFAULT_ACCOUNT: AccountOptions = {
  id: '111122223333',
  accessKeyId: 'AKIACASETHREADTEST11',
  secretAccessKey: 'casethread-test-secret-of-111122223333',
};

export function makeAccount(options: AccountOptions, limits: Limits, kept?: KeptAccount): Account {
  if (!/^\d{12}$/.test(options.id)) throw new Error(`an AWS account id has 12 digits, not ${options.id}`);
  return {
    id: options.id,
    accessKeyId: options.accessKeyId,
    secretAccessKey: options.secretAccessKey,
    submittedBy: options.submittedBy ?? 'CasethreadRole (Role) <casethread@example.com>',
    plan: kept?.plan ?? options.plan ?? 'business',
    deny: kept?.deny ?? options.deny ?? [],
    calls: new SlidingWindow(asNumber(limits.callsPerSecond), 1000),
    creations: new SlidingWindow(asNumber(limits.casesPerHour), 3_600_000, kept?.creations),
  };
}

/** What of an account has to survive a restart, beside the options it is set up with. */
export function keepAccount(account: Account, options: AccountOptions, now: number): KeptAccount {
  const kept: KeptAccount = { id: account.id, creations: [...account.creations.admitted(now)] };
  if (account.plan !== (options.plan ?? 'business')) kept.plan = account.plan;
  const denied = options.deny ?? [];
  const isSame = denied.length === account.deny.length && denied.every((name) => account.deny.includes(name));
  if (!isSame) kept.deny = [...account.deny];
  return kept;
}

export interface Limits {
  callsPerSecond: number | 'off';
  casesPerHour: number | 'off';
}

function asNumber(limit: number | 'off'): number {
  return limit === 'off' ? Number.POSITIVE_INFINITY : limit;
}
