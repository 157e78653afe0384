import type { Case } from '../../../src/case/case.js';
import type { Communication } from '../../../src/case/communication.js';
import type { Deed } from '../../../src/case/deed.js';
import type { EventName, Fact } from '../../../src/case/fact.js';
import type { LedgerEntry } from '../../../src/case/ledger-entry.js';
import type { Reading } from '../../../src/case/reading.js';

/** Any moment, on a whole second. */
export const T = Date.UTC(2026, 2, 1, 12);
export const KEY = { account: '111122223333', caseId: 'case-111122223333-muen-2026-0001' };

export const CASE: Case = {
  key: KEY,
  displayId: '1234567890',
  subject: 'EC2 does not start',
  status: 'opened',
  severity: 'low',
  service: 'ec2',
  category: 'instances',
  openedBy: 'jane@example.com',
  openedAt: T,
};

export function reading({
  communications = [],
  complete = true,
  ...details
}: Partial<Case> & { communications?: readonly Partial<Communication>[]; complete?: boolean } = {}): Reading {
  return {
    case: { ...CASE, ...details },
    communications: communications.map((each) => ({
      body: 'text',
      submittedBy: 'jane@example.com',
      at: T,
      attachments: [],
      ...each,
    })),
    complete,
  };
}

/** `at` and `receivedAt` in seconds after T. */
export function fact(
  event: EventName,
  at: number,
  more: { origin?: string; receivedAt?: number } = {},
): Fact {
  return {
    key: KEY,
    displayId: '1234567890',
    event,
    communicationId: event === 'AddCommunicationToCase' ? `ekko:${at}` : '',
    origin: more.origin ?? '',
    at: T + at * 1_000,
    receivedAt: T + (more.receivedAt ?? at) * 1_000,
  };
}

/** `at` in seconds after T. */
export function deed(kind: Deed['kind'], at: number, more: Partial<Omit<Deed, 'at'>> = {}): Deed {
  return {
    kind,
    reference: 'aaaaaaaaaa',
    state: 'done',
    person: 'Alice',
    text: kind === 'reply' ? 'words' : '',
    reopens: false,
    ...more,
    at: T + at * 1_000,
  };
}

/** An entry of one message that is in the thread; `at` in seconds after T. */
export function posted(entry: string, at: number): LedgerEntry {
  return { entry, part: 0, parts: 1, at: T + at * 1_000, intendedAt: T + at * 1_000, ts: `${at}.000000` };
}
