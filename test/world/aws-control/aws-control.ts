/**
 * A strict stand-in of the AWS services in which the way of the events is laid, and looked at: EventBridge, SQS, IAM, STS
 * and CloudTrail, behind one address (AWS_ENDPOINT_URL). It refuses what the real ones refuse, and delivers events through
 * rules, roles and API destinations as EventBridge does.
 */
import { once, setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, type FaultOptions, Faults } from '../../../src/sandbox/aws/faults.js';
import { DEFAULT_RETRY, type RetryPolicy } from '../../../src/sandbox/aws/retry-policy.js';
import { Watch } from '../../../src/sandbox/aws/watch.js';
import { PATIENCE_MS } from '../../patience.js';
import { route } from './events/delivery.js';
import { type ControlCall, createControlServer } from './server.js';
import {
  type AccountState,
  BEHAVIOUR,
  type Behaviour,
  type Credentials,
  type Desk,
  type RegionState,
  regionState,
} from './state.js';

export interface AwsControlOptions {
  /** Default one, 111122223333. */
  readonly accounts?: readonly { readonly id: string; readonly regions?: readonly string[] }[];
  /** Default one for each account, see {@link credentialsFor}. */
  readonly credentials?: readonly (Omit<Credentials, 'expired' | 'arn'> & { readonly arn?: string })[];
  /** IAM actions that are denied, such as `events:PutRule` or `sqs:*`. */
  readonly deny?: readonly string[];
  readonly behaviour?: Partial<Behaviour>;
  /** Where hosts of API destinations are here: `{ 'bot.example.com': 'http://127.0.0.1:3000' }`. */
  readonly origins?: Readonly<Record<string, string>>;
  /** Of deliveries; shortened. */
  readonly retry?: Partial<RetryPolicy>;
  /** Of deliveries; default 5000, as at AWS. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
}

export type AwsControl = Awaited<ReturnType<typeof startAwsControl>>;

const REGIONS = ['us-east-1', 'us-west-2', 'eu-west-1'];
const QUICK_RETRY: RetryPolicy = { ...DEFAULT_RETRY, attempts: 3, baseMs: 10, retryAfterSecondMs: 10 };

/** What somebody in the account signs with, unless the test says otherwise. */
export function credentialsFor(account: string): Omit<Credentials, 'expired'> {
  return {
    accessKeyId: `AKIA${account}CTRL`,
    secretAccessKey: `secret-for-tests-of-${account}`,
    account,
    arn: `arn:aws:iam::${account}:user/operator`,
  };
}

export async function startAwsControl(options: AwsControlOptions = {}) {
  const accounts = new Map(
    (options.accounts ?? [{ id: '111122223333' }]).map((each) => [each.id, account(each)]),
  );
  const credentials: Credentials[] = (
    options.credentials ?? [...accounts.keys()].map((id) => credentialsFor(id))
  ).map((each) => ({ ...credentialsFor(each.account), ...each, expired: false }));
  const behaviour: Behaviour = { ...BEHAVIOUR, ...options.behaviour };
  const origins = new Map(Object.entries(options.origins ?? {}));
  const retry = { ...QUICK_RETRY, ...options.retry };
  const now = options.now ?? Date.now;
  const calls: ControlCall[] = [];
  const faults = new Faults();
  const watch = new Watch();
  const stopped = new AbortController();
  setMaxListeners(0, stopped.signal);
  let denied: readonly string[] = options.deny ?? [];
  let pending = 0;
  let waiting: (() => void)[] = [];
  let url = '';

  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
    watch.changed();
  };
  const stateOf = (id: string): AccountState => {
    const found = accounts.get(id);
    if (found === undefined) throw new Error(`the stand-in has no account ${id}`);
    return found;
  };
  const deskOf = (caller: Credentials, region: RegionState): Desk => ({
    account: stateOf(caller.account),
    region,
    caller,
    behaviour,
    url,
    now,
    changed,
    change: () => new Promise((resolve) => waiting.push(resolve)),
    publish: (event) => publish(caller.account, region.region, event),
    forward: (to, event) => publish(caller.account, to, event, true),
  });

  function publish(accountId: string, regionName: string, event: object, forwarded = false): void {
    const region = regionOf(accountId, regionName);
    const caller = { ...credentialsFor(accountId), expired: false };
    pending += 1;
    const how = {
      origins: (host: string) => origins.get(host),
      retry,
      timeoutMs: options.timeoutMs ?? 5000,
      signal: stopped.signal,
      later: (ms: number) => sleep(ms, undefined, { signal: stopped.signal }).catch(() => undefined),
    };
    void route(deskOf(caller, region), event, how, forwarded).finally(() => {
      pending -= 1;
      changed();
    });
  }

  function regionOf(accountId: string, name: string): RegionState {
    const region = stateOf(accountId).regions.get(name);
    if (region === undefined) throw new Error(`the stand-in has no Region ${name} in account ${accountId}`);
    return region;
  }

  const server = createControlServer({
    credentialsOf: (id) => credentials.find(({ accessKeyId }) => accessKeyId === id),
    deskFor: (caller, name) => {
      const regions = accounts.get(caller.account)?.regions;
      // A service of one home for all Regions is there also where the account has nothing else.
      const region = regions?.get(name) ?? [...(regions?.values() ?? [])][0];
      return region === undefined ? undefined : deskOf(caller, region);
    },
    regionsOf: (id, service) => {
      const state = stateOf(id);
      const home = service.homeRegion?.[state.partition];
      return home === undefined ? [...state.regions.keys()] : [home];
    },
    denied: () => denied,
    faults,
    record: (call) => {
      calls.push(call);
      changed();
    },
    changed,
    now,
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    /** For AWS_ENDPOINT_URL. */
    url,
    /** May be changed at any time. */
    behaviour,
    credentials: credentials as readonly Credentials[],
    /** What a person would put into the environment, to be in this account. */
    environment(accountId = '111122223333', region = 'us-east-1'): Record<string, string> {
      const held = credentials.find((each) => each.account === accountId);
      if (held === undefined) throw new Error(`nobody has credentials of account ${accountId}`);
      return {
        AWS_ENDPOINT_URL: url,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: held.accessKeyId,
        AWS_SECRET_ACCESS_KEY: held.secretAccessKey,
        ...(held.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: held.sessionToken }),
      };
    },
    addCredentials(more: Omit<Credentials, 'expired'>): Credentials {
      const added = { ...more, expired: false };
      credentials.push(added);
      return added;
    },
    /** The account's roles and all its Regions; may be looked at, and changed behind everybody's back. */
    account: stateOf,
    region: (name = 'us-east-1', accountId = '111122223333') => regionOf(accountId, name),
    /** To use `trailOf`, or `putMessage`, with. */
    desk: (name = 'us-east-1', accountId = '111122223333') =>
      deskOf({ ...credentialsFor(accountId), expired: false }, regionOf(accountId, name)),
    deny(...actions: string[]): void {
      denied = actions;
    },
    calls: calls as readonly ControlCall[],
    callsOf: (operation: string) => calls.filter((call) => call.operation === operation),
    /** The IAM actions that were used, each once, in alphabetical order. */
    usedActions: () =>
      [...new Set(calls.filter(({ done }) => done).flatMap(({ actions }) => actions))].sort(),
    /** See src/sandbox/aws/faults.ts; of an operation, or `*`. */
    fault: (operation: string, fault: FaultOptions): Fault => faults.add(operation, fault),
    clearFaults: () => faults.cancelAll(),
    /** From now on that host of an API destination is there; undefined: nowhere. */
    setOrigin(host: string, origin: string | undefined): void {
      if (origin === undefined) origins.delete(host);
      else origins.set(host, origin);
    },
    /** An event of an AWS service, which nobody else may send. */
    emit(event: {
      readonly account: string;
      readonly region: string;
      readonly [field: string]: unknown;
    }): void {
      publish(event.account, event.region, event);
    },
    /** Resolves when every event so far is delivered or given up. */
    idle: (timeoutMs = PATIENCE_MS) =>
      watch.until(() => pending === 0, { what: 'all events are delivered', timeoutMs, dump: () => '' }),
    until: (predicate: () => boolean, what: string, timeoutMs = PATIENCE_MS) =>
      watch.until(predicate, {
        what,
        timeoutMs,
        dump: () => calls.map(({ operation, result }) => `${operation}: ${result}`).join('\n'),
      }),
    async stop(): Promise<void> {
      stopped.abort();
      faults.cancelAll();
      changed();
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}

function account({
  id,
  regions = REGIONS,
}: {
  readonly id: string;
  readonly regions?: readonly string[];
}): AccountState {
  const first = regions[0] ?? '';
  const partition = first.startsWith('us-gov-') ? 'aws-us-gov' : first.startsWith('cn-') ? 'aws-cn' : 'aws';
  return {
    id,
    partition,
    roles: new Map(),
    regions: new Map(regions.map((region) => [region, regionState(region)])),
  };
}
