import type { EventPathError } from './errors.js';

/** It may not be read; why, as a sentence. */
export interface Unread {
  readonly unread: EventPathError;
}

/** One part as it is at AWS; null: it is not there. */
export type Seen<T> = T | null | Unread;

export interface Connection {
  readonly arn: string;
  readonly state: string;
  /** In AWS's words; null where there is none. */
  readonly stateReason: string | null;
  readonly authorization: string;
  /** The name of the header with the key. */
  readonly header: string | null;
  readonly description: string | null;
}

export interface Destination {
  readonly arn: string;
  readonly state: string;
  readonly endpoint: string;
  readonly method: string;
  readonly connectionArn: string;
  readonly description: string | null;
}

export interface Queue {
  readonly url: string;
  readonly arn: string;
  readonly retentionSeconds: number;
  /** How many events lie in it, roughly: AWS calls its own number approximate. */
  readonly messages: number;
  /** Its statements; empty where it has no policy. */
  readonly policy: readonly unknown[];
  /** Null: was not looked at. */
  readonly tagged: boolean | null;
  /** The CloudFormation stack that made it; null where none did, or nobody looked. */
  readonly stack: string | null;
}

export interface Rule {
  readonly arn: string;
  readonly on: boolean;
  /** As AWS names it: `ENABLED`, and others. */
  readonly state: string;
  /** As JSON; null where it has none. */
  readonly pattern: unknown;
  readonly schedule: string | null;
  readonly description: string | null;
  /** The AWS service that made it for itself. */
  readonly managedBy: string | null;
  /** Null: was not looked at. */
  readonly tagged: boolean | null;
  /** The CloudFormation stack that made it; null where none did, or nobody looked. */
  readonly stack: string | null;
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | null;
  readonly deadLetterArn: string | null;
  /** Null: AWS's default. */
  readonly retry: { readonly attempts: number | null; readonly ageSeconds: number | null } | null;
  /** It sends something else than the event. */
  readonly transformed: boolean;
  /** It adds headers or a query, perhaps another key, to what connection and API destination say. */
  readonly adds: boolean;
}

export interface Role {
  readonly arn: string;
  readonly trust: unknown;
  /** Null: was not looked at. */
  readonly tagged: boolean | null;
  /** The CloudFormation stack that made it; null where none did, or nobody looked. */
  readonly stack: string | null;
}

/** The way of the events as it is at AWS. */
export interface EventPath {
  readonly connection: Seen<Connection>;
  readonly destination: Seen<Destination>;
  readonly queue: Seen<Queue>;
  readonly rule: Seen<Rule>;
  /** Empty where there is no rule. */
  readonly targets: readonly Target[] | Unread;
  readonly role: Seen<Role>;
  /** Our inline policy of the role, as JSON. */
  readonly rolePolicy: Seen<{ readonly document: unknown }>;
  /** The rule for calls that CloudTrail has recorded. */
  readonly callsRule: Seen<Rule>;
  readonly callsTargets: readonly Target[] | Unread;
  /** That in the Region of the plans, which forwards. */
  readonly plansRule: Seen<Rule>;
  readonly plansTargets: readonly Target[] | Unread;
  readonly forwardRole: Seen<Role>;
  readonly forwardPolicy: Seen<{ readonly document: unknown }>;
  /** Statements in the policy of the default bus. Null: was not looked at. */
  readonly busPolicy: Seen<readonly unknown[]>;
}

/** Nothing of CloudTrail's is there, or nobody looked. */
export const NO_CALLS = {
  callsRule: null,
  callsTargets: [],
  plansRule: null,
  plansTargets: [],
  forwardRole: null,
  forwardPolicy: null,
} as const satisfies Partial<EventPath>;
/** What of it is in the Region of the plans, or used there. */
export const PLANS_KEYS = ['plansRule', 'plansTargets', 'forwardRole', 'forwardPolicy'] as const;

type Read<T> = Exclude<T, Unread>;
/** Each part of it could be read. */
export type WholeEventPath = { readonly [Part in keyof EventPath]: Read<EventPath[Part]> };

export function isUnread(seen: unknown): seen is Unread {
  return typeof seen === 'object' && seen !== null && 'unread' in seen;
}

/** What could not be read; none: the path is a WholeEventPath. */
export function unreadIn(path: EventPath): EventPathError[] {
  return Object.values(path).flatMap((seen) => (isUnread(seen) ? [seen.unread] : []));
}

export function isWhole(path: EventPath): path is WholeEventPath {
  return unreadIn(path).length === 0;
}
