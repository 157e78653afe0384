/** The policies of the way of the events: least privilege, as IAM and SQS take them. */
import { CALLS_DETAIL_TYPE, CALLS_SOURCES, EVENT_PATTERN } from './names.js';
import { sidOf } from './same-policy.js';

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow';
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Only these rules may put into the queue. */
export function queuePolicy(queueArn: string, rules: string | readonly string[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CasethreadUndelivered',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': rules } },
      },
    ],
  };
}

/** Only EventBridge may take the role, and only for these rules. */
export function invokeTrust(rules: string | readonly string[], account: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:SourceArn': rules }, StringEquals: { 'aws:SourceAccount': account } },
      },
    ],
  };
}

/** The role may use this API destination and do nothing else. AWS puts an id of its own behind the name. */
export function invokePolicy(at: {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly destination: string;
}): PolicyDocument {
  const { partition, region, account, destination } = at;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'events:InvokeApiDestination',
        Resource: `arn:${partition}:events:${region}:${account}:api-destination/${destination}/*`,
      },
    ],
  };
}

/** The role may put events on this bus and do nothing else. */
export function forwardPolicy(busArn: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: busArn }],
  };
}

/** The statement's own name in the policy of the default bus, as in scripts/cloudformation. */
export function busStatementId(base: string): string {
  return `${base}-organization`;
}

/** Whose accounts our statement lets in, among those of the default bus; null where there is none that says it. */
export function organizationIn(statements: readonly unknown[], base: string): string | null {
  const ours = statements.find((each) => sidOf(each) === busStatementId(base));
  const { Condition } = (ours ?? {}) as { Condition?: { StringEquals?: Record<string, unknown> } };
  const ids = [Condition?.StringEquals?.['aws:PrincipalOrgID']].flat();
  return ids.length === 1 && typeof ids[0] === 'string' ? ids[0] : null;
}

/**
 * The accounts of an organization may put AWS Support's events, and no others, on the default bus; with `calls` also what
 * CloudTrail tells of calls to AWS Support. Nothing can be forged this way: EventBridge refuses PutEvents with a source
 * that begins with `aws.` from anybody but AWS itself, and a rule that forwards an event to this bus can change neither
 * its source nor its account nor its content (EventBridge takes no transformer for a bus of another account). What a
 * member account can send is what AWS has said about it. The two conditions are written as AWS's guide has them
 * (EventBridge: example policy "Send events to a custom bus in a different account"); each of several sources stands with
 * each detail-type, of which AWS sends some never.
 */
export function busStatement(at: {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly base: string;
  /** `o-…` */
  readonly organization: string;
  /** Whether calls are wanted, too. */
  readonly calls?: boolean;
}) {
  const { calls = false } = at;
  return {
    Sid: busStatementId(at.base),
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: `arn:${at.partition}:events:${at.region}:${at.account}:event-bus/default`,
    Condition: {
      'ForAllValues:StringEquals': { 'events:source': calls ? CALLS_SOURCES : EVENT_PATTERN.source[0] },
      StringEquals: {
        'aws:PrincipalOrgID': at.organization,
        'events:detail-type': calls
          ? [EVENT_PATTERN['detail-type'][0], CALLS_DETAIL_TYPE]
          : EVENT_PATTERN['detail-type'][0],
      },
    },
  } as const;
}
