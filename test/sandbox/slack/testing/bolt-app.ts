import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Slack } from '../../../../src/sandbox/slack/start-slack.js';
import { SECRET, TOKEN } from './web-client.js';

/** A real Bolt app over HTTP, as an operator would run one: `configure` registers its listeners. */
export async function boltApp(
  slack: Slack,
  configure: (app: App) => void,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, logLevel: LogLevel.ERROR, logger: silent });
  const app = new App({
    token: TOKEN,
    receiver,
    convoStore: false,
    deferInitialization: true,
    logger: silent,
    clientOptions: { slackApiUrl: slack.url, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  await app.init();
  configure(app);
  // Its own port, so that two suites never meet.
  const server = createServer((request, response) => {
    try {
      receiver.requestListener(request, response);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
