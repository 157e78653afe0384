import { run } from '../../scripts/connect/run.js';
import { type EventPathClients, eventPathClients } from '../../src/event-path/clients.js';
import {
  type AwsControl,
  type AwsControlOptions,
  startAwsControl,
} from '../world/aws-control/aws-control.js';

export const KEY = 'a-key-of-the-tests-0123456789';
export const ACCOUNT = '111122223333';
export const URL_OF_BOT = 'https://casethread.example.com';

/** What runs have made, by what they were given: each such run is made once. */
const laid = new Map<string, ReturnType<typeof stateOf>>();

/** All that is at AWS in the account, live. */
function stateOf(aws: AwsControl): readonly (readonly [name: string, parts: Map<string, unknown>])[] {
  const { roles, regions } = aws.account(ACCOUNT);
  const ofRegions = [...regions].flatMap(([region, state]) =>
    Object.entries(state).flatMap(([part, parts]) =>
      parts instanceof Map ? [[`${region} ${part}`, parts as Map<string, unknown>] as const] : [],
    ),
  );
  return [['roles', roles as Map<string, unknown>], ...ofRegions];
}

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
  // Runs share the clients, and their connections: half of the work of a run would be to make them.
  const made = new Map<string, EventPathClients>();
  const clientsFor = (options: Parameters<typeof eventPathClients>[0]): EventPathClients => {
    const key = JSON.stringify([options, maxAttempts]);
    const clients =
      made.get(key) ?? eventPathClients({ ...options, endpoint: aws.url, credentials, maxAttempts });
    made.set(key, clients);
    return { ...clients, close: () => undefined };
  };
  const stage = {
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
        makeClients: clientsFor,
      });
      const writes = aws.calls
        .slice(before)
        .map(({ operation }) => operation)
        .filter((operation) => !READING.test(operation));
      return { code, text: lines.join('\n'), writes };
    },
    /** Nothing is there, and all goes well: as it was when the stage was made. For files whose tests share one. */
    clear(): void {
      for (const [, parts] of stateOf(aws)) parts.clear();
      aws.clearFaults();
      aws.deny(...(options.deny ?? []));
      aws.setOrigin(new URL(URL_OF_BOT).hostname, undefined);
    },
    /** All is there that such a run makes in an account where nothing was, and nothing else. */
    async lay(...given: readonly [args?: readonly string[], environment?: Readonly<Record<string, string>>]) {
      const key = JSON.stringify([options, settings, given]);
      const known = laid.get(key);
      for (const [, parts] of stateOf(aws)) parts.clear();
      if (known === undefined) {
        const { code, text } = await stage.run(...given);
        if (code !== 0) throw new Error(text);
        laid.set(key, structuredClone(stateOf(aws)));
        return;
      }
      const state = new Map(stateOf(aws));
      for (const [name, parts] of structuredClone(known))
        for (const [each, part] of parts) state.get(name)?.set(each, part);
    },
    stop: () => {
      for (const clients of made.values()) clients.close();
      return aws.stop();
    },
  };
  return stage;
}

export type ConnectStage = Awaited<ReturnType<typeof connectStage>>;
