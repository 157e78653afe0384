import type { Config } from '../config.js';
import { Pacer } from '../pace/pacer.js';
import { createWebClient } from '../slack/web-client.js';
import { webDownloads } from '../slack/web-downloads.js';
import { webSlack } from '../slack/web-slack.js';
import { webUnfurls } from '../slack/web-unfurls.js';
import { webUploads } from '../slack/web-uploads.js';
import { webViews } from '../slack/web-views.js';
import type { Storage } from '../storage/storage.js';
import type { Log } from '../telemetry/log.js';
import type { Metrics } from '../telemetry/metrics.js';
import type { Timing } from './timing.js';

export interface SlackDeps {
  readonly config: Config;
  readonly storage: Pick<Storage, 'gates'>;
  readonly timing: Pick<Timing, 'posts' | 'updates' | 'reads'>;
  readonly metrics: Pick<Metrics, 'slackCalls'>;
  /** Told when a call shows that somebody has to put something right in Slack. */
  readonly onTrouble: () => void;
  readonly log: Log;
}

/** Everything that is asked of Slack: one client, one count, and for all of one kind one pace. */
export function slackFor({ config, storage, timing, metrics, onTrouble, log }: SlackDeps) {
  const { slackBotToken: token, slackApiUrl, unfurlLinks } = config;
  const { gates } = storage;
  const count = metrics.slackCalls;
  const now = () => performance.now();
  const posts = new Pacer(gates.rate('posts', timing.posts), now);
  const updates = new Pacer(gates.rate('updates', timing.updates), now);
  const reads = new Pacer(gates.rate('reads', timing.reads), now);
  const client = createWebClient(token, slackApiUrl, log);
  return {
    messages: webSlack({
      client,
      posts,
      updates,
      reads,
      unfurl: unfurlLinks,
      log,
      count: (method, result) => {
        count(method, result);
        if (result === 'needs-person') onTrouble();
      },
    }),
    views: webViews({ client, count }),
    unfurls: webUnfurls({ client, updates, count }),
    uploads: webUploads({ client, slackApiUrl, posts, count }),
    downloads: webDownloads({ client, token, slackApiUrl, fetch, count }),
    /** Whoever waits for a turn does not get it any more. */
    stop() {
      for (const pacer of [posts, updates, reads]) pacer.stop();
    },
  };
}

export type SlackParts = ReturnType<typeof slackFor>;
