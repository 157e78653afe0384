import { createHash } from 'node:crypto';
import { identify } from './identify.js';
import type { Reading } from './reading.js';

/** Goes up when a case has to be looked at once more although nothing of it has changed: 1 since its words are kept. */
const VERSION = 1;

/** Everything of a case that a thread shows and that one look brings, in few characters: equal means nothing changed. */
export function digestOf({ case: aCase, communications }: Reading): string {
  const ids = identify(communications).map((communication) => communication.id);
  return createHash('sha256')
    .update(
      JSON.stringify([
        VERSION,
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
