/**
 * The composition root: who is wired to whom, started in an order in which nothing arrives before what it needs, and
 * stopped in the reverse.
 */
import { HTTPReceiver } from '@slack/bolt';
import { caseKeyText } from './case/case-key.js';
import { directText } from './case/direct.js';
import { createSlackApp } from './commands/app.js';
import { createSeal } from './commands/form-parts/seal.js';
import { keepLines } from './commands/keep-lines.js';
import { mayRead } from './commands/readable.js';
import { respond } from './commands/respond.js';
import { SocketMode } from './commands/socket-mode.js';
import { createTeller } from './commands/tell.js';
import { createTrail } from './commands/trail.js';
import type { ConfigFile } from './config/config-file.js';
import type { Config } from './config.js';
import { AHEAD_MS } from './inbox/inbox.js';
import { openAuditSocket } from './ingress/audit-socket.js';
import { startServer } from './ingress/server.js';
import { expireSecrets } from './outbox/guard.js';
import { newReference } from './outbox/new-reference.js';
import { createOutbox } from './outbox/outbox.js';
import { Rounds } from './outbox/rounds.js';
import { Pacer } from './pace/pacer.js';
import { isShowing } from './reconcile/audit-channel/audit-book.js';
import { ChannelCards } from './reconcile/channel-cards.js';
import { markNameless } from './reconcile/mark-nameless.js';
import { noteTeam } from './reconcile/note-team.js';
import type { Sweeper } from './reconcile/sweeper.js';
import { wakeParked } from './reconcile/wake-parked.js';
import { createPeople } from './slack/people.js';
import { SlackHealth } from './slack/slack-health.js';
import { openStorage } from './storage/open-storage.js';
import { RELOADED } from './store/audit-entry.js';
import { createAccounts } from './support/accounts.js';
import { Catalogue } from './support/catalogue.js';
import { errorFields, type Log } from './telemetry/log.js';
import { createMetrics } from './telemetry/metrics.js';
import { AuditSwitch } from './wiring/audit-switch.js';
import { startControllers } from './wiring/controllers.js';
import { doctorFor } from './wiring/doctor.js';
import { homeFor } from './wiring/home.js';
import { LiveSettings } from './wiring/live-settings.js';
import { receiverFor } from './wiring/receiver.js';
import { routesFor } from './wiring/routes.js';
import { slackFor } from './wiring/slack.js';
import { sweeperFor } from './wiring/sweeper.js';
import { TIMING, type Timing } from './wiring/timing.js';

export interface Casethread {
  readonly port: number;
  /** From now on goes by what CONFIG_FILE says now. What is under way ends as it was begun. */
  reload(file: ConfigFile): void;
  /** Takes up nothing new, finishes what is in hand or hands it back, lets go of everything. At most 10 seconds. */
  stop(): Promise<void>;
}

const STOP_MS = 7_000;

export async function startCasethread(
  config: Config,
  log: Log,
  quicker: Partial<Timing> = {},
): Promise<Casethread> {
  const timing: Timing = { ...TIMING, ...quicker };
  const settings = new LiveSettings(config);
  const { parkedMs, leaseMs, walkEveryMs, settlesWithinMs } = timing;
  const storage = await openStorage(config, {
    parkedMs,
    leaseMs,
    settlesWithinMs,
    callsAfterMs: timing.callsGatherMs,
    log,
  });
  const { store, cases, cards, replies, notices, directs, gates } = storage;
  const now = () => storage.now();

  const metrics = createMetrics({
    inboxDepth: async () => {
      const { waiting, working } = await cases.stats();
      return waiting + working;
    },
    parkedCases: async () => (await cases.stats()).parked,
    accountsFailing: async () => (await sweeper.status()).failing,
  });

  const monotonic = () => performance.now();
  const calls = new Pacer(gates.window('calls', timing.calls), monotonic);
  const { slack, views, unfurls, uploads, downloads, ...slackTurns } = slackFor({
    config,
    storage,
    timing,
    metrics,
    onTrouble: () => slackHealth.suspect(),
    log,
  });
  /** What waits for a person goes on. Notices last: by then, what they are about is being tried. */
  const goOn = () =>
    void wakeParked([cases, cards, replies, directs, notices]).then(
      (woken) => (woken === 0 ? undefined : log.info('parked work is tried again', { woken })),
      (error: unknown) => log.warn('parked work could not be woken', errorFields(error)),
    );
  const slackHealth: SlackHealth = new SlackHealth({
    slack,
    channels: settings.writtenChannels,
    log,
    onWell() {
      goOn();
      void noteTeam(store, slack).catch(() => undefined);
    },
  });
  const accounts = await createAccounts({
    accepted: config.awsAccounts,
    settings: settings.file,
    calls,
    count: metrics.supportCalls,
    nameOf: settings.accountName,
    log,
    now: monotonic,
  });

  const markCase = (key: string) => cases.mark(key);
  const catalogue = new Catalogue({
    accounts,
    shared: store,
    onKnown: (accounts) =>
      void markNameless({ store, markCase }, accounts).catch((error: unknown) => {
        log.warn('cards keep the codes of services until their cases change', errorFields(error));
      }),
    now,
  });

  const lines = keepLines({ store, log });
  const trail = createTrail({ store, slack, lines });
  const outbox = createOutbox({ store, mark: (key) => replies.mark(key), newReference, now, log });
  const receiver = receiverFor(config, log);
  const markDirect = (direct: string, after?: number) => directs.mark(direct, after);
  const permit = {
    ...settings.forCommands(),
    people: createPeople(slack, timing.people, log, monotonic),
    refused: trail.refused,
  };
  const home = homeFor({
    storage,
    slack,
    views,
    permit,
    accountName: settings.accountName,
    sweeper: () => sweeper,
    timing: timing.home,
    log,
  });
  const app = createSlackApp(
    {
      store,
      accounts,
      slack,
      views,
      unfurls,
      outbox,
      catalogue,
      seal: createSeal(config.slackBotToken),
      accountName: settings.accountName,
      accountToName: settings.accountToName,
      ...permit,
      markCase: (key) => cases.mark(caseKeyText(key), AHEAD_MS),
      markCard: (key) => cards.mark(caseKeyText(key)),
      markDirect: (direct) => markDirect(directText(direct)),
      mayShowIn: async (channel, record, user) =>
        record.channel === channel && (await mayRead(permit, { user, channel }, record)) === true,
      showHome: (user) => home.show(user),
      accountTrouble: (account) => sweeper.troubleOf(account),
      examine: doctorFor({ config, file: settings.file, storage, accounts }),
      parked: async () => new Map((await cases.parked()).map(({ key, reason }) => [key, reason])),
      trail,
      log,
      now,
    },
    { botToken: config.slackBotToken, slackApiUrl: config.slackApiUrl, receiver },
  );

  const socketMode = receiver instanceof HTTPReceiver ? null : new SocketMode(app, log);

  const stopping = new AbortController();
  const reconcileDeps = {
    store,
    accounts,
    slack,
    uploads,
    fileRules: { ...timing.files, maxBytes: config.fileMaxMb * 1024 ** 2, stopping: stopping.signal },
    routing: settings.routing,
    supportPlan: settings.supportPlan,
    channelCards: new ChannelCards({ slack, now }),
    catalogue,
    accountName: settings.accountName,
    markCase,
    markCard: (key: string, after?: number) => cards.mark(key, after),
    markOutbox: (key: string) => replies.mark(key),
    markDirect,
    metrics,
    walkEveryMs,
    settlesWithinMs,
    appearsWithinMs: timing.appearsWithinMs,
    callsArriveWithinMs: timing.callsArriveWithinMs,
    upSince: now(),
    now,
  };
  const sendDeps = {
    store,
    files: downloads,
    stopping: stopping.signal,
    accounts,
    tell: createTeller({ store, slack, accountToName: settings.accountToName, respond, log }),
    markCase: reconcileDeps.markCase,
    markOutbox: reconcileDeps.markOutbox,
    count: metrics.replies,
    timing: timing.send,
    now,
  };
  const rounds = new Rounds({
    unfinished: () => store.casesWithUnfinished(),
    mark: (key, after) => replies.mark(key, after),
    expire: () => expireSecrets({ store, mark: (key) => replies.mark(key), now }),
    everyMs: timing.roundMs,
    log,
  });
  const sweeper: Sweeper = sweeperFor({
    config,
    storage,
    accounts,
    catalogue,
    timing,
    onRecovered: goOn,
    log,
  });
  const audit = new AuditSwitch({
    audit: () => settings.file().audit,
    wasOn: () => isShowing(store),
    notices,
    gatherMs: timing.audit.gatherMs,
    log,
    now,
  });
  await audit.turn();
  const routes = routesFor({
    config,
    storage,
    refusedBy: settings.refusedBy,
    ownRoles: settings.ownRoles,
    receiver,
    sweeper,
    slackProblem: () => slackHealth.status().problem ?? socketMode?.problem() ?? null,
    onCalls: audit.taken,
    metrics,
    log,
  });
  const server = await startServer({ host: config.host, port: config.port, routes, log }).catch(
    (error: unknown) => {
      void storage.close();
      throw error;
    },
  );

  const auditSocket =
    config.redisUrl === null ? await openAuditSocket({ path: config.databasePath, store, log }) : null;
  startControllers({
    storage,
    reconcile: reconcileDeps,
    send: sendDeps,
    accountToName: settings.accountToName,
    mayRead: (user, record) => mayRead(permit, { user, channel: '' }, record),
    channel: config.slackChannel,
    audit: audit.current,
    timing,
    metrics,
    log,
  });
  await rounds.start();
  slackHealth.start();
  sweeper.start();
  socketMode?.start();
  log.info('listening', { host: config.host, port: server.port });

  return {
    port: server.port,
    reload(changed) {
      settings.change(changed);
      void lines.keep(RELOADED);
      void audit.turn();
      slackHealth.recheck();
      // What waits for a person may wait for what has just been changed.
      goOn();
    },
    async stop() {
      stopping.abort();
      const swept = sweeper.stop();
      home.stop();
      slackHealth.stop();
      const closed = server.close(STOP_MS);
      await socketMode?.stop();
      slackTurns.stop();
      calls.stop();
      await Promise.all([
        ...[cases, cards, replies, notices, directs].map((inbox) => inbox.stop(STOP_MS)),
        rounds.stop(),
        closed,
        swept,
      ]);
      await auditSocket?.close();
      await lines.stop();
      await storage.close();
      log.info('stopped');
    },
  };
}
