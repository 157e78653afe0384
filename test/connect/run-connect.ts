import { run } from '../../scripts/connect/run.js';
import { eventPathClients } from '../../src/event-path/clients.js';
import {
  type AwsControl,
  type AwsControlOptions,
  startAwsControl,
} from '../world/aws-control/aws-control.js';

export const KEY = 'a-key-of-the-tests-0123456789';
export const ACCOUNT = '111122223333';
export const URL_OF_BOT = 'https://casethread.example.com';

/** Calls by which nothing is changed. */
const READING = /^(Describe|Get|List|ReceiveMessage)/;

export interface Ran {
  readonly code: 0 | 1;
  /** All that was printed. */
  readonly text: string;
  /** The operations that changed something, in their order. */
  readonly writes: string[];
}

/**
 * `npm run connect` against stand-ins of AWS, with time that flies.
 *
 * @param settings in the environment of each run, unless it says otherwise. Without any, for cases alone.
 */
export async function connectStage(
  options: AwsControlOptions = {},
  settings: Readonly<Record<string, string>> = { EVENTS_CALLS: 'none' },
) {
  const aws: AwsControl = await startAwsControl(options);
  const [credentials] = aws.credentials;
  if (credentials === undefined) throw new Error('the stand-in has credentials');
  let time = Date.parse('2026-11-02T10:00:00Z');
  let ask: typeof fetch = () => Promise.reject(new Error('nobody is asked here'));
  let onSleep: () => void = () => undefined;
  let maxAttempts = 1;
  return {
    aws,
    region: aws.region(),
    /** What the bot's address answers. */
    answer(as: typeof fetch): void {
      ask = as;
    },
    /** Called whenever connect waits. */
    whenItWaits(does: () => void): void {
      onSleep = does;
    },
    /** From now on a call is made twice when it has no answer, as the SDK does it for real. */
    repeatCalls(): void {
      maxAttempts = 2;
    },
    async run(
      args: readonly string[] = ['--url', URL_OF_BOT],
      environment: Readonly<Record<string, string>> = {},
    ): Promise<Ran> {
      const before = aws.calls.length;
      const lines: string[] = [];
      const code = await run(args, {
        environment: { EVENT_API_KEY: KEY, ...settings, ...environment },
        print: (line) => lines.push(line),
        clock: {
          now: () => time,
          sleep: (ms) => {
            time += ms;
            onSleep();
            // Gives what is delivered meanwhile a chance.
            return new Promise((resolve) => setTimeout(resolve, 2));
          },
        },
        fetch: (...request) => ask(...request),
        makeClients: (made) => eventPathClients({ ...made, endpoint: aws.url, credentials, maxAttempts }),
      });
      const writes = aws.calls
        .slice(before)
        .map(({ operation }) => operation)
        .filter((operation) => !READING.test(operation));
      return { code, text: lines.join('\n'), writes };
    },
    stop: () => aws.stop(),
  };
}

export type ConnectStage = Awaited<ReturnType<typeof connectStage>>;
