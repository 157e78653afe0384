import { randomUUID } from 'node:crypto';
import { eventTime } from './wire-time.js';

export type SupportEventName = 'CreateCase' | 'AddCommunicationToCase' | 'ResolveCase' | 'ReopenCase';

/** "Support Case Update", exactly as in the User Guide (facts 3.1 and fixtures/support-case-update). */
export interface SupportEvent {
  version: '0';
  id: string;
  'detail-type': 'Support Case Update';
  source: 'aws.support';
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: {
    'case-id': string;
    'display-id': string;
    'communication-id': string;
    'event-name': SupportEventName;
    origin: 'AWS' | 'CUSTOMER' | '';
  };
}

export interface Happening {
  name: SupportEventName;
  accountId: string;
  caseId: string;
  displayId: string;
  at: number;
  /** Only on AddCommunicationToCase; the API shows this id nowhere. */
  communication?: { id: string; from: 'aws' | 'customer' };
}

export function makeSupportEvent(happening: Happening): SupportEvent {
  const { communication } = happening;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Support Case Update',
    source: 'aws.support',
    account: happening.accountId,
    time: eventTime(happening.at),
    region: 'us-east-1',
    resources: [],
    detail: {
      'case-id': happening.caseId,
      'display-id': happening.displayId,
      'communication-id': communication?.id ?? '',
      'event-name': happening.name,
      origin: communication === undefined ? '' : communication.from === 'aws' ? 'AWS' : 'CUSTOMER',
    },
  };
}
