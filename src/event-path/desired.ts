import { createHmac } from 'node:crypto';
import { type DesiredCalls, desiredCalls } from './desired-calls.js';
import { busStatement, invokePolicy, invokeTrust, type PolicyDocument, queuePolicy } from './documents.js';
import {
  type CallsWanted,
  DEFAULT_CALLS,
  EVENT_PATTERN,
  EVENTS_PATH,
  type EventPathNames,
  eventPathNames,
  KEY_HEADER,
  RETENTION_SECONDS,
  RETRY_POLICY,
} from './names.js';

/** Where a way of the events is: it and its names tell all that can be computed of it. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  /** Of eventPathNames. */
  readonly base: string;
}

/** What was asked for, as values. No secret is in it: of the key there is a fingerprint only. */
export interface Desired {
  readonly place: Place;
  readonly names: EventPathNames;
  /** EventBridge cannot tag a connection, and never shows a key again: its description tells both. */
  readonly connection: {
    readonly header: string;
    readonly fingerprint: string;
    readonly description: string;
  };
  readonly destination: { readonly endpoint: string; readonly description: string };
  readonly queue: {
    readonly arn: string;
    readonly retentionSeconds: number;
    readonly policy: PolicyDocument;
  };
  readonly rule: { readonly arn: string; readonly pattern: typeof EVENT_PATTERN };
  readonly role: { readonly arn: string; readonly trust: PolicyDocument };
  readonly rolePolicy: PolicyDocument;
  readonly retryPolicy: typeof RETRY_POLICY;
  /** For calls that CloudTrail has recorded; null where none are to come. */
  readonly calls: DesiredCalls | null;
  /** Of the default bus, where an organization's accounts may send their events to it. */
  readonly busStatement: ReturnType<typeof busStatement> | null;
}

/** In the description of what cannot be tagged; the templates in scripts/ say it, too. */
export const MARK = 'Casethread';

/**
 * By which it can be seen that a connection holds another key, without telling the key: 12 hexadecimal digits. Equal
 * keys of two accounts do not look equal.
 */
export function keyFingerprint(key: string, place: Pick<Place, 'account' | 'base'>): string {
  return createHmac('sha256', key).update(`${place.account}/${place.base}`).digest('hex').slice(0, 12);
}

/** The fingerprint in a connection's description; null where there is none. */
export function fingerprintIn(description: string | null): string | null {
  return /^Casethread ([0-9a-f]{12})$/.exec(description ?? '')?.[1] ?? null;
}

export function ruleArn({ partition, region, account, base }: Place): string {
  return `arn:${partition}:events:${region}:${account}:rule/${base}`;
}

/** Of the rules that use queue and role; of one, as a text. */
export function rulesOf(rule: string, calls: DesiredCalls | null): string | readonly string[] {
  return calls === null ? rule : [rule, calls.arn];
}

/**
 * @param publicUrl `https://host`, without a path.
 * @param organization its id, `o-…`; null where no other account may send.
 * @param calls which calls recorded by CloudTrail are to come.
 */
export function desired(
  place: Place,
  {
    publicUrl,
    key,
    organization,
    calls: callsWanted = DEFAULT_CALLS,
  }: {
    readonly publicUrl: string;
    readonly key: string;
    readonly organization: string | null;
    readonly calls?: CallsWanted;
  },
): Desired {
  const { partition, region, account, base } = place;
  const names = eventPathNames(base, region);
  const queue = `arn:${partition}:sqs:${region}:${account}:${names.queue}`;
  const rule = ruleArn(place);
  const calls = desiredCalls(place, names, callsWanted);
  const rules = rulesOf(rule, calls);
  const fingerprint = keyFingerprint(key, place);
  return {
    place,
    names,
    connection: { header: KEY_HEADER, fingerprint, description: `${MARK} ${fingerprint}` },
    destination: { endpoint: `${publicUrl}${EVENTS_PATH}`, description: MARK },
    queue: { arn: queue, retentionSeconds: RETENTION_SECONDS, policy: queuePolicy(queue, rules) },
    rule: { arn: rule, pattern: EVENT_PATTERN },
    role: { arn: `arn:${partition}:iam::${account}:role/${names.role}`, trust: invokeTrust(rules, account) },
    rolePolicy: invokePolicy({ partition, region, account, destination: base }),
    retryPolicy: RETRY_POLICY,
    calls,
    busStatement:
      organization === null ? null : busStatement({ ...place, organization, calls: calls !== null }),
  };
}
