/** Records of CloudTrail as AWS writes them, and as EventBridge wraps them. */
import { randomUUID } from 'node:crypto';
import { deliver } from '../../src/sandbox/aws/deliver.js';
import { ACCOUNT, EVENT_KEY } from './world.js';

export type Json = Record<string, unknown>;

const CONSOLE = { userAgent: 'console.amazonaws.com', sessionCredentialFromConsole: 'true' };

/** A session of a role, in the console. */
export function session(name: string, role = 'AdminRole', account = ACCOUNT): Json {
  return {
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROAEXAMPLE:${name}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
      accountId: account,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${account}:role/${role}`, userName: role },
        attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-01T00:00:00Z' },
      },
    },
    ...CONSOLE,
  };
}

/** An IAM user, by the AWS CLI. */
export function user(userName: string): Json {
  const arn = `arn:aws:iam::${ACCOUNT}:user/${userName}`;
  return {
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', arn, accountId: ACCOUNT, userName },
    userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64 prompt/off',
  };
}

export const ROOT: Json = {
  userIdentity: {
    type: 'Root',
    principalId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:root`,
    accountId: ACCOUNT,
    sessionContext: { attributes: { mfaAuthenticated: 'false' } },
  },
  ...CONSOLE,
};

/** A call of AWS Support, by Jane Doe in the console unless told otherwise. */
export function record(eventName: string, caseId: string, at: number, change: Json = {}): Json {
  const isNew = eventName === 'CreateCase';
  return {
    eventVersion: '1.08',
    ...session('JaneDoe'),
    eventTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    eventSource: 'support.amazonaws.com',
    eventName,
    awsRegion: 'us-east-1',
    sourceIPAddress: '198.51.100.15',
    requestParameters: isNew ? { severityCode: 'low', language: 'en' } : { caseId },
    responseElements: isNew ? { caseId } : { result: true },
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...change,
  };
}

export function wrapped(detail: Json, change: Json = {}): Json {
  const source = String(detail.eventSource).replace(/^(.*)\.amazonaws\.com$/, 'aws.$1');
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source,
    account: detail.recipientAccountId ?? ACCOUNT,
    time: detail.eventTime,
    region: detail.awsRegion,
    resources: [],
    detail,
    ...change,
  };
}

/** What the bot answers to a delivery. */
export async function send(botUrl: string, body: unknown): Promise<{ status: number; body: Json }> {
  const { status, body: text } = await deliver(`${botUrl}/aws/events`, EVENT_KEY, body);
  return { status, body: JSON.parse(text) as Json };
}
