import type { CaseKey } from '../case/case-key.js';
import type { Direct } from '../case/direct.js';
import type { Finding } from '../doctor/finding.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Slack } from '../slack/slack.js';
import type { Unfurls } from '../slack/unfurls.js';
import type { Views } from '../slack/views.js';
import type { SlackFile } from '../store/outbox-message.js';
import type { CaseRecord, Store } from '../store/store.js';
import type { Catalogue } from '../support/catalogue.js';
import type { Accounts } from '../support/support-api.js';
import type { Log } from '../telemetry/log.js';
import type { Seal } from './form-parts/seal.js';
import type { NamedAccount } from './named-account.js';
import type { PermitDeps } from './permit.js';
import type { Trail } from './trail.js';

/** What the use cases work with. */
export interface CommandDeps extends PermitDeps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly slack: Slack;
  readonly views: Views;
  readonly unfurls: Unfurls;
  readonly outbox: Outbox;
  readonly catalogue: Catalogue;
  /** For what forms remember. */
  readonly seal: Seal;
  /** What people call an account, with its id. */
  readonly accountName: (account: string) => string;
  /** The same where several accounts are known, or it has a name; else null: there is nothing to tell apart. */
  readonly accountToName: (account: string) => string | null;
  /** Accounts that have an alias, or are listed, in the order of the files that say so. */
  readonly knownAccounts: () => readonly NamedAccount[];
  /** Whether anything of an account's cases is taken, be it its events alone. */
  readonly isFollowed: (account: string) => boolean;
  /** Why an account could not be asked the last time that all were; null where it could. A sentence. */
  readonly accountTrouble: (account: string) => Promise<string | null>;
  /** Accounts of which CONFIG_FILE's routes lead to a channel. */
  readonly accountsRoutedTo: (channel: string) => readonly string[];
  /** Marks a case as one to follow. */
  readonly markCase: (key: CaseKey) => Promise<void>;
  /** Marks a case whose card has to be shown anew. */
  readonly markCard: (key: CaseKey) => Promise<void>;
  /** Marks what somebody is to be told directly. */
  readonly markDirect: (direct: Direct) => Promise<void>;
  /** Shows a person their Home tab anew, and keeps it up to date for a while. */
  readonly showHome: (user: string) => Promise<void>;
  /** Keys of cases that need a person, with what they need. */
  readonly parked: () => Promise<ReadonlyMap<string, string>>;
  /** Looks at everything that the bot needs, and changes nothing. Takes some seconds. */
  readonly examine: () => Promise<readonly Finding[]>;
  /** Whether everybody in a channel may see of a case what its card says, because this person named it there. */
  readonly mayShowIn: (channel: string, record: CaseRecord, user: string) => Promise<boolean>;
  /** Writes down who did what, and who was refused. */
  readonly trail: Trail;
  readonly log: Log;
  readonly now: () => number;
}

/** A slash command as Slack sent it, or a message to the bot, with its first word taken off. */
export interface Command {
  /** As it is called in this workspace, e.g. `/support`. */
  readonly name: string;
  readonly rest: string;
  readonly user: string;
  /** What Slack calls the person in the request; their real name has to be looked up. */
  readonly userName: string;
  /** Slack says that they are of another company. */
  readonly isStranger?: boolean;
  readonly channel: string;
  /** The thread in which it was written; null in the channel itself. */
  readonly threadTs: string | null;
  readonly responseUrl: string | null;
  /** Unique to this one request, and the same when Slack sends it again. */
  readonly request: string;
  /** Opens a form, once and within three seconds; what is written in a message has none. */
  readonly trigger?: string;
  /** Files of the message in which it was written. */
  readonly files?: readonly SlackFile[];
  /** Leaves work for when the person has their first answer; what it has to say it says itself. */
  readonly afterwards?: (work: () => Promise<void>) => void;
}
