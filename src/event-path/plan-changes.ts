/**
 * What was asked for and what is there come in; what has to be created or changed goes out, in the order in which it
 * can be done. Pure. Nothing to do: nothing goes out.
 */
import { type Desired, fingerprintIn, MARK } from './desired.js';
import { type Because, ofRole, ofRule, ofTarget, TAG_MISSING } from './differences.js';
import { invokeTrust } from './documents.js';
import type { Role, Target, WholeEventPath } from './event-path.js';
import { isCallsPart, nameOf, PARTS, type Part } from './parts.js';
import { callsCreated, callsDiffer } from './plan-calls.js';
import { saySame, sidOf, withoutSid } from './same-policy.js';

export interface Change {
  readonly part: Part;
  /** What it is called at AWS. */
  readonly name: string;
  /** `wait`: it is on its way to what was asked for. */
  readonly verb: 'create' | 'change' | 'wait';
  /** What is created, or how what is there differs: `endpoint is …, will be …`. No secret. */
  readonly because: readonly string[];
  /** The tag is missing; perhaps nothing else. */
  readonly untagged: boolean;
}

/** Something else differs than the tag. */
export const differs = ({ because, untagged }: Change): boolean => because.length > (untagged ? 1 : 0);
/** States in which a connection is on its way to AUTHORIZED by itself. */
export const ON_THE_WAY: readonly string[] = ['CREATING', 'UPDATING', 'AUTHORIZING'];
/** In which it can be used; ACTIVE is that of connections to private endpoints. */
export const USABLE: readonly string[] = ['AUTHORIZED', 'ACTIVE'];

/** @param sendKey sends the key again, also where the description says that the connection holds it: AWS never shows it. */
export function planChanges(
  wanted: Desired,
  actual: WholeEventPath,
  { sendKey = false }: { readonly sendKey?: boolean } = {},
): Change[] {
  const because: Readonly<Record<Part, string[] | 'create' | 'wait'>> = {
    connection: ofConnection(wanted, actual, sendKey),
    'API destination': ofDestination(wanted, actual),
    queue: ofQueue(wanted, actual),
    'queue policy': ofQueuePolicy(wanted, actual),
    // Reads that come as well are no more than noise: the state is that of whoever wants them.
    rule: ofRule(actual.rule, { pattern: wanted.rule.pattern, state: null }),
    role: ofRole(actual.role, wanted.role.trust, (role) => trustDiffers(role, wanted)),
    'role policy': ofRolePolicy(wanted, actual),
    target: ofMainTarget(wanted, actual),
    ...callsDiffer(wanted, actual),
    'bus policy': ofBusPolicy(wanted, actual),
  };
  return PARTS.flatMap((part): Change[] => {
    const found = because[part];
    const name = nameOf(part, wanted);
    if (found === 'create')
      return [{ part, name, verb: 'create', because: [created(part, wanted)], untagged: false }];
    if (found === 'wait') {
      const state = actual.connection?.state ?? '';
      return [{ part, name, verb: 'wait', because: [`it is ${state}`], untagged: false }];
    }
    if (found.length === 0) return [];
    return [{ part, name, verb: 'change', because: found, untagged: found.includes(TAG_MISSING) }];
  });
}

/** What the rules send elsewhere as well; it stays. */
export function otherTargets({ names }: Pick<Desired, 'names'>, actual: WholeEventPath): readonly Target[] {
  return [
    ...actual.targets.filter(({ id }) => id !== names.base),
    ...actual.callsTargets.filter(({ id }) => id !== names.calls),
    ...actual.plansTargets.filter(({ id }) => id !== names.plans),
  ];
}

function created(part: Part, wanted: Desired): string {
  if (isCallsPart(part)) return callsCreated(part, wanted);
  const these = wanted.calls === null ? 'this rule' : 'these rules';
  switch (part) {
    case 'connection':
      return `sends the key of EVENT_API_KEY (fingerprint ${wanted.connection.fingerprint}) in ${wanted.connection.header}`;
    case 'API destination':
      return `POST to ${wanted.destination.endpoint}`;
    case 'queue':
      return `keeps events that were not delivered, for ${days(wanted.queue.retentionSeconds)}`;
    case 'queue policy':
      return `only ${these} may put into the queue`;
    case 'rule':
      return `takes ${wanted.rule.pattern['detail-type'].join(' and ')}`;
    case 'role':
      return `only EventBridge may take it, for ${these}`;
    case 'role policy':
      return 'may use this API destination, and do nothing else';
    case 'target':
      return `the rule sends to the API destination: 24 hours, ${wanted.retryPolicy.MaximumRetryAttempts} retries, then the queue`;
    case 'bus policy':
      return `accounts of ${organizationOf(wanted)} may send AWS Support's events${wanted.calls === null ? '' : ' and calls'} here`;
  }
}

function ofConnection(
  wanted: Desired,
  { connection }: WholeEventPath,
  sendKey: boolean,
): string[] | 'create' | 'wait' {
  if (connection === null || connection.state === 'DELETING') return 'create';
  const because: string[] = [];
  if (connection.authorization !== 'API_KEY')
    because.push(`it authorizes by ${connection.authorization}, will do by API_KEY`);
  else if (connection.header?.toLowerCase() !== wanted.connection.header.toLowerCase())
    because.push(`it sends the key in ${connection.header}, will in ${wanted.connection.header}`);
  const fingerprint = fingerprintIn(connection.description);
  if (fingerprint === null) {
    because.push('which key it holds cannot be told, it gets that of EVENT_API_KEY');
  } else if (fingerprint !== wanted.connection.fingerprint) {
    because.push(
      `its key is another one (fingerprint ${fingerprint}), will be that of EVENT_API_KEY (fingerprint ${wanted.connection.fingerprint})`,
    );
  }
  if (because.length === 0 && sendKey) because.push('it gets the key of EVENT_API_KEY once more');
  if (because.length === 0 && ON_THE_WAY.includes(connection.state)) return 'wait';
  if (!USABLE.includes(connection.state) && !ON_THE_WAY.includes(connection.state))
    because.push(`it is ${connection.state}, will be authorized anew`);
  return because;
}

function ofDestination(wanted: Desired, { destination, connection }: WholeEventPath): string[] | 'create' {
  if (destination === null) return 'create';
  const because: string[] = [];
  if (destination.endpoint !== wanted.destination.endpoint)
    because.push(`endpoint is ${destination.endpoint}, will be ${wanted.destination.endpoint}`);
  if (destination.method !== 'POST') because.push(`method is ${destination.method}, will be POST`);
  const usable = connection !== null && connection.state !== 'DELETING';
  if (!usable) because.push('its connection is gone, will be the new one');
  else if (destination.connectionArn !== connection.arn)
    because.push(`its connection is ${destination.connectionArn}, will be ${connection.arn}`);
  // AWS turns it off together with its connection, and on again with it.
  else if (destination.state !== 'ACTIVE' && USABLE.includes(connection.state))
    because.push(`it is ${destination.state}, will be active`);
  if (!isMarked(destination.description)) because.push(`its description will say ${MARK}`);
  return because;
}

export function isMarked(description: string | null): boolean {
  return description?.includes(MARK) ?? false;
}

function ofQueue(wanted: Desired, { queue }: WholeEventPath): string[] | 'create' {
  if (queue === null) return 'create';
  const because: string[] = [];
  if (queue.retentionSeconds < wanted.queue.retentionSeconds) {
    because.push(
      `it keeps events for ${days(queue.retentionSeconds)}, will for ${days(wanted.queue.retentionSeconds)}`,
    );
  }
  if (queue.tagged === false) because.push(TAG_MISSING);
  return because;
}

/** What else the queue's policy allows is somebody's wish, and stays. */
function ofQueuePolicy(wanted: Desired, { queue }: WholeEventPath): string[] | 'create' {
  if (queue === null || queue.policy.length === 0) return 'create';
  const ours = wanted.queue.policy.Statement.map(withoutSid);
  const there = queue.policy.map(withoutSid);
  if (ours.every((statement) => there.some((each) => saySame(each, statement)))) return [];
  return [
    wanted.calls === null
      ? 'the rule may not put into the queue, will be allowed to'
      : 'not both rules may put into the queue, will be allowed to',
  ];
}

function trustDiffers(role: Role, { rule, calls, place }: Desired): string {
  if (calls !== null && saySame(role.trust, invokeTrust(rule.arn, place.account)))
    return `EventBridge may not take it for the rule of calls, will be allowed to`;
  const these = calls === null ? 'this rule' : 'these rules';
  return `others may take it, or EventBridge may not; will be EventBridge for ${these} alone`;
}

function ofRolePolicy(wanted: Desired, { role, rolePolicy }: WholeEventPath): string[] | 'create' {
  if (role === null || rolePolicy === null) return 'create';
  if (saySame(rolePolicy.document, wanted.rolePolicy)) return [];
  return ['it allows something else than to use the API destination, will be that alone'];
}

function ofMainTarget(wanted: Desired, { rule, targets, destination, role }: WholeEventPath): Because {
  if (rule === null) return 'create';
  return ofTarget(
    targets.find(({ id }) => id === wanted.names.base),
    {
      arn: destination?.arn ?? null,
      roleArn: role?.arn ?? wanted.role.arn,
      deadLetterArn: wanted.queue.arn,
      retryPolicy: wanted.retryPolicy,
    },
  );
}

function ofBusPolicy(wanted: Desired, { busPolicy }: WholeEventPath): string[] | 'create' {
  const statement = wanted.busStatement;
  if (statement === null) return [];
  const there = (busPolicy ?? []).find((each) => sidOf(each) === statement.Sid);
  if (there === undefined) return 'create';
  if (saySame(there, statement)) return [];
  return [`the statement ${statement.Sid} allows something else, will be: ${created('bus policy', wanted)}`];
}

function organizationOf(wanted: Desired): string {
  return wanted.busStatement?.Condition.StringEquals['aws:PrincipalOrgID'] ?? 'no organization';
}

function days(seconds: number): string {
  const number = seconds / 86_400;
  if (number < 1) return `${seconds} s`;
  return number === 1 ? '1 day' : `${Number(number.toFixed(1))} days`;
}
