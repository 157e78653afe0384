import type { CaseKey } from './case-key.js';

/** The four names that "Support Case Update" events have (user guide, event detail; the list is complete). */
export const EVENT_NAMES = ['CreateCase', 'AddCommunicationToCase', 'ResolveCase', 'ReopenCase'] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** Something an event told us. It says that a case changed; only AddCommunicationToCase says who (`origin`). */
export interface Fact {
  readonly key: CaseKey;
  readonly displayId: string;
  readonly event: EventName;
  /** Only on AddCommunicationToCase, and not known to the Support API; `''` elsewhere. */
  readonly communicationId: string;
  /** `AWS` or `CUSTOMER`, only on AddCommunicationToCase; `''` elsewhere. */
  readonly origin: string;
  /** The event's own time, milliseconds since 1970, whole seconds. */
  readonly at: number;
  /** When it reached us. */
  readonly receivedAt: number;
}

/**
 * What makes two events of one case the same: EventBridge may deliver an event again, also under another event id
 * (another Region, a replay), so its `id` does not count.
 */
export function factId(fact: Pick<Fact, 'event' | 'communicationId' | 'at'>): string {
  return `${fact.event}:${fact.communicationId === '' ? fact.at : fact.communicationId}`;
}
