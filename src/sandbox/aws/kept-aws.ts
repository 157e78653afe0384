import type { KeptAccount } from './account.js';
import type { StoredCase } from './case-state.js';
import type { KeptCallEvent } from './trail/trail.js';

/**
 * Everything that outlives a restart of the stand-in, as a JSON value. `aws.keep()` gives it, `startAws({ kept })` goes
 * on from it. Attachment sets that no communication carries yet, pagination tokens, faults and the recorded calls and
 * events are not in it.
 */
export interface KeptAws {
  version: 1;
  /** The last number given to a case or communication: they order what happened within one second. */
  serial: number;
  /** In the order in which they were opened. */
  cases: KeptCase[];
  attachments: KeptAttachment[];
  accounts: KeptAccount[];
  /** Records of CloudTrail that are not out yet. */
  callEvents?: KeptCallEvent[];
}

/** All times in ms since 1970. */
export type KeptCase = Omit<StoredCase, 'resolvedAt'> & {
  /** Only of a case that is resolved: from here on it can be reopened for 14 days. */
  resolvedAt?: number | undefined;
  /** Case ids under which it is found as well. */
  formerIds: string[];
};

export interface KeptAttachment {
  attachmentId: string;
  accountId: string;
  fileName: string;
  /** Only where it differs from that of the data. */
  size?: number | undefined;
  /** base64 */
  data: string;
}
