/** The policies of the way of the events: least privilege, as IAM and SQS take them. */

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
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Only this rule may put into the queue. */
export function queuePolicy(queueArn: string, ruleArn: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CasethreadUndelivered',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      },
    ],
  };
}

/** Only EventBridge may take the role, and only for this rule. */
export function invokeTrust(ruleArn: string, account: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { ArnLike: { 'aws:SourceArn': ruleArn }, StringEquals: { 'aws:SourceAccount': account } },
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

/** The statement's own name in the policy of the default bus, as in scripts/cloudformation. */
export function busStatementId(base: string): string {
  return `${base}-organization`;
}

/**
 * The accounts of an organization may put AWS Support's events, and no others, on the default bus. Nobody but AWS can
 * send events of `aws.support`, so nothing can be forged this way. The two conditions are written as AWS's guide has
 * them (EventBridge: example policy "Send events to a custom bus in a different account").
 */
export function busStatement(at: {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly base: string;
  /** `o-…` */
  readonly organization: string;
}) {
  return {
    Sid: busStatementId(at.base),
    Effect: 'Allow',
    Principal: '*',
    Action: 'events:PutEvents',
    Resource: `arn:${at.partition}:events:${at.region}:${at.account}:event-bus/default`,
    Condition: {
      'ForAllValues:StringEquals': { 'events:source': 'aws.support' },
      StringEquals: { 'aws:PrincipalOrgID': at.organization, 'events:detail-type': 'Support Case Update' },
    },
  } as const;
}
