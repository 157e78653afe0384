import type { CaseKey } from '../case-key.js';

/** The services of which CloudTrail's records are kept: those of AWS Support, with what has been retired. */
export const SUPPORT_SOURCE = 'support.amazonaws.com';
export const CALL_SOURCES: ReadonlySet<string> = new Set([
  SUPPORT_SOURCE,
  'supportplans.amazonaws.com',
  'supportapp.amazonaws.com',
  'supportrecommendations.amazonaws.com',
  'support-subscription.amazonaws.com',
]);

/** Who made a call, as `userIdentity` of its record tells (CloudTrail user guide, userIdentity element). */
export interface Principal {
  /** `sso`: a person of IAM Identity Center, whose session has their name. `role`: any other session of a role. */
  readonly kind: 'iam-user' | 'role' | 'sso' | 'root' | 'federated' | 'service' | 'unknown';
  /** Of a user their name, of a session its name, of a service what people call it; '' where nobody is named. */
  readonly name: string;
  /** Of a session its role, of `sso` the permission set; else ''. */
  readonly role: string;
  readonly arn: string;
  /** Of the principal; another than the call's where a role of another account was used. '' where not told. */
  readonly account: string;
}

/** How a call was made. `service`: by an AWS service in the name of the principal. */
export type CallWay = 'console' | 'cli' | 'sdk' | 'service' | 'support-app' | 'unknown';

/** One API call, as a record of CloudTrail tells of it: never what people wrote. Times are milliseconds since 1970. */
export interface ApiCall {
  /** The same for copies of one record. */
  readonly id: string;
  /** AWS's id of the request, which whoever made the call was told as well; '' where not told. */
  readonly requestId: string;
  /** `support.amazonaws.com` and the like. */
  readonly source: string;
  /** `CreateCase` and the like. */
  readonly name: string;
  /** When it was made, whole seconds at AWS. */
  readonly at: number;
  readonly receivedAt: number;
  /** In whose account; 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Null where the record does not say. */
  readonly readOnly: boolean | null;
  /** Why it failed, `AccessDenied` and the like; null when it did not. */
  readonly error: string | null;
  readonly principal: Principal;
  /** Whether the session was opened with a second factor; null where the record does not say. */
  readonly mfa: boolean | null;
  readonly way: CallWay;
  /** An IP address, or the name of the AWS service that called; '' where not told. */
  readonly address: string;
  readonly caseId: string;
  readonly displayId: string;
  /** What was asked for and what came of it, by the last word of its name: `severityCode`, `supportLevel`, … */
  readonly told: Readonly<Record<string, string>>;
  /** Made by the bot, in a session of one of its roles. Of calls with credentials of its own the outbox alone knows. */
  readonly isOwn: boolean;
}

/** What the bot calls its sessions in the accounts' roles. */
export const OWN_SESSION = 'casethread';

/** The ARN of the bot's sessions in a role: anybody may call a session of another role the same. */
export function ownSessionIn(roleArn: string): string {
  const [, partition = '', account = ''] = /^arn:([^:]*):iam::(\d*):role\//.exec(roleArn) ?? [];
  return `arn:${partition}:sts::${account}:assumed-role/${roleArn.split('/').at(-1)}/${OWN_SESSION}`;
}

/** Whether the bot made it, as far as its record tells, or the outbox did. */
export function isOwnCall({ isOwn }: ApiCall): boolean {
  return isOwn;
}

const OWN_LOOKS: ReadonlySet<string> = new Set([
  ...['DescribeCases', 'DescribeCommunications', 'DescribeAttachment', 'GetAttachmentDownloadLink'],
  ...['DescribeServices', 'DescribeSeverityLevels', 'DescribeSupportedLanguages'],
  ...['DescribeCreateCaseOptions', 'DescribeAttachmentUploadStatus'],
]);

/**
 * Whether the bot looked at cases: with a rule for calls that read, each look of it comes back, many a day. What the bot
 * never asks for is none: that was somebody else, in its role.
 */
export function isOwnLook(call: ApiCall): boolean {
  return isOwnCall(call) && call.source === SUPPORT_SOURCE && OWN_LOOKS.has(call.name);
}

const OWN_DEEDS: ReadonlySet<string> = new Set([
  ...['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'AddAttachmentsToSet'],
  ...['GetAttachmentUploadLinks', 'CompleteAttachmentUpload'],
]);

/** Whether it is one of those that the bot makes for people, in a role of its own. */
export function isOwnDeed(call: ApiCall): boolean {
  return isOwnCall(call) && call.source === SUPPORT_SOURCE && OWN_DEEDS.has(call.name);
}

const CASE_DEEDS: ReadonlySet<string> = new Set(['CreateCase', 'AddCommunicationToCase', 'ResolveCase']);

/**
 * The case whose entries a call may explain; null for all other calls. Not for calls that only read: the bot's own
 * reading would mark the case to be read again, for ever.
 */
export function caseOfCall({ source, name, error, account, caseId }: ApiCall): CaseKey | null {
  if (source !== SUPPORT_SOURCE || error !== null || caseId === '' || !CASE_DEEDS.has(name)) return null;
  return { account, caseId };
}

/** Of a case so many at least are looked at, the newest: an entry that they could explain is seldom far behind its call. */
export const CALLS_OF_CASE = 500;

const NEWS_MS = 86_400_000;

/** Whether a case has to be looked at for it, unless it is of long ago. What the bot did itself, the outbox tells. */
export function namesSomebody(call: ApiCall): boolean {
  return caseOfCall(call) !== null && !isOwnCall(call);
}

/** Old records, of a replay, must not open threads of cases that nobody follows. */
export function isNewsOfCase({ at, receivedAt }: ApiCall): boolean {
  return receivedAt - at < NEWS_MS;
}
