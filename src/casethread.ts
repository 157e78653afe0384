/**
 * The composition root: who is wired to whom, started in an order in which nothing arrives before what it needs, and
 * stopped in the reverse.
 */
import { HTTPReceiver } from '@slack/bolt';
import { keepLines } from './commands/keep-lines.js';
import { SocketMode } from './commands/socket-mode.js';
import { createTrail } from './commands/trail.js';
import type { ConfigFile } from './config/config-file.js';
import type { Config } from './config.js';
import { openAuditSocket } from './ingress/audit-socket.js';
import { startServer } from './ingress/server.js';
import { expireSecrets } from './outbox/guard.js';
import { newReference } from './outbox/new-reference.js';
import { createOutbox } from './outbox/outbox.js';
import { Rounds } from './outbox/rounds.js';
import { Pacer } from './pace/pacer.js';
import { isShowing } from './reconcile/audit-channel/audit-book.js';
import { keepKinds } from './reconcile/audit-channel/kinds-since.js';
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
import { commandsFor } from './wiring/commands.js';
import { startControllers } from './wiring/controllers.js';
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
  const { parkedMs, leaseMs, settlesWithinMs } = timing;
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
  const slack = slackFor({
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
    slack: slack.messages,
    channels: settings.writtenChannels,
    log,
    onWell() {
      goOn();
      void noteTeam(store, slack.messages).catch(() => undefined);
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

  const catalogue = new Catalogue({
    accounts,
    shared: store,
    onKnown: (accounts) =>
      void markNameless({ store, markCase: (key) => cases.mark(key) }, accounts).catch((error: unknown) => {
        log.warn('cards keep the codes of services until their cases change', errorFields(error));
      }),
    later: (ms, work) => void setTimeout(work, ms).unref(),
    now,
  });

  const lines = keepLines({ store, log });
  const trail = createTrail({ store, slack: slack.messages, lines });
  const outbox = createOutbox({ store, mark: (key) => replies.mark(key), newReference, now, log });
  const receiver = receiverFor(config, log);
  const permit = {
    ...settings.forCommands(),
    people: createPeople(slack.messages, timing.people, log, monotonic),
    refused: trail.refused,
  };
  const home = homeFor({
    storage,
    slack,
    permit,
    accountName: settings.accountName,
    sweeper: () => sweeper,
    timing: timing.home,
    log,
  });
  const app = commandsFor({
    config,
    settings,
    storage,
    accounts,
    catalogue,
    slack,
    outbox,
    permit,
    home,
    sweeper: () => sweeper,
    trail,
    receiver,
    log,
  });
  const socketMode = receiver instanceof HTTPReceiver ? null : new SocketMode(app, log);

  const stopping = new AbortController();
  // Before anything can come.
  const upSince = now();
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
    keepKinds: (taken) => keepKinds(store, taken),
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
    config,
    settings,
    storage,
    accounts,
    catalogue,
    slack,
    permit,
    audit: audit.current,
    upSince,
    stopping: stopping.signal,
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
      slack.stop();
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
