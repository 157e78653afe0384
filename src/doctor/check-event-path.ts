/** The way of the events in the account of the bot's own credentials, compared with what npm run connect would make. */
import {
  type Desired,
  desired,
  fingerprintIn,
  keyFingerprint,
  ruleArn,
  rulesOf,
} from '../event-path/desired.js';
import { invokeTrust, queuePolicy } from '../event-path/documents.js';
import {
  type EventPath,
  isUnread,
  NO_CALLS,
  type Unread,
  type WholeEventPath,
} from '../event-path/event-path.js';
import { CALLS_REGION, type CallsWanted, type EventPathNames, eventPathNames } from '../event-path/names.js';
import type { Part } from '../event-path/parts.js';
import { planChanges } from '../event-path/plan-changes.js';
import type { UsedPath } from '../event-path/read-used-path.js';
import { callsByHand } from './calls-by-hand.js';
import { checkBus } from './check-bus.js';
import { checkCalls } from './check-calls.js';
import { checkRolePolicies } from './check-role-policies.js';
import type { Finding } from './finding.js';
import { found } from './found.js';
import { filledIn, unreadFindings } from './unread-parts.js';
import { whatDiffers } from './what-differs.js';
import { whatIsWell } from './what-is-well.js';

export interface EventPathCheckDeps {
  readonly identity: { readonly account: string; readonly partition: string };
  readonly region: string;
  readonly base: string;
  /** Which calls recorded by CloudTrail are to come; undefined where the setting is wrong. */
  readonly calls: CallsWanted | undefined;
  /** Whose events are to come; none: those of the account itself. */
  readonly listed?: readonly string[];
  /** Whether the sweep runs, as far as the settings say; with it, events that are lost cost nothing. */
  readonly sweeps: boolean;
  /** Null where nobody said it; undefined where the setting is wrong. */
  readonly publicUrl: string | null | undefined;
  /** Undefined where the setting is wrong. */
  readonly keys: readonly string[] | undefined;
  /** Reads only. */
  readonly read: (names: EventPathNames) => Promise<EventPath>;
  /** Role and queue that the target names, where they are not ours by name. */
  readonly readUsed: (path: EventPath, names: EventPathNames) => Promise<UsedPath>;
  /** Of a role. */
  readonly readPolicyNames: (role: string) => Promise<readonly string[] | Unread>;
}

export async function checkEventPath(deps: EventPathCheckDeps): Promise<Finding[]> {
  const { identity, region, base } = deps;
  const whole = found('events', 'EventBridge');
  const ours = eventPathNames(base, region);
  const { path, names } = await deps.readUsed(await deps.read(ours), ours);
  // Whoever wants no calls has allowed nothing for them.
  const unread = unreadFindings(deps.calls === 'none' ? { ...path, ...NO_CALLS } : path);
  const parts = [path.connection, path.destination, path.queue, path.rule];
  const where = `in ${region} of account ${identity.account}`;
  if (parts.every((part) => part === null)) {
    return [
      whole.fail(
        `Nothing named ${base} is there ${where}, so no events come to the bot by it.`,
        'npm run connect creates it. Where events come by another way, set EVENTS_REGION and EVENTS_NAME to where that is.',
      ),
    ];
  }
  const policies = await checkRolePolicies(base, region, path, names, deps.readPolicyNames);
  return [...compare(deps, path, names), ...policies, ...unread];
}

function compare(deps: EventPathCheckDeps, seen: EventPath, names: EventPathNames): Finding[] {
  const wanted = withNames(wantedOf(deps, seen), names, seen);
  const path = callsByHand(wanted, seen);
  const actual = filledIn(wanted, path);
  const changes = planChanges(wanted, actual);
  // What is there for cases is looked at alone first: whether calls come as well is another question.
  const { rule, names: ours, place } = wanted;
  const plain = planChanges(servingOnly(rule.arn, wanted), actual);
  // One that is there still may use queue and role, also where it is not wanted.
  const both = [rule.arn, ruleArn({ ...place, base: ours.calls })];
  const kept = actual.callsRule === null ? plain : planChanges(servingOnly(both, wanted), actual);
  const has = (part: Part) => {
    const all = [changes, plain, kept].map((each) => each.find((change) => change.part === part));
    return all.includes(undefined) ? undefined : all[0];
  };
  const findings: Finding[] = [];
  for (const part of PARTS) {
    if (isUnread(path[SOURCE[part]])) continue;
    const change = has(part);
    const trouble = change === undefined ? null : whatDiffers(change, wanted, actual, deps);
    findings.push(...(trouble ?? whatIsWell(part, wanted, actual, deps)));
  }
  const { calls } = deps;
  const ofCalls =
    calls === undefined
      ? []
      : [
          ...checkBus(wanted.place, path, wanted.calls === null ? 'none' : calls),
          ...checkCalls(calls, wanted, path, changes, plain),
        ];
  return [...findings, ...ofMessages(actual, wanted, deps), ...ofCalls];
}

/** As if no calls were wanted: these rules use role and queue. */
function servingOnly(rules: string | readonly string[], wanted: Desired): Desired {
  const { place, role, queue } = wanted;
  return {
    ...wanted,
    calls: null,
    role: { ...role, trust: invokeTrust(rules, place.account) },
    queue: { ...queue, policy: queuePolicy(queue.arn, rules) },
  };
}

const PARTS = [
  'connection',
  'API destination',
  'rule',
  'target',
  'role',
  'role policy',
  'queue',
  'queue policy',
] as const;

const SOURCE: Readonly<Record<(typeof PARTS)[number], keyof EventPath>> = {
  connection: 'connection',
  'API destination': 'destination',
  rule: 'rule',
  target: 'targets',
  role: 'role',
  'role policy': 'rolePolicy',
  queue: 'queue',
  'queue policy': 'queue',
};

/** While a key is being changed, EventBridge may send either; and where PUBLIC_URL is not set, any address is right. */
function wantedOf(
  { identity, region, base, publicUrl, keys = [], calls = 'none' }: EventPathCheckDeps,
  path: EventPath,
): Desired {
  const place = { ...identity, region, base };
  const held = isUnread(path.connection) ? null : fingerprintIn(path.connection?.description ?? null);
  const key = keys.find((each) => keyFingerprint(each, place) === held) ?? keys[0] ?? '';
  const there = isUnread(path.destination) ? undefined : path.destination?.endpoint;
  const host = publicUrl ?? (there !== undefined && URL.canParse(there) ? new URL(there).origin : '');
  // Elsewhere none are recorded.
  const taken = region === CALLS_REGION ? calls : 'none';
  return desired(place, { publicUrl: host, key, organization: null, calls: taken });
}

/** What was made by hand is as good under another name. */
function withNames(wanted: Desired, names: EventPathNames, { targets }: EventPath): Desired {
  if (isUnread(targets)) return wanted;
  const target = targets.find(({ id }) => id === names.base);
  const role = names.role === wanted.names.role ? wanted.role.arn : (target?.roleArn ?? '');
  const queue = names.queue === wanted.names.queue ? wanted.queue.arn : (target?.deadLetterArn ?? '');
  return {
    ...wanted,
    names,
    role: { ...wanted.role, arn: role },
    queue: {
      ...wanted.queue,
      arn: queue,
      policy: queuePolicy(queue, rulesOf(wanted.rule.arn, wanted.calls)),
    },
  };
}

function ofMessages(
  { queue }: WholeEventPath,
  { names }: Desired,
  { sweeps }: EventPathCheckDeps,
): Finding[] {
  if (queue === null) return [];
  const { ok, warn } = found('events', 'queue');
  if (queue.messages === 0) return [ok('It is empty: everything was delivered.')];
  const many = queue.messages === 1 ? 'One event lies' : `${queue.messages} events lie`;
  return [
    warn(
      `${many} in it that could not be delivered. ${sweeps ? 'Where AWS Support answers, the sweep has found what they announced' : 'The bot makes no sweep, so what they announced is not in Slack'}.`,
      names.queue === eventPathNames(names.base).queue
        ? 'Put right what is wrong above, then npm run redrive delivers them.'
        : `Put right what is wrong above. npm run redrive looks into ${eventPathNames(names.base).queue} alone, not into ${names.queue}.`,
    ),
  ];
}
