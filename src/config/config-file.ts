import type { Account } from '../case/account.js';
import type { AuditChannel } from '../case/calls/audit-channel.js';
import type { Permissions } from '../case/permit.js';
import type { Route } from '../case/route.js';

/** What CONFIG_FILE says, checked; all that a SIGHUP may change while the bot runs. */
export interface ConfigFile extends Permissions {
  /** Empty: the one account to which the bot's own credentials belong. */
  readonly accounts: readonly Account[];
  /** What becomes of events of accounts that are not listed, where some are: refused, or followed by events alone. */
  readonly unlisted: 'refuse' | 'follow';
  /** Whether AWS Support is asked in another Region of the standard partition when its first one does not answer. */
  readonly failover: boolean;
  /** The first that fits a case is taken; none: SLACK_CHANNEL. */
  readonly routes: readonly Route[];
  /** Where calls are shown that CloudTrail tells of; null: nowhere. */
  readonly audit: AuditChannel | null;
}

/** Without CONFIG_FILE. */
export const NO_FILE: ConfigFile = {
  accounts: [],
  unlisted: 'refuse',
  failover: true,
  routes: [],
  audit: null,
  administrators: [],
  rules: [],
};
