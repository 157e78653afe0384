import type { ApiCall } from '../../../src/case/calls/api-call.js';
import type { Card } from '../../../src/case/card.js';
import type { CaseKey } from '../../../src/case/case-key.js';
import type { Fact } from '../../../src/case/fact.js';
import type { LedgerEntry } from '../../../src/case/ledger-entry.js';
import type { OutboxMessage } from '../../../src/store/outbox-message.js';
import type { CaseRecord } from '../../../src/store/store.js';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

export function key(caseId = 'case-111122223333-muen-2022-1', account = ACCOUNT): CaseKey {
  return { account, caseId };
}

export function fact(change: Partial<Fact> = {}): Fact {
  return {
    key: key(),
    displayId: '1234563851',
    event: 'AddCommunicationToCase',
    communicationId: 'ekko:us-east-1:1',
    origin: 'AWS',
    at: 1_645_458_691_000,
    receivedAt: 1_645_458_692_345,
    ...change,
  };
}

export function call(change: Partial<ApiCall> = {}): ApiCall {
  return {
    id: '5aa34bfc-ad5b-4fb1-8a55-2277c86e746a support AddCommunicationToCase',
    requestId: '11111111-2222-3333-4444-555555555555',
    source: 'support.amazonaws.com',
    name: 'AddCommunicationToCase',
    at: 1_645_458_690_000,
    receivedAt: 1_645_458_693_456,
    account: ACCOUNT,
    region: 'us-east-1',
    readOnly: false,
    error: null,
    principal: {
      kind: 'iam-user',
      name: 'janedoe',
      role: '',
      arn: 'arn:aws:iam::111122223333:user/janedoe',
      account: ACCOUNT,
    },
    mfa: false,
    way: 'console',
    address: '198.51.100.15',
    caseId: key().caseId,
    displayId: '',
    told: {},
    isOwn: false,
    ...change,
  };
}

export function card(change: Partial<Card> = {}): Card {
  return {
    key: key(),
    displayId: '1234563851',
    details: {
      subject: 'EC2 does not start',
      status: 'opened',
      severity: 'low',
      service: 'amazon-ec2',
      category: 'other',
      openedBy: 'alice@example.com',
      openedAt: 1_645_458_679_000,
    },
    resolved: false,
    turn: null,
    missing: null,
    ...change,
  };
}

export function record(change: Partial<CaseRecord> = {}): Omit<CaseRecord, 'shown'> {
  const { shown: _, ...rest } = {
    key: key(),
    displayId: '1234563851',
    channel: 'C0CASES0001',
    threadTs: '1645458700.000100',
    card: card(),
    shown: null,
    digest: 'digest-1',
    resolved: false,
    activityAt: 1_645_458_691_000,
    walkedAt: null,
    recoveredAt: null,
    formerTs: null,
    ...change,
  };
  return rest;
}

export function intent(change: Partial<LedgerEntry> = {}): Omit<LedgerEntry, 'ts'> {
  const { ts: _, ...rest } = {
    entry: 'card',
    part: 0,
    parts: 1,
    at: 1_645_458_679_000,
    intendedAt: 1_645_458_680_000,
    ts: null,
    ...change,
  };
  return rest;
}

let messages = 0;

/** Each has a reference and a request of its own. */
export function message(change: Partial<OutboxMessage> = {}): OutboxMessage {
  messages += 1;
  return {
    reference: `ref${String(messages).padStart(7, '0')}`,
    kind: 'reply',
    key: key(),
    displayId: '1234563851',
    state: 'queued',
    text: 'It is an m5.large.',
    user: 'U0ALICE0001',
    person: 'Alice Example',
    channel: 'C0CASES0001',
    responseUrl: 'https://hooks.slack.example/1',
    request: `request-${messages}`,
    mayReopen: false,
    wasResolved: false,
    attempts: 0,
    looks: 0,
    createdAt: 1_645_458_800_000 + messages,
    attemptedAt: null,
    reason: null,
    told: false,
    ...change,
  };
}

/** For comparing what has no order. */
export function sorted<T>(items: readonly T[]): T[] {
  const text = (item: T) => JSON.stringify(item);
  return [...items].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}
