import type { Case } from './case.js';
import type { Communication } from './communication.js';

/** What AWS told us about a case in one look. */
export interface Reading {
  readonly case: Case;
  /** Oldest first. */
  readonly communications: readonly Communication[];
  /** False when there are older communications that this look did not bring. */
  readonly complete: boolean;
}

/**
 * The communications of which we can be sure to hold all equals. An incomplete look may cut a second in two, so its
 * oldest second is left out.
 */
export function certain(reading: Reading): readonly Communication[] {
  if (reading.complete) return reading.communications;
  const cut = reading.communications[0]?.at ?? 0;
  return reading.communications.filter((communication) => communication.at > cut);
}
