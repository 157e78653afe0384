import { cloudTrailOperations } from './cloudtrail.js';
import { eventsOperations } from './events/operations.js';
import { iamOperations } from './iam/operations.js';
import type { Operations } from './operation.js';
import { messageOperations } from './sqs/messages.js';
import { queueOperations } from './sqs/queues.js';
import { stsOperations } from './sts.js';

export interface Service {
  readonly operations: Operations;
  readonly protocol: 'json' | 'query';
  /** Of the JSON protocols: what stands before the operation in X-Amz-Target, and the content type. */
  readonly target?: string;
  readonly contentType: string;
  /** Of the query protocol. */
  readonly version?: string;
  readonly namespace?: string;
  /** The one Region in whose scope calls are signed, by partition; undefined for a regional service. */
  readonly homeRegion?: Readonly<Record<string, string>>;
  /** Not in the lists that deny: anybody may call it. */
  readonly isFree?: boolean;
}

/** By the name in the credential scope. */
export const SERVICES: Readonly<Record<string, Service>> = {
  events: {
    operations: eventsOperations,
    protocol: 'json',
    target: 'AWSEvents',
    contentType: 'application/x-amz-json-1.1',
  },
  cloudtrail: {
    operations: cloudTrailOperations,
    protocol: 'json',
    target: 'CloudTrail_20131101',
    contentType: 'application/x-amz-json-1.1',
  },
  sqs: {
    operations: { ...queueOperations, ...messageOperations },
    protocol: 'json',
    target: 'AmazonSQS',
    contentType: 'application/x-amz-json-1.0',
  },
  iam: {
    operations: iamOperations,
    protocol: 'query',
    contentType: 'application/x-www-form-urlencoded',
    version: '2010-05-08',
    namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    homeRegion: { aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1' },
  },
  sts: {
    operations: stsOperations,
    protocol: 'query',
    contentType: 'application/x-www-form-urlencoded',
    version: '2011-06-15',
    namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    isFree: true,
  },
};
