import { type Delivery, deliver } from '../../../../src/sandbox/aws/deliver.js';
import {
  codeOf,
  nextDelay,
  type Outcome,
  type RetryPolicy,
} from '../../../../src/sandbox/aws/retry-policy.js';
import { allows, readPolicy } from '../policy.js';
import { putMessage, type Queue } from '../sqs/queue.js';
import { arnOf, type Desk } from '../state.js';
import { connectionOf } from './connections.js';
import { matches, readPattern } from './pattern.js';
import type { Rule } from './rules.js';
import { busAt, isTrusting, type Target } from './targets.js';

export interface DeliveryOptions {
  /** Where `https://HOST` is in this test; undefined: nobody knows the host. */
  readonly origins: (host: string) => string | undefined;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly later: (ms: number, work: () => Promise<void>) => Promise<void>;
}

/**
 * Takes an event to all targets of all rules that it fits. Resolves when all is delivered or given up.
 *
 * @param forwarded it comes from another bus, from which it goes no further (facts 4 "Cross-Region").
 */
export async function route(
  desk: Desk,
  event: object,
  options: DeliveryOptions,
  forwarded = false,
): Promise<void> {
  const rules = [...desk.region.rules.values()].filter(
    (rule) => isOnFor(rule, event) && matches(readPattern(rule.pattern), event),
  );
  await Promise.all(
    rules.flatMap((rule) =>
      [...rule.targets.values()].map((target) =>
        busAt(target.Arn) === null
          ? invoke(desk, rule, target, event, options)
          : forward(desk, rule, target, event, forwarded),
      ),
    ),
  );
}

/** Calls that only read come to a rule of a state of its own (facts 3.2 "Read-only calls"). */
function isOnFor({ state }: Rule, event: object): boolean {
  const { detail, 'detail-type': type } = event as {
    detail?: { readOnly?: unknown };
    'detail-type'?: unknown;
  };
  const isRead = type === 'AWS API Call via CloudTrail' && detail?.readOnly === true;
  return state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS' || (state === 'ENABLED' && !isRead);
}

/** Without a word where it cannot be: the rule has no dead-letter queue, or an event goes one hop only. */
async function forward(
  desk: Desk,
  rule: Rule,
  target: Target,
  event: object,
  forwarded: boolean,
): Promise<void> {
  const bus = busAt(target.Arn);
  if (forwarded || bus === null || bus.account !== desk.account.id) return;
  if (mayUse(desk, rule, target, 'events:PutEvents')) desk.forward(bus.region, event);
}

/** Whether EventBridge may take the target's role for the rule, and may do that with it. */
function mayUse(desk: Desk, rule: Rule, target: Target, action: string): boolean {
  const role = [...desk.account.roles.values()].find(({ arn }) => arn === target.RoleArn);
  const isAllowed = [...(role?.policies.values() ?? [])].some((policy) =>
    allows(readPolicy(policy) ?? [], { action, resource: target.Arn, context: {} }),
  );
  return role !== undefined && isTrusting(desk, rule, role.trust) && isAllowed;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retries: number;
  readonly exhausted?: string | undefined;
}

async function invoke(
  desk: Desk,
  rule: Rule,
  target: Target,
  event: object,
  options: DeliveryOptions,
): Promise<void> {
  const failure = notPossible(desk, rule, target) ?? (await tryOften(desk, target, event, options));
  if (failure !== null) bury(desk, rule, target, event, failure);
}

/** What no retry would help against. */
function notPossible(desk: Desk, rule: Rule, target: Target): Failure | null {
  if (!mayUse(desk, rule, target, 'events:InvokeApiDestination')) {
    return {
      code: 'NO_PERMISSIONS',
      message: `Lack of permissions to invoke cross account target or the role ${target.RoleArn} cannot be used.`,
      retries: 0,
    };
  }
  const destination = [...desk.region.destinations.values()].find(({ arn }) => arn === target.Arn);
  if (destination === undefined)
    return { code: 'NO_RESOURCE', message: 'The target resource does not exist.', retries: 0 };
  if (connectionOf(desk, destination.connectionArn)?.state !== 'AUTHORIZED')
    return { code: 'SDK_CLIENT_ERROR', message: 'The connection is not authorized.', retries: 0 };
  return null;
}

async function tryOften(
  desk: Desk,
  target: Target,
  event: object,
  options: DeliveryOptions,
): Promise<Failure | null> {
  const policy = {
    ...options.retry,
    attempts: Math.min(options.retry.attempts, target.RetryPolicy?.MaximumRetryAttempts ?? 185),
  };
  const since = Date.now();
  for (let retried = 0; ; retried += 1) {
    const outcome = await post(desk, target, event, options);
    if (options.signal.aborted) return null;
    if (!(outcome instanceof Error) && outcome.status >= 200 && outcome.status < 300) return null;
    const delay = nextDelay(policy, outcome, { retried, ageMs: Date.now() - since, random: () => 0 });
    if (delay === undefined) {
      const code = codeOf(outcome);
      const exhausted = retried >= policy.attempts ? 'MaximumRetryAttempts' : undefined;
      return { code, message: describe(outcome), retries: retried, exhausted };
    }
    await options.later(delay, async () => undefined);
    if (options.signal.aborted) return null;
  }
}

async function post(desk: Desk, target: Target, event: object, options: DeliveryOptions): Promise<Outcome> {
  const destination = [...desk.region.destinations.values()].find(({ arn }) => arn === target.Arn);
  const connection = connectionOf(desk, destination?.connectionArn ?? '');
  if (destination === undefined || connection === undefined) return new Error('The target is gone.');
  const url = new URL(destination.endpoint);
  const origin = options.origins(url.host);
  if (origin === undefined)
    return Object.assign(new Error(`getaddrinfo ENOTFOUND ${url.hostname}`), { code: 'ENOTFOUND' });
  try {
    return await deliver(`${origin}${url.pathname}${url.search}`, undefined, event, {
      headers: { [connection.keyName]: connection.keyValue },
      timeoutMs: options.timeoutMs,
      signal: options.signal,
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function describe(outcome: Delivery | Error): string {
  const what =
    outcome instanceof Error
      ? 'API destination endpoint cannot be reached.'
      : `API destination returned HTTP status ${outcome.status} with payload: ${outcome.body.slice(0, 300)}`;
  return `Unable to invoke ApiDestination endpoint: ${what}`;
}

/** Into the target's dead-letter queue, where there is one and its policy lets the rule; else it is lost. */
function bury(desk: Desk, rule: Rule, target: Target, event: object, failure: Failure): void {
  const queue = [...desk.region.queues.values()].find(
    ({ name }) => arnOf(desk, 'sqs', name) === target.DeadLetterConfig?.Arn,
  );
  if (queue === undefined || !lets(desk, queue, rule)) return;
  const text = (value: string) => ({ DataType: 'String', StringValue: value });
  putMessage(desk, queue, JSON.stringify(event), {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.Arn),
    ERROR_CODE: text(failure.code),
    ERROR_MESSAGE: text(failure.message),
    RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(failure.retries) },
    ...(failure.exhausted === undefined ? {} : { EXHAUSTED_RETRY_CONDITION: text(failure.exhausted) }),
  });
}

function lets(desk: Desk, queue: Queue, rule: Rule): boolean {
  return allows(readPolicy(queue.attributes.get('Policy') ?? '') ?? [], {
    service: 'events.amazonaws.com',
    action: 'sqs:SendMessage',
    resource: arnOf(desk, 'sqs', queue.name),
    context: { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': desk.account.id },
  });
}
