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
