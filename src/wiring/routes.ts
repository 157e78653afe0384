import { HTTPReceiver, type Receiver } from '@slack/bolt';
import type { ApiCall } from '../case/calls/api-call.js';
import { signedBySlack } from '../commands/signed-by-slack.js';
import { payloadProblem } from '../commands/slack-payload.js';
import type { Config } from '../config.js';
import { answerJson, answerText } from '../ingress/answer.js';
import { awsEvents } from '../ingress/aws-events.js';
import { lastEventKeeper } from '../ingress/last-event.js';
import type { RefusedBy } from '../ingress/parse-events.js';
import { readiness } from '../ingress/readiness.js';
import type { Routes } from '../ingress/server.js';
import { slackRequests } from '../ingress/slack-requests.js';
import type { Sweeper } from '../reconcile/sweeper.js';
import type { Storage } from '../storage/storage.js';
import type { Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';

export interface RoutesDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly refusedBy: RefusedBy;
  readonly ownRoles: () => readonly string[];
  readonly receiver: Receiver;
  readonly sweeper: Pick<Sweeper, 'status'>;
  /** What is wrong with Slack; null when all is well. */
  readonly slackProblem: () => string | null;
  readonly onCalls: (calls: readonly ApiCall[]) => Promise<void>;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** Every address at which the bot answers. */
export function routesFor({
  config,
  storage,
  refusedBy,
  ownRoles,
  receiver,
  sweeper,
  slackProblem,
  onCalls,
  metrics,
  log,
}: RoutesDeps): Routes {
  const { store, cases } = storage;
  const now = () => storage.now();
  return {
    '/aws/events': {
      POST: awsEvents({
        store,
        keys: config.eventApiKeys,
        refusedBy,
        ownRoles,
        log,
        metrics,
        onTaken: lastEventKeeper({ store, now }),
        onCalls,
        now,
      }),
    },
    ...(receiver instanceof HTTPReceiver
      ? {
          '/slack/events': {
            POST: slackRequests({
              receive: receiver.requestListener,
              problem: payloadProblem,
              // This machine's clock, as Bolt goes by it.
              ...signedBySlack(config.slackSigningSecret ?? '', Date.now),
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
          risks: storage.risks(),
          slack: () => {
            const problem = slackProblem();
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
}
