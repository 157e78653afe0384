import type { SupportClient } from '@aws-sdk/client-support';
import type { Gate, Window } from '../../src/pace/gate.js';
import { windowGate } from '../../src/pace/local-gates.js';
import { Pacer } from '../../src/pace/pacer.js';
import { type Aws, type AwsOptions, startAws } from '../../src/sandbox/aws/start-aws.js';
import { accountOf } from '../../src/support/accounts.js';
import { awsSupport } from '../../src/support/aws-support.js';
import { createCallPace } from '../../src/support/call-pace.js';
import type { SupportApi, Urgency } from '../../src/support/support-api.js';
import { supportClient } from '../sandbox/aws/support-client.js';

/** Nobody takes anything over here. */
export const stillOurs = () => undefined;

export const ACCOUNT = '111122223333';

/** Our side of AWS Support over the real SDK, and the AWS that it talks to. */
export interface Room {
  readonly aws: Aws;
  readonly api: SupportApi;
  /** Another caller of the same account, at another urgency. */
  as(urgency: Urgency): SupportApi;
  /** `operation result`, as they are counted. */
  readonly counted: string[];
  /** As when the process ends. */
  stopPacing(): void;
  stop(): Promise<void>;
}

export interface RoomOptions extends AwsOptions {
  readonly limit?: Window;
  /** Says when to go, instead of a limit. */
  readonly gate?: Gate;
  readonly client?: (aws: Aws) => SupportClient;
}

export async function startRoom({ limit, gate, client, ...options }: RoomOptions = {}): Promise<Room> {
  const aws = await startAws({ callsPerSecond: 'off', ...options });
  const sdk = (client ?? supportClient)(aws);
  const now = () => performance.now();
  const calls = new Pacer(gate ?? windowGate(limit ?? { calls: 1_000, perMs: 1 }, now), now);
  const pace = createCallPace(calls, 'own');
  const counted: string[] = [];
  const as = (urgency: Urgency) =>
    awsSupport({
      lend: () => ({ client: sdk, giveBack: () => undefined }),
      role: null,
      whose: null,
      pace,
      urgency,
      account: null,
      accountOf: (caseId) => accountOf(caseId, [ACCOUNT]),
      count: (operation, result) => counted.push(`${operation} ${result}`),
    });
  return {
    aws,
    api: as('event'),
    as,
    counted,
    stopPacing: () => calls.stop(),
    async stop() {
      calls.stop();
      sdk.destroy();
      await aws.stop();
    },
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}
