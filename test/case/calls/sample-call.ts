import type { ApiCall } from '../../../src/case/calls/api-call.js';

/** A call of a case that did something, at a second, by an IAM user in the console. */
export function callAt(second: number, name = 'jane', change: Partial<ApiCall> = {}): ApiCall {
  return {
    id: `${name}@${second}`,
    requestId: `${name}@${second}`,
    source: 'support.amazonaws.com',
    name: 'AddCommunicationToCase',
    at: second * 1_000,
    receivedAt: second * 1_000,
    account: '111122223333',
    region: 'us-east-1',
    readOnly: false,
    error: null,
    principal: { kind: 'iam-user', name, role: '', arn: '', account: '111122223333' },
    mfa: null,
    way: 'console',
    address: '198.51.100.15',
    caseId: 'case-1',
    displayId: '',
    told: {},
    isOwn: false,
    ...change,
  };
}

export function ownCallAt(second: number, change: Partial<ApiCall> = {}): ApiCall {
  const principal = { kind: 'role', name: 'casethread', role: 'Bot', arn: '', account: '' } as const;
  return callAt(second, 'casethread', { principal, way: 'sdk', isOwn: true, ...change });
}
