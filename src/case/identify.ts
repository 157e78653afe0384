import { createHash } from 'node:crypto';
import type { Communication } from './communication.js';

export interface Identified extends Communication {
  /** Stable across calls, pages and restarts: `c-<hash>-<rank>`. */
  readonly id: string;
}

/**
 * Gives every communication an identity, since AWS gives none: time, author and a hash of the body, plus its rank
 * among equals, so that the same short "thanks" twice in one second is two entries and not one.
 *
 * @param communications oldest first. The list must hold all equals of every communication in it: cut a partial list
 *   between seconds, never within one.
 */
export function identify(communications: readonly Communication[]): Identified[] {
  const seen = new Map<string, number>();
  return communications.map((communication) => {
    const hash = createHash('sha256')
      .update(JSON.stringify([communication.at, communication.submittedBy, communication.body]))
      .digest('base64url')
      .slice(0, 22);
    const rank = seen.get(hash) ?? 0;
    seen.set(hash, rank + 1);
    return { ...communication, id: `c-${hash}-${rank}` };
  });
}
