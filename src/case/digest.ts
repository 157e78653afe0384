import { createHash } from 'node:crypto';
import { identify } from './identify.js';
import type { Reading } from './reading.js';

/** What a thread shows of a case changes with Casethread too: another number here, and every open case is looked at anew. */
const SHOWN = 2;

/** Everything of a case that a thread shows and that one look brings, in few characters: equal means nothing changed. */
export function digestOf({ case: aCase, communications }: Reading): string {
  const ids = identify(communications).map((communication) => communication.id);
  return createHash('sha256')
    .update(
      JSON.stringify([
        SHOWN,
        aCase.status,
        aCase.severity,
        aCase.subject,
        aCase.service,
        aCase.category,
        ids,
      ]),
    )
    .digest('base64url')
    .slice(0, 22);
}
