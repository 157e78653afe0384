import type { SupportPlan } from '../case/account.js';
import type { Routing } from '../case/routing.js';
import type { Slack } from '../slack/slack.js';
import type { Uploads } from '../slack/uploads.js';
import type { Store } from '../store/store.js';
import type { Catalogue } from '../support/catalogue.js';
import type { Accounts } from '../support/support-api.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { ChannelCards } from './channel-cards.js';
import type { MarkDirect } from './directs/announce-answer.js';
import type { FileRules } from './files/upload-file.js';

export interface ReconcileDeps {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly slack: Slack;
  readonly uploads: Uploads;
  readonly fileRules: FileRules;
  /** Where threads are opened, who is called to them, and what is also shown in channels: asked anew for each run. */
  readonly routing: () => Routing;
  /** The support plan of an account; null where nobody has said. */
  readonly supportPlan: (account: string) => SupportPlan | null;
  readonly channelCards: Pick<ChannelCards, 'find'>;
  /** Marks a case whose card has to be shown anew, after so many milliseconds where they are given. */
  readonly markCard: (key: string, after?: number) => Promise<void>;
  /** Marks a case whose outbox has news for its senders. */
  readonly markOutbox: (key: string) => Promise<void>;
  readonly markCase: (key: string) => Promise<void>;
  /** Marks what people are to be told directly. */
  readonly markDirect: MarkDirect;
  /** What AWS calls services; never rejects, and takes a second at most. */
  readonly catalogue: Pick<Catalogue, 'services'>;
  readonly accountName: (account: string) => string;
  readonly metrics: Pick<Metrics, 'eventToPost' | 'sweepRepairs'>;
  /** How often all pages of a long case are read. */
  readonly walkEveryMs: number;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  /** AWS may send the event of a new case so long before its API shows the case. */
  readonly appearsWithinMs: number;
  /** How long CloudTrail may take to tell of a call. */
  readonly callsArriveWithinMs: number;
  /** Since when this process has been there to take what comes: before that, it may have to be sent again. */
  readonly upSince: number;
  readonly now: () => number;
}

/** What one run works with: what it writes and posts is refused once another has taken the case over. */
export interface Turn extends ReconcileDeps {
  readonly stillOurs: () => void;
}
