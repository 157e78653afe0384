import { parseCaseKey } from '../case/case-key.js';
import type { PermitDeps } from '../commands/permit.js';
import { mayRead } from '../commands/readable.js';
import { respond } from '../commands/respond.js';
import { createTeller } from '../commands/tell.js';
import type { Config } from '../config.js';
import { startController } from '../inbox/controller.js';
import type { RunOptions } from '../inbox/inbox.js';
import { markingChanges } from '../outbox/marking-changes.js';
import { type SendDeps, sendForCase } from '../outbox/send.js';
import { foundBefore } from '../reconcile/audit-channel/found-before.js';
import {
  AUDIT_KEY,
  AUDIT_OFF_KEY,
  endShowing,
  type ShowCallsDeps,
  showCalls,
} from '../reconcile/audit-channel/show-calls.js';
import { ChannelCards } from '../reconcile/channel-cards.js';
import { type TellDirectlyDeps, tellDirectly } from '../reconcile/directs/tell-directly.js';
import { announceParked, NOTICES_KEY } from '../reconcile/notices/announce-parked.js';
import { reconcileCase } from '../reconcile/reconcile-case.js';
import { refreshCard } from '../reconcile/refresh-card.js';
import type { ReconcileDeps } from '../reconcile/turn.js';
import { renderBurst } from '../slack/render-burst.js';
import type { Storage } from '../storage/storage.js';
import type { AwsAccounts } from '../support/accounts.js';
import type { Catalogue } from '../support/catalogue.js';
import { errorFields, type Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { LiveSettings } from './live-settings.js';
import type { SlackParts } from './slack.js';
import type { Timing } from './timing.js';

/** Most of the time they wait, for AWS or for Slack's one message a second: a full account leaves the others theirs. */
const CASE_WORKERS: RunOptions = { concurrency: 96, reserved: 16, perGroup: 24 };
const CARD_WORKERS = 4;
const OUTBOX_WORKERS: RunOptions = { concurrency: 48, perGroup: 12 };
const DIRECT_WORKERS = 4;

export interface ControllersDeps {
  readonly config: Pick<Config, 'fileMaxMb' | 'slackChannel'>;
  readonly settings: LiveSettings;
  readonly storage: Storage;
  readonly accounts: AwsAccounts;
  readonly catalogue: Catalogue;
  readonly slack: SlackParts;
  /** What goes by who may read a case. */
  readonly permit: PermitDeps;
  /** Where calls are shown that CloudTrail tells of. */
  readonly audit: ShowCallsDeps['audit'];
  /** Since when this process has been there to take what comes. */
  readonly upSince: number;
  /** Aborted when the bot is being stopped. */
  readonly stopping: AbortSignal;
  readonly timing: Timing;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Begins to work off what is marked: cases, cards, what people sent, notices, direct messages. The inboxes stop it. */
export function startControllers(deps: ControllersDeps): void {
  const { config, settings, storage, accounts, permit, audit, upSince, stopping, timing, metrics, log } =
    deps;
  const { store, cases, cards, replies, notices, directs } = storage;
  const { messages: slack, uploads, downloads } = deps.slack;
  const { accountName, accountToName } = settings;
  const { backoff, cardEveryMs, settlesWithinMs, walkEveryMs, appearsWithinMs, callsArriveWithinMs } = timing;
  const { gatherMs, updateEveryMs } = timing.notices;
  const now = () => storage.now();
  const markCase = (key: string) => cases.mark(key);
  const markOutbox = (key: string) => replies.mark(key);
  const markDirect = (direct: string, after?: number) => directs.mark(direct, after);
  const reconcile: ReconcileDeps = {
    store,
    accounts,
    slack,
    uploads,
    fileRules: { ...timing.files, maxBytes: config.fileMaxMb * 1024 ** 2, stopping },
    routing: settings.routing,
    supportPlan: settings.supportPlan,
    channelCards: new ChannelCards({ slack, now }),
    catalogue: deps.catalogue,
    accountName,
    markCase,
    markCard: (key, after) => cards.mark(key, after),
    markOutbox,
    markDirect,
    metrics,
    walkEveryMs,
    settlesWithinMs,
    appearsWithinMs,
    callsArriveWithinMs,
    upSince,
    now,
  };
  const send: SendDeps = {
    store,
    files: downloads,
    stopping,
    accounts: markingChanges(accounts, { store, mark: markCase, by: ['severity'] }),
    tell: createTeller({ store, slack, accountToName, respond, log }),
    markCase,
    markOutbox,
    count: metrics.replies,
    timing: timing.send,
    now,
  };
  // Outside all channels.
  const mayReadAlone: TellDirectlyDeps['mayRead'] = (user, record) =>
    mayRead(permit, { user, channel: '' }, record);
  const always = { backoff, log };
  const shows: ShowCallsDeps = {
    store,
    slack,
    audit,
    render: (burst, personName) => renderBurst(burst, accountName, personName),
    foundBefore: foundBefore({ store, slack, now }),
    ...timing.audit,
    settlesWithinMs,
    log,
    now,
  };
  startController({
    ...always,
    name: 'reconcile',
    inbox: cases,
    work: (run) => reconcileCase(reconcile, parseCaseKey(run.key), run),
    ...CASE_WORKERS,
    count: metrics.reconciles,
    onParkedChange: () =>
      // Where this fails, the case's next try says so again, after a restart at the latest.
      void notices.mark(NOTICES_KEY, gatherMs).catch((error: unknown) => {
        log.warn('waiting cases could not be told of', errorFields(error));
      }),
  });
  startController({
    ...always,
    name: 'notices',
    inbox: notices,
    work: (run) => {
      if (run.key === AUDIT_KEY) return showCalls(shows, run);
      if (run.key === AUDIT_OFF_KEY) return endShowing(shows, run);
      return announceParked(
        {
          store,
          cases,
          slack,
          channel: config.slackChannel,
          accountName,
          updateEveryMs,
          settlesWithinMs,
          now,
        },
        run,
      );
    },
    // What ends the audit channel must not be undone by what is still at work on it.
    concurrency: 1,
  });
  startController({
    ...always,
    name: 'card',
    inbox: cards,
    work: (run) =>
      refreshCard({ store, slack, markCase, accountName, cardEveryMs, now }, parseCaseKey(run.key), run),
    concurrency: CARD_WORKERS,
  });
  startController({
    ...always,
    name: 'outbox',
    inbox: replies,
    work: (run) => sendForCase(send, parseCaseKey(run.key), run),
    ...OUTBOX_WORKERS,
  });
  startController({
    ...always,
    name: 'direct',
    inbox: directs,
    work: (run) =>
      tellDirectly({ store, slack, markDirect, mayRead: mayReadAlone, accountToName, log, now }, run),
    concurrency: DIRECT_WORKERS,
  });
}
