/**
 * The composition root: who is wired to whom, started in an order in which nothing arrives before what it needs, and
 * stopped in the reverse.
 */
import { randomInt } from 'node:crypto';
import { HTTPReceiver } from '@slack/bolt';
import { caseKeyText, parseCaseKey } from './case/case-key.js';
import { WALK_EVERY_MS } from './case/must-walk.js';
import { NobodyListens } from './commands/ack-when-done.js';
import { createSlackApp } from './commands/app.js';
import { boltLogger } from './commands/bolt-logger.js';
import { respond } from './commands/respond.js';
import { signedBySlack } from './commands/signed-by-slack.js';
import { payloadProblem } from './commands/slack-payload.js';
import { SocketMode, socketModeReceiver } from './commands/socket-mode.js';
import { createTeller } from './commands/tell.js';
import type { Config } from './config.js';
import { type Backoff, DEFAULT_BACKOFF } from './inbox/backoff.js';
import { startController } from './inbox/controller.js';
import { answerJson, answerText, refuse } from './ingress/answer.js';
import { awsEvents } from './ingress/aws-events.js';
import { readiness } from './ingress/readiness.js';
import { type Routes, startServer } from './ingress/server.js';
import { slackRequests } from './ingress/slack-requests.js';
import { createOutbox } from './outbox/outbox.js';
import { ROUND_EVERY_MS, Rounds } from './outbox/rounds.js';
import { SEND_TIMING, type SendTiming, sendForCase } from './outbox/send.js';
import type { Rate, Window } from './pace/gate.js';
import { Pacer } from './pace/pacer.js';
import { ChannelCards } from './reconcile/channel-cards.js';
import { forgetOld } from './reconcile/forget-old.js';
import { announceParked, NOTICES_KEY } from './reconcile/notices/announce-parked.js';
import { reconcileCase } from './reconcile/reconcile-case.js';
import { refreshCard } from './reconcile/refresh-card.js';
import { sweep } from './reconcile/sweep.js';
import { Sweeper } from './reconcile/sweeper.js';
import { wakeParked } from './reconcile/wake-parked.js';
import { POST_PACE, READ_PACE, UPDATE_PACE } from './slack/paces.js';
import { SlackHealth } from './slack/slack-health.js';
import { createWebClient } from './slack/web-client.js';
import { webSlack } from './slack/web-slack.js';
import { openStorage } from './storage/open-storage.js';
import { createAccounts } from './support/accounts.js';
import { AWS_LIMIT } from './support/call-pace.js';
import { errorFields, type Log } from './telemetry/log.js';
import { createMetrics } from './telemetry/metrics.js';

/** Speeds and delays. The defaults are what Slack and AWS allow; tests are quicker. */
export interface Timing {
  readonly posts: Rate;
  readonly updates: Rate;
  readonly reads: Rate;
  readonly calls: Window;
  readonly backoff: Backoff;
  readonly send: SendTiming;
  readonly roundMs: number;
  readonly parkedMs: number;
  /** How long work is left to a replica that gives no sign of life. */
  readonly leaseMs: number;
  readonly sweepMs: number;
  readonly walkEveryMs: number;
  readonly notices: {
    /** Cases that park together are told of together. */
    readonly gatherMs: number;
    readonly updateEveryMs: number;
  };
}

export interface Casethread {
  readonly port: number;
  /** Takes up nothing new, finishes what is in hand or hands it back, lets go of everything. At most 10 seconds. */
  stop(): Promise<void>;
}

const CASE_WORKERS = 32;
const CARD_WORKERS = 4;
const OUTBOX_WORKERS = 16;
const PARKED_MS = 300_000;
const STOP_MS = 7_000;
const NOTICES_TIMING: Timing['notices'] = { gatherMs: 2_000, updateEveryMs: 10_000 };

export async function startCasethread(
  config: Config,
  log: Log,
  timing: Partial<Timing> = {},
): Promise<Casethread> {
  const backoff = timing.backoff ?? DEFAULT_BACKOFF;
  const walkEveryMs = timing.walkEveryMs ?? WALK_EVERY_MS;

  const { parkedMs = PARKED_MS, leaseMs } = timing;
  const storage = await openStorage(config, { parkedMs, leaseMs, log });
  const { store, cases, cards, replies, notices, gates } = storage;
  const now = () => storage.now();

  const metrics = createMetrics({
    inboxDepth: async () => {
      const { waiting, working } = await cases.stats();
      return waiting + working;
    },
    parkedCases: async () => (await cases.stats()).parked,
  });

  const monotonic = () => performance.now();
  const posts = new Pacer(gates.rate('posts', timing.posts ?? POST_PACE), monotonic);
  const updates = new Pacer(gates.rate('updates', timing.updates ?? UPDATE_PACE), monotonic);
  const reads = new Pacer(gates.rate('reads', timing.reads ?? READ_PACE), monotonic);
  const calls = new Pacer(gates.window('calls', timing.calls ?? AWS_LIMIT), monotonic);
  const client = createWebClient(config.slackBotToken, config.slackApiUrl);
  const slack = webSlack({
    client,
    posts,
    updates,
    reads,
    log,
    count: (method, result) => {
      metrics.slackCalls(method, result);
      if (result === 'needs-person') slackHealth.suspect();
    },
  });
  /** What waits for a person goes on. Notices last: by then, what they are about is being tried. */
  const goOn = () =>
    void wakeParked([cases, cards, replies, notices]).then(
      (woken) => (woken === 0 ? undefined : log.info('parked work is tried again', { woken })),
      (error: unknown) => log.warn('parked work could not be woken', errorFields(error)),
    );
  const slackHealth: SlackHealth = new SlackHealth({
    slack,
    channel: config.slackChannel,
    log,
    onWell: goOn,
  });
  const accounts = await createAccounts({
    accepted: config.awsAccounts,
    calls,
    count: metrics.supportCalls,
  });

  const outbox = createOutbox({ store, mark: (key) => replies.mark(key), newReference, now, log });
  const receiver = receiverFor(config, log);
  const app = createSlackApp(
    {
      store,
      accounts,
      slack,
      outbox,
      markCase: (key) => cases.mark(caseKeyText(key)),
      parked: async () => new Map((await cases.parked()).map(({ key, reason }) => [key, reason])),
      log,
      now,
    },
    { botToken: config.slackBotToken, slackApiUrl: config.slackApiUrl, receiver },
  );

  const socketMode = receiver instanceof HTTPReceiver ? null : new SocketMode(app, log);

  const reconcileDeps = {
    store,
    accounts,
    slack,
    channelFor: () => config.slackChannel,
    channelCards: new ChannelCards({ slack, now }),
    markCase: (key: string) => cases.mark(key),
    markCard: (key: string) => cards.mark(key),
    markOutbox: (key: string) => replies.mark(key),
    metrics,
    walkEveryMs,
    now,
  };
  const sendDeps = {
    store,
    accounts,
    tell: createTeller({ store, slack, respond, log }),
    markCase: reconcileDeps.markCase,
    markOutbox: reconcileDeps.markOutbox,
    count: metrics.replies,
    timing: timing.send ?? SEND_TIMING,
    now,
  };
  const rounds = new Rounds({
    unfinished: () => store.casesWithUnfinished(),
    mark: (key, after) => replies.mark(key, after),
    everyMs: timing.roundMs ?? ROUND_EVERY_MS,
    log,
  });
  const sweeper = new Sweeper({
    async sweep() {
      const marked = await sweep({ store, accounts, mark: reconcileDeps.markCase, walkEveryMs, now });
      const cases = await forgetOld({ store, now });
      if (cases > 0) log.info('old cases were forgotten', { cases });
      return marked;
    },
    everyMs: timing.sweepMs ?? config.sweepIntervalSeconds * 1000,
    duty: storage.duty('sweep'),
    onRecovered: goOn,
    shared: store,
    log,
    now,
  });

  const routes: Routes = {
    '/aws/events': {
      POST: awsEvents({ store, keys: config.eventApiKeys, accounts: config.awsAccounts, log, metrics, now }),
    },
    ...(receiver instanceof HTTPReceiver
      ? {
          '/slack/events': {
            POST: slackRequests({
              receive: receiver.requestListener,
              problem: payloadProblem,
              ...signedBySlack(config.slackSigningSecret ?? '', now),
            }),
          },
        }
      : {}),
    '/healthz': { GET: (_, response) => answerJson(response, 200, { ok: true }) },
    '/readyz': {
      GET: async (_, response) => {
        const state = await readiness({
          checkStore: () => store.check(),
          storage: storage.name,
          risks: storage.risks,
          slack: () => {
            const problem = slackHealth.status().problem ?? socketMode?.problem() ?? null;
            return { ok: problem === null, problem };
          },
          sweep: () => sweeper.status(),
          inbox: () => cases.stats(),
          parked: () => cases.parked(),
        });
        answerJson(response, state.ready ? 200 : 503, state);
      },
    },
    '/metrics': {
      GET: async (_, response) =>
        answerText(response, 200, await metrics.text(), { 'content-type': metrics.contentType }),
    },
  };
  const server = await startServer({ host: config.host, port: config.port, routes, log }).catch(
    (error: unknown) => {
      void storage.close();
      throw error;
    },
  );

  const { gatherMs, updateEveryMs } = timing.notices ?? NOTICES_TIMING;
  startController({
    name: 'reconcile',
    inbox: cases,
    work: (run) => reconcileCase(reconcileDeps, parseCaseKey(run.key), run),
    concurrency: CASE_WORKERS,
    backoff,
    log,
    count: metrics.reconciles,
    onParkedChange: () =>
      // Where this fails, the case's next try says so again, after a restart at the latest.
      void notices.mark(NOTICES_KEY, gatherMs).catch((error: unknown) => {
        log.warn('waiting cases could not be told of', errorFields(error));
      }),
  });
  startController({
    name: 'notices',
    inbox: notices,
    work: (run) =>
      announceParked({ store, cases, slack, channel: config.slackChannel, updateEveryMs, now }, run),
    concurrency: 1,
    backoff,
    log,
    count: () => undefined,
  });
  startController({
    name: 'card',
    inbox: cards,
    work: (run) =>
      refreshCard({ store, slack, markCase: reconcileDeps.markCase }, parseCaseKey(run.key), run),
    concurrency: CARD_WORKERS,
    backoff,
    log,
    count: () => undefined,
  });
  startController({
    name: 'outbox',
    inbox: replies,
    work: (run) => sendForCase(sendDeps, parseCaseKey(run.key), run),
    concurrency: OUTBOX_WORKERS,
    backoff,
    log,
    count: () => undefined,
  });
  await rounds.start();
  slackHealth.start();
  sweeper.start();
  socketMode?.start();
  log.info('listening', { host: config.host, port: server.port });

  return {
    port: server.port,
    async stop() {
      const swept = sweeper.stop();
      slackHealth.stop();
      const closed = server.close(STOP_MS);
      await socketMode?.stop();
      for (const pacer of [posts, updates, reads, calls]) pacer.stop();
      await Promise.all([
        ...[cases, cards, replies, notices].map((inbox) => inbox.stop(STOP_MS)),
        rounds.stop(),
        closed,
        swept,
      ]);
      await storage.close();
      log.info('stopped');
    },
  };
}

function receiverFor(config: Config, log: Log) {
  const { slackAppToken, slackSigningSecret, slackApiUrl } = config;
  if (slackSigningSecret === null) return socketModeReceiver(slackAppToken ?? '', slackApiUrl, log);
  return new HTTPReceiver({
    signingSecret: slackSigningSecret,
    endpoints: '/slack/events',
    logger: boltLogger(log),
    processEventErrorHandler: async ({ error, response }) => {
      if (error instanceof NobodyListens)
        refuse(response, 404, 'not_for_us', 'Casethread does nothing with requests of this kind.');
      // Slack sends an event again that got this answer; of anything else the person sees that it failed.
      else refuse(response, 503, 'not_kept', 'The request could not be kept now. Send it again.');
      return true;
    },
  });
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Short enough for a stamp line, long enough never to repeat: 32^10. Without the letters that look alike. */
function newReference(): string {
  return Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
