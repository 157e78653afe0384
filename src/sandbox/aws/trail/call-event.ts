import { randomUUID } from 'node:crypto';
import { eventTime } from '../wire-time.js';
import type { Who } from './who.js';

const DETAIL_TYPE = 'AWS API Call via CloudTrail';

/** A record of CloudTrail, by the names of its fields (CloudTrail user guide, record contents). */
export type CallRecord = Readonly<Record<string, unknown>> & {
  readonly eventSource: string;
  readonly eventName: string;
  readonly eventTime: string;
};

/** "AWS API Call via CloudTrail": a record as EventBridge wraps it. */
export interface CallEvent {
  version: '0';
  id: string;
  'detail-type': typeof DETAIL_TYPE;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: CallRecord;
}

/** A call that changes something; calls that only read reach no ordinary rule. */
export interface CallMade {
  /** `support.amazonaws.com` */
  readonly source: string;
  /** `ResolveCase` */
  readonly name: string;
  readonly account: string;
  /** `us-east-1` unless given. */
  readonly region?: string;
  readonly at: number;
  readonly who: Who;
  readonly asked: Readonly<Record<string, unknown>> | null;
  /** Null where it failed, or answers nothing. */
  readonly answered: Readonly<Record<string, unknown>> | null;
  readonly failed?: { readonly name: string; readonly message: string } | undefined;
  readonly requestId?: string;
}

export function callEvent(call: CallMade): CallEvent {
  const { source, name, account, region = 'us-east-1', at, who, failed } = call;
  const time = eventTime(at);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DETAIL_TYPE,
    source: source.replace(/^(.*)\.amazonaws\.com$/, 'aws.$1'),
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.08',
      userIdentity: who.userIdentity,
      eventTime: time,
      eventSource: source,
      eventName: name,
      awsRegion: region,
      sourceIPAddress: who.address,
      userAgent: who.userAgent,
      ...(failed && { errorCode: errorCode(failed.name), errorMessage: failed.message }),
      requestParameters: call.asked,
      responseElements: failed === undefined ? call.answered : null,
      requestID: call.requestId ?? randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      ...(who.fromConsole && { sessionCredentialFromConsole: 'true' }),
    },
  };
}

export function isCallEvent(event: unknown): event is CallEvent {
  const isObject = typeof event === 'object' && event !== null;
  return isObject && 'detail-type' in event && event['detail-type'] === DETAIL_TYPE;
}

/** A refusal for want of permission has a name of its own in the records of all services. */
function errorCode(name: string): string {
  return name === 'AccessDeniedException' ? 'AccessDenied' : name;
}
