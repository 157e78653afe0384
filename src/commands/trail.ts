import { type AuditEntry, NO_MESSAGE } from '../store/audit-entry.js';
import { writtenOf } from '../store/audit-step.js';
import type { Store } from '../store/store.js';
import type { CommandDeps } from './command-deps.js';
import type { FoundCase } from './find-case.js';
import type { KeptLines } from './keep-lines.js';
import { personName } from './person-name.js';
import type { Refused } from './refused.js';

/** Somebody does something, or wants to. */
export interface Doing {
  readonly user: string;
  /** What Slack calls them in the request; `''` where it does not say. Their real name is looked up. */
  readonly userName: string;
  /** `''`, as in a form, for none. */
  readonly channel: string;
  readonly threadTs: string | null;
  /** Of what the deed is, where it is known; else it is that of the thread, if there is one. Null for none. */
  readonly found?: Pick<Extract<FoundCase, { found: true }>, 'key' | 'displayId'> | null | undefined;
}

/** Writes into the audit trail what is no message in the outbox; those write their lines themselves. */
export interface Trail {
  /** The line for what somebody does, for whoever writes it together with the deed. */
  line(doing: Doing, deed: string, result?: AuditEntry['result'], why?: string | null): Promise<AuditEntry>;
  /** Something was done. Rejects where the store does not take it. */
  did(doing: Doing, deed: string): Promise<void>;
  /** The same where it is done whatever the store says: it is tried again for a while. Never rejects. */
  noted(doing: Doing, deed: string): Promise<void>;
  /** Somebody was not allowed something. Never rejects: they hear the refusal all the same. It is tried again as well. */
  refused(refusal: Refused): Promise<void>;
}

export interface TrailDeps {
  readonly store: Pick<Store, 'appendAudit' | 'caseByThread'>;
  readonly slack: CommandDeps['slack'];
  readonly lines: Pick<KeptLines, 'keep'>;
}

export function createTrail({ store, slack, lines }: TrailDeps): Trail {
  const ofThread = async ({ channel, threadTs }: Doing) => {
    if (threadTs === null) return null;
    return store.caseByThread(channel, threadTs).catch(() => null);
  };
  const line: Trail['line'] = async (doing, deed, result = 'done', why = null) => {
    const { user, channel, threadTs, found } = doing;
    const about = found === undefined ? await ofThread(doing) : found;
    return {
      user,
      name: await personName({ slack }, doing),
      channel: channel || null,
      threadTs,
      key: about?.key ?? null,
      displayId: about?.displayId || null,
      deed,
      result,
      why,
      ...NO_MESSAGE,
    };
  };
  return {
    line,
    async did(doing, deed) {
      await store.appendAudit([await line(doing, deed)]);
    },
    async noted(doing, deed) {
      await lines.keep(await line(doing, deed));
    },
    async refused({ user, userName, channel, threadTs, key, displayId, right, deed, why, text }) {
      // What is for administrators is about the case in whose thread it is asked for, if any.
      const found =
        key !== null ? { key, displayId: displayId ?? '' } : right === 'administer' ? undefined : null;
      const where = { user, userName, channel: channel ?? '', threadTs, found };
      await lines.keep({ ...(await line(where, deed, 'refused', why)), ...writtenOf(text ?? '') });
    },
  };
}
