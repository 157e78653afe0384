import type { Trail } from './cloudtrail.js';
import type { Connection } from './events/connections.js';
import type { ApiDestination } from './events/destinations.js';
import type { Rule } from './events/rules.js';
import type { Role } from './iam/role.js';
import type { Queue } from './sqs/queue.js';

/** What an account has in one Region. */
export interface RegionState {
  readonly region: string;
  readonly connections: Map<string, Connection>;
  readonly destinations: Map<string, ApiDestination>;
  /** Of the default bus: there is no other. */
  readonly rules: Map<string, Rule>;
  /** The policy of the default bus, by statement. */
  readonly busPolicy: Map<string, object>;
  readonly queues: Map<string, Queue>;
  /** When a queue of that name was deleted, milliseconds since 1970. */
  readonly deletedQueues: Map<string, number>;
  readonly trails: Map<string, Trail>;
}

export interface AccountState {
  readonly id: string;
  readonly partition: string;
  readonly roles: Map<string, Role>;
  readonly regions: ReadonlyMap<string, RegionState>;
}

/** What somebody signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Where it is there, every call must carry it. */
  readonly sessionToken?: string | undefined;
  readonly account: string;
  readonly arn: string;
  /** Calls are answered with ExpiredToken. May be changed at any time. */
  expired: boolean;
}

/** How the stand-in behaves; all of it may be changed at any time. */
export interface Behaviour {
  /** How often DescribeConnection says AUTHORIZING of a connection that is new or changed; Infinity for ever. Default 1. */
  authorizingPolls: number;
  /** What a connection becomes after that. Default AUTHORIZED. */
  authorizes: 'AUTHORIZED' | 'DEAUTHORIZED';
  /** Shown with DEAUTHORIZED. */
  stateReason: string;
  /** How often DescribeConnection still shows a deleted connection as DELETING. Default 0. */
  deletingPolls: number;
  /** How many calls of PutTargets refuse a role after it was created, or its trust changed. Default 0. */
  freshRoleCalls: number;
  /** How long a second lasts for which ReceiveMessage waits, in ms. Default 10. */
  waitSecondMs: number;
  /** How long a queue's name cannot be used again, in ms; 60,000 at AWS. Default 0. */
  queueNameRestsMs: number;
  /** How many messages ReceiveMessage gives out at most, whatever is asked for: SQS may give fewer. Default 10. */
  mostMessages: number;
}

export const BEHAVIOUR: Behaviour = {
  authorizingPolls: 1,
  authorizes: 'AUTHORIZED',
  stateReason: 'The connection could not be authorized.',
  deletingPolls: 0,
  freshRoleCalls: 0,
  waitSecondMs: 10,
  queueNameRestsMs: 0,
  mostMessages: 10,
};

/** What operations work with. */
export interface Desk {
  readonly account: AccountState;
  readonly region: RegionState;
  readonly caller: Credentials;
  readonly behaviour: Behaviour;
  /** The stand-in's own address; queues have theirs below it. */
  readonly url: string;
  readonly now: () => number;
  /** Notes that something has changed that somebody may wait for. */
  readonly changed: () => void;
  /** Resolves after the next change. */
  readonly change: () => Promise<void>;
  /** Puts an event on the default bus. */
  readonly publish: (event: object) => void;
  /** Puts an event of this bus on that of another Region of the account. */
  readonly forward: (region: string, event: object) => void;
}

export function regionState(region: string): RegionState {
  return {
    region,
    connections: new Map(),
    destinations: new Map(),
    rules: new Map(),
    busPolicy: new Map(),
    queues: new Map(),
    deletedQueues: new Map(),
    trails: new Map(),
  };
}

/** `arn:aws:events:us-east-1:111122223333:rule/casethread` */
export function arnOf(
  { account, region }: Pick<Desk, 'account' | 'region'>,
  service: string,
  rest: string,
): string {
  return `arn:${account.partition}:${service}:${region.region}:${account.id}:${rest}`;
}
