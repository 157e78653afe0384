import { setTimeout as pause } from 'node:timers/promises';
import type { AuditEntry } from '../store/audit-entry.js';
import type { Store } from '../store/store.js';
import { errorFields, type Log } from '../telemetry/log.js';

export interface LinePatience {
  /** Before the second try; then twice as long each time, up to `longestMs`. */
  readonly pauseMs: number;
  readonly longestMs: number;
  /** No further try begins after so long. */
  readonly forMs: number;
  /** So many lines wait at once: a flood of refusals must not fill the memory. */
  readonly most: number;
}

/** Longer than a failover of Redis, or somebody who makes room on a disk, takes. */
export const LINE_PATIENCE: LinePatience = { pauseMs: 500, longestMs: 15_000, forMs: 900_000, most: 1_000 };

export interface KeptLines {
  /**
   * Writes a line of the audit trail that goes with nothing else in the store, and tries it again for a while where the store
   * does not take it. Never rejects; the log names what was given up. Where the answer of the store was lost, the line
   * may be there twice: better than not at all.
   */
  keep(entry: AuditEntry): Promise<void>;
  /** What waits is tried once more, and no longer. */
  stop(): Promise<void>;
}

export function keepLines(
  { store, log }: { readonly store: Pick<Store, 'appendAudit'>; readonly log: Log },
  { pauseMs, longestMs, forMs, most }: LinePatience = LINE_PATIENCE,
): KeptLines {
  const stopping = new AbortController();
  const waiting = new Set<Promise<void>>();

  const write = async (entry: AuditEntry, isRoom: boolean): Promise<void> => {
    const endsAt = performance.now() + forMs;
    for (let wait = pauseMs; ; wait = Math.min(2 * wait, longestMs)) {
      const wasStopping = stopping.signal.aborted;
      try {
        return await store.appendAudit([entry]);
      } catch (error) {
        const isLast = wasStopping || !isRoom || performance.now() + wait > endsAt;
        if (isLast) {
          const { user, deed, result, why } = entry;
          log.error('a line is missing in the audit trail', {
            user,
            deed,
            result,
            why,
            ...errorFields(error),
          });
          return;
        }
      }
      await pause(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };

  return {
    async keep(entry) {
      const written = write(entry, waiting.size < most);
      waiting.add(written);
      await written;
      waiting.delete(written);
    },
    async stop() {
      stopping.abort();
      await Promise.all(waiting);
    },
  };
}
