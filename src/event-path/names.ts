/** What the way of the events is called in AWS. The templates in scripts/ use the same names. */
export interface EventPathNames {
  /** Of the EventBridge connection, API destination, rule and target alike. */
  readonly base: string;
  /** The SQS queue for what could not be delivered. */
  readonly queue: string;
  /** The IAM role that lets the rule use the API destination. Roles are of no Region: its name tells them apart. */
  readonly role: string;
  /** Its inline policy. */
  readonly policy: string;
}

export const DEFAULT_NAME = 'casethread';
export const DEFAULT_REGION = 'us-east-1';

/** @param base lets several bots have their own way in one account; 1 to 40 of letters, digits, `-` and `_`. */
export function eventPathNames(base: string = DEFAULT_NAME, region: string = DEFAULT_REGION): EventPathNames {
  const role = region === DEFAULT_REGION ? `${base}-events` : `${base}-events-${region}`;
  return { base, queue: `${base}-undelivered`, role, policy: 'invoke' };
}

/** On everything that is created, so that it can be found and told from what others made. */
export const TAG = { key: 'casethread', value: 'event-path' } as const;

/** Source and detail-type of the harmless event by which the way is tried out. */
export const TEST_SOURCE = 'casethread.test';
export const TEST_DETAIL_TYPE = 'Casethread Test';

/** Which events the rule takes. Sources and detail-types do not mix: ours carries nothing that AWS's could be taken for. */
export const EVENT_PATTERN = {
  source: ['aws.support', TEST_SOURCE],
  'detail-type': ['Support Case Update', TEST_DETAIL_TYPE],
} as const;

/** The longest and the most that EventBridge tries (facts: aws-support.md, section 4). */
export const RETRY_POLICY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } as const;
/** Of undelivered events: 14 days, the longest that SQS keeps a message. */
export const RETENTION_SECONDS = 1_209_600;
export const KEY_HEADER = 'X-Api-Key';
export const EVENTS_PATH = '/aws/events';
