import { createHash } from 'node:crypto';
import { type ApiCall, CALL_SOURCES, ownSessionIn } from './api-call.js';
import { principalOf } from './principal.js';
import { fieldsOf, word, yesOrNo } from './record-fields.js';
import { wayOf } from './way.js';

/** What brought a record; of one from a file nothing but when it came. */
export interface Brought {
  readonly receivedAt: number;
  /** Of the event around it: `aws.support` and the like, its account, and its time. */
  readonly source?: string;
  readonly account?: string;
  readonly at?: number;
  /** ARNs of the roles in which the bot acts by now; none unless given. */
  readonly ownRoles?: readonly string[];
}

export type ReadCall =
  | { readonly call: ApiCall }
  /** A record of a service or kind that we do not use; `unused` for the log. */
  | { readonly unused: string }
  /** How a sentence ends that says what is wrong. Names fields, never values. */
  | { readonly wrong: string };

/**
 * Reads one record of CloudTrail. No field is relied on: one that is missing, or of another type than it should be, is
 * not told. Only when, in whose account and what was called has to be known from somewhere.
 */
export function readApiCall(value: unknown, brought: Brought): ReadCall {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { wrong: 'a record must be an object' };
  const record = fieldsOf(value);
  const identity = fieldsOf(record.userIdentity);
  const told = brought.source === undefined ? null : sourceOf(brought.source);
  const source = word(record.eventSource, 100) || (told ?? '');
  // Only AWS can send events whose source begins with `aws.`; anybody in the account can send one that says what this says.
  if (told !== null && told !== source) return { unused: 'CloudTrail / of another source than its event' };
  const name = word(record.eventName, 100);
  const type = word(record.eventType, 60);
  const isCall = type === '' || type === 'AwsApiCall' || type === 'AwsConsoleAction';
  if (!CALL_SOURCES.has(source) || name === '' || !isCall)
    return { unused: `CloudTrail / ${source || 'no eventSource'}` };
  const { recipientAccountId: recipient } = record;
  // Who called may belong to another account: what was called is in that of the event.
  const account = [recipient, brought.account, identity.accountId].find(isAccount);
  if (account === undefined) return { wrong: 'recipientAccountId must have 12 digits' };
  if (brought.account !== undefined && account !== brought.account)
    return { unused: 'CloudTrail / of another account than its event' };
  const at = timeOf(record.eventTime) ?? brought.at;
  if (at === undefined) return { wrong: 'eventTime must be a time' };
  const session = fieldsOf(fieldsOf(identity.sessionContext).attributes);
  const asked = fieldsOf(record.requestParameters);
  const answered = fieldsOf(record.responseElements);
  const principal = principalOf(record.userIdentity);
  const { receivedAt, ownRoles = [] } = brought;
  return {
    call: {
      id: idOf(record, source, name),
      requestId: word(record.requestID, 100),
      source,
      name,
      at,
      receivedAt,
      account,
      region: word(record.awsRegion, 40),
      readOnly: yesOrNo(record.readOnly),
      error: errorIn(record),
      principal,
      mfa: yesOrNo(session.mfaAuthenticated) ?? yesOrNo(fieldsOf(record.additionalEventData).MFAUsed),
      way: wayOf(record),
      address: word(record.sourceIPAddress, 100),
      caseId: idIn(asked.caseId) || idIn(answered.caseId),
      displayId: idIn(asked.displayId) || idIn(answered.displayId),
      told: { ...toldIn(answered), ...toldIn(asked) },
      isOwn: principal.kind === 'role' && ownRoles.some((role) => ownSessionIn(role) === principal.arn),
    },
  };
}

/**
 * AWS's own examples use one event id for several records: what was called tells those apart. A record without an id is known
 * by when, where and by whom; not by all that it says, which may be nested without measure.
 */
function idOf(record: Readonly<Record<string, unknown>>, source: string, name: string): string {
  const { arn } = fieldsOf(record.userIdentity);
  const { caseId } = fieldsOf(record.requestParameters);
  const known = [record.requestID, record.eventTime, record.sourceIPAddress, arn, caseId].map((each) =>
    word(each, 300),
  );
  const id =
    word(record.eventID, 100) || createHash('sha256').update(JSON.stringify(known)).digest('base64url');
  return `${id} ${source.split('.')[0]} ${name}`;
}

/** Null where it did not fail: what is said of an error in whatever way is never taken for done. */
function errorIn({ errorCode, errorMessage }: Readonly<Record<string, unknown>>): string | null {
  if ([errorCode, errorMessage].every((each) => each === undefined || each === null || each === ''))
    return null;
  return typeof errorCode === 'string' && /^[A-Za-z][\w.:#-]{0,99}$/.test(errorCode) ? errorCode : 'an error';
}

/** An event says by its source who told of the call; records of the first years have it empty. */
function sourceOf(source = ''): string {
  return source.startsWith('aws.') ? `${source.slice('aws.'.length)}.amazonaws.com` : '';
}

function isAccount(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

function timeOf(value: unknown): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) || at < 0 ? undefined : at;
}

/** Ids are opaque, but never this long: of a longer one no part is anything. */
function idIn(value: unknown): string {
  return typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value) ? value : '';
}

/** Fields that tell what a call was about. None of them holds what people wrote, or a secret. */
const TOLD: ReadonlySet<string> = new Set([
  ...['severityCode', 'categoryCode', 'serviceCode', 'issueType', 'language', 'lang', 'caseId', 'displayId'],
  ...['caseStatus', 'initialCaseStatus', 'finalCaseStatus', 'includeResolvedCases', 'dryRun'],
  ...['checkId', 'checkIds', 'status'],
  ...['supportLevel', 'startLevel', 'startOffer', 'startTimestamp', 'endLevel', 'endOffer', 'endTimestamp'],
  ...['supportPlanUpdateArn', 'aispl', 'conversationId'],
  ...['teamId', 'teamName', 'accountType', 'channelId', 'channelName', 'channelRoleArn', 'accountAlias'],
  ...['notifyOnCreateOrReopenCase', 'notifyOnAddCorrespondenceToCase', 'notifyOnResolveCase'],
  'notifyOnCaseSeverity',
]);
const DEEPEST = 3;
const LONGEST = 200;
const FIELDS_READ = 200;

function toldIn(value: unknown): Record<string, string> {
  const told: Record<string, string> = {};
  let read = 0;
  const look = (fields: Readonly<Record<string, unknown>>, depth: number): void => {
    for (const [name, each] of Object.entries(fields)) {
      read += 1;
      if (read > FIELDS_READ) return;
      if (TOLD.has(name)) {
        const text = textOf(each);
        if (text !== '') told[name] ??= text;
      }
      if (depth < DEEPEST) look(fieldsOf(each), depth + 1);
    }
  };
  look(fieldsOf(value), 1);
  return told;
}

function textOf(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = value.slice(0, 20).map((each: unknown) => (Array.isArray(each) ? '' : textOf(each)));
    return word(texts.filter(Boolean).join(', '), LONGEST);
  }
  return word(value, LONGEST);
}
