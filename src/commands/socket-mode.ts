import { type App, SocketModeReceiver } from '@slack/bolt';
import { sdkLogger } from '../slack/sdk-logger.js';
import { errorFields, type Log } from '../telemetry/log.js';

const TRY_AGAIN_MS = 30_000;

/** Bolt's receiver for Socket Mode. `installerOptions` is the one way by which it lets the address through. */
export function socketModeReceiver(appToken: string, slackApiUrl: string, log: Log): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: sdkLogger(log),
    installerOptions: { clientOptions: { slackApiUrl, retryConfig: { retries: 2 }, timeout: 10_000 } },
  });
}

/** Keeps the socket to Slack open: the SDK mends a connection that breaks, this one that could not be made. */
export class SocketMode {
  readonly #app: App;
  readonly #log: Log;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #problem: string | null = null;

  constructor(app: App, log: Log) {
    this.#app = app;
    this.#log = log;
  }

  /** What is wrong and what to do; null when all is well. */
  problem(): string | null {
    return this.#problem;
  }

  start(): void {
    void this.#connect();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#app.stop().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    try {
      await this.#app.start();
      this.#problem = null;
    } catch (error) {
      this.#problem =
        'Socket Mode cannot connect. Check SLACK_APP_TOKEN and that Socket Mode is on for the app.';
      this.#log.error('Socket Mode cannot connect', errorFields(error));
      if (!this.#stopped) this.#timer = setTimeout(() => void this.#connect(), TRY_AGAIN_MS);
    }
  }
}
