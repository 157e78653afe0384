import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import { call } from './call.js';
import type { EventPathClients } from './clients.js';
import { TAG } from './names.js';
import { type Clock, patiently } from './patience.js';
import { type Change, differs } from './plan-changes.js';

const TAGS = [{ Key: TAG.key, Value: TAG.value }];

export interface RuleToPut {
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly pattern: object;
  readonly state: RuleState;
}

/** @param clients of the rule's Region. */
export async function putRule(change: Change, rule: RuleToPut, clients: EventPathClients): Promise<void> {
  const about = `the rule ${rule.name}`;
  const events = await clients.events();
  if (differs(change)) {
    await call(clients, 'events:PutRule', about, () =>
      events.putRule({
        Name: rule.name,
        Description: rule.description,
        EventPattern: JSON.stringify(rule.pattern),
        State: rule.state,
        ...(change.verb === 'create' ? { Tags: TAGS } : {}),
      }),
    );
  }
  // AWS takes no notice of tags when it changes a rule.
  if (change.untagged) {
    await call(clients, 'events:TagResource', about, () =>
      events.tagResource({ ResourceARN: rule.arn, Tags: TAGS }),
    );
  }
}

/** A role that somebody made by hand may have a path, which is a part of its ARN. */
export async function roleArnOf(clients: EventPathClients, role: string): Promise<string | undefined> {
  const iam = await clients.iam();
  const found = await call(clients, 'iam:GetRole', `the role ${role}`, () => iam.getRole({ RoleName: role }));
  return found.Role?.Arn;
}

/** @param clients of the rule's Region. */
export async function putTarget(
  rule: string,
  target: Target,
  { clients, clock }: { readonly clients: EventPathClients; readonly clock: Clock },
): Promise<void> {
  const about = `the rule ${rule}`;
  const events = await clients.events();
  // IAM makes a new role known everywhere within some seconds; until then EventBridge refuses it.
  await patiently(clock, { kinds: ['role-not-ready', 'busy'], seconds: 60 }, async () => {
    const { FailedEntries: failed = [] } = await call(clients, 'events:PutTargets', about, () =>
      events.putTargets({ Rule: rule, Targets: [target] }),
    );
    const [first] = failed;
    if (first === undefined) return;
    // Failures of single targets come with a status of 200.
    await call(clients, 'events:PutTargets', about, () => {
      const error = new Error(first.ErrorMessage ?? 'no reason given');
      error.name = first.ErrorCode ?? 'Unknown';
      return Promise.reject(Object.assign(error, { $metadata: { httpStatusCode: 400 } }));
    });
  });
}
