import type { CaseKey } from './case-key.js';

/** A support case as DescribeCases gives it (CaseDetails; times in milliseconds since 1970). */
export interface Case {
  readonly key: CaseKey;
  /** The number that people know the case by. */
  readonly displayId: string;
  readonly subject: string;
  /** `unassigned`, `opened`, `work-in-progress`, `pending-customer-action`, … Unknown words are kept as they are. */
  readonly status: string;
  /** `low`, `normal`, `high`, `urgent`, `critical`. */
  readonly severity: string;
  readonly service: string;
  readonly category: string;
  /** E-mail address of who opened it, or what AWS says instead. */
  readonly openedBy: string;
  readonly openedAt: number;
}

export function isResolved(status: string): boolean {
  return status === 'resolved';
}
