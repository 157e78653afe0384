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
  /** The rule for calls that CloudTrail has recorded, and its target. */
  readonly calls: string;
  /** The rule in {@link PLANS_REGION} that forwards calls of AWS Support Plans, and its target. */
  readonly plans: string;
  /** The IAM role by which it does. */
  readonly forwardRole: string;
  /** Its inline policy. */
  readonly forwardPolicy: string;
}

export const DEFAULT_NAME = 'casethread';
export const DEFAULT_REGION = 'us-east-1';

/** @param base lets several bots have their own way in one account; 1 to 40 of letters, digits, `-` and `_`. */
export function eventPathNames(base: string = DEFAULT_NAME, region: string = DEFAULT_REGION): EventPathNames {
  // Ways of two Regions share the account's roles, and the one Region in which plans are.
  const inRegion = (name: string) => (region === DEFAULT_REGION ? name : `${name}-${region}`);
  return {
    base,
    queue: `${base}-undelivered`,
    role: inRegion(`${base}-events`),
    policy: 'invoke',
    calls: `${base}-calls`,
    plans: inRegion(`${base}-plans`),
    forwardRole: inRegion(`${base}-forward`),
    forwardPolicy: 'forward',
  };
}

/** On everything that is created, so that it can be found and told from what others made. */
export const TAG = { key: 'casethread', value: 'event-path' } as const;

/**
 * On the rule for cases, where somebody has said whether calls are to come: that none are can be seen by nothing else,
 * and a way that knew no calls yet looks the same.
 */
export const CALLS_TAG = { key: 'casethread:calls', none: 'none', some: 'wanted' } as const;

/** Source and detail-type of the harmless event by which the way is tried out. */
export const TEST_SOURCE = 'casethread.test';
export const TEST_DETAIL_TYPE = 'Casethread Test';

/** Which events the rule takes. Sources and detail-types do not mix: ours carries nothing that AWS's could be taken for. */
export const EVENT_PATTERN = {
  source: ['aws.support', TEST_SOURCE],
  'detail-type': ['Support Case Update', TEST_DETAIL_TYPE],
} as const;

/** Which calls recorded by CloudTrail are to come: none, those that change something, or also those that read. */
export const CALLS_WANTED = ['none', 'changes', 'all'] as const;
export type CallsWanted = (typeof CALLS_WANTED)[number];
export const DEFAULT_CALLS: CallsWanted = 'changes';
/** Some come. */
export type CallsTaken = Exclude<CallsWanted, 'none'>;

/** Where CloudTrail's events of AWS Support come (facts: aws-support.md, 3.2). */
export const CALLS_REGION = 'us-east-1';
/** Where those of AWS Support Plans come, and nowhere else. */
export const PLANS_REGION = 'us-west-2';

const PLANS_SOURCE = 'aws.supportplans';
export const CALLS_SOURCES = [
  'aws.support',
  PLANS_SOURCE,
  'aws.supportapp',
  'aws.supportrecommendations',
] as const;
export const CALLS_DETAIL_TYPE = 'AWS API Call via CloudTrail';

/** Of a rule. Calls that only read come to no other rule than to one of the second kind (facts: aws-support.md, 3.2). */
export const RULE_STATES = {
  changes: 'ENABLED',
  all: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
} as const satisfies Readonly<Record<CallsTaken, string>>;

/**
 * What the bot, and the Support Center of the console, read all the time to show cases and the form for new ones: each
 * sweep would cost deliveries that tell nobody anything. All of it is about cases; reads of plans, of Trusted Advisor
 * and of the rest come, and so do these where root makes them, or where they fail. GetAttachmentUploadLinks is said
 * nowhere to be a read: it begins an upload, whose end comes.
 */
export const READ_ALL_THE_TIME = [
  'DescribeAttachment',
  'DescribeAttachmentUploadStatus',
  'DescribeCases',
  'DescribeCommunication',
  'DescribeCommunications',
  'DescribeCreateCaseOptions',
  'DescribeServices',
  'DescribeSeverityLevels',
  'DescribeSupportedLanguages',
  'GetAttachmentDownloadLink',
  'GetAttachmentUploadLinks',
] as const;

/** An event pattern, as EventBridge takes it. */
export interface CallsPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail?: { readonly $or: readonly Readonly<Record<string, unknown>>[] };
}

/** One of these is enough (EventBridge: `$or`, on fields side by side). */
const TOLD_OF_READS = [
  { eventName: [{ 'anything-but': READ_ALL_THE_TIME }] },
  { userIdentity: { type: ['Root'] } },
  { errorCode: [{ exists: true }] },
] as const;

/** Which events the rule for calls takes. With `changes`, reads are kept away by its state. */
export function callsPattern(calls: CallsTaken): CallsPattern {
  const pattern = { source: CALLS_SOURCES, 'detail-type': [CALLS_DETAIL_TYPE] };
  return calls === 'changes' ? pattern : { ...pattern, detail: { $or: TOLD_OF_READS } };
}

/** Which events are forwarded from {@link PLANS_REGION}; the bot itself reads nothing there. */
export function plansPattern(): CallsPattern {
  return { source: [PLANS_SOURCE], 'detail-type': [CALLS_DETAIL_TYPE] };
}

/** The longest and the most that EventBridge tries (facts: aws-support.md, section 4). */
export const RETRY_POLICY = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 } as const;
/** Of undelivered events: 14 days, the longest that SQS keeps a message. */
export const RETENTION_SECONDS = 1_209_600;
export const KEY_HEADER = 'X-Api-Key';
export const EVENTS_PATH = '/aws/events';
