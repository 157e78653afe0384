import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { CLOCKS_DIFFER_MS } from '../case/doubt.js';
import { CARD, isOwed } from '../case/ledger-entry.js';
import type { FoundEntry, Place, Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { CaseFile, Store } from '../store/store.js';

export interface LeaveThreadDeps {
  readonly store: Pick<Store, 'retract' | 'confirm' | 'leaveThread' | 'saveCase'>;
  readonly slack: Pick<Slack, 'findEntries' | 'remove'>;
  /** Throws when another may have taken the case over. */
  readonly stillOurs: () => void;
}

/**
 * Gives up a thread whose first message somebody deleted; the next look opens a new one. What nobody is sure of is
 * settled first, because afterwards it would be looked for in the new thread: an entry under the placeholder counts as
 * posted, one that Slack has put into the channel for want of a thread is taken away, to be posted in the new one.
 */
export async function leaveThread(
  { store, slack, stillOurs }: LeaveThreadDeps,
  key: CaseKey,
  { record, ledger }: Pick<CaseFile, 'record' | 'ledger'>,
): Promise<void> {
  if (record?.channel == null || record.threadTs === null) return;
  const { channel, threadTs } = record;
  const unsure = ledger.filter((row) => row.ts === null && row.entry !== CARD && !isOwed(row));
  if (unsure.length > 0) {
    const since = Math.min(...unsure.map(({ intendedAt }) => intendedAt)) - CLOCKS_DIFFER_MS;
    const under = await entriesOrNone(slack, { channel, threadTs }, threadTs);
    const astray = await slack.findEntries({ channel, threadTs: null }, (since / 1000).toFixed(6));
    for (const { entry, part } of unsure) {
      const isIt = ({ tag }: FoundEntry) =>
        tag.case === caseKeyText(key) && tag.entry === entry && tag.part === part;
      const there = under.find(isIt);
      if (there !== undefined) {
        await store.confirm(key, entry, part, there.ts);
        continue;
      }
      for (const { ts } of astray.filter(isIt)) await slack.remove(channel, ts, stillOurs);
      await store.retract(key, entry, part);
    }
  }
  await store.leaveThread(key);
  // A store that was put back from a copy may know a thread that the case has left before: then the new one is there.
  const { shown: _, ...left } = record;
  await store.saveCase({ ...left, threadTs: null, formerTs: threadTs, recoveredAt: null });
}

async function entriesOrNone(
  slack: LeaveThreadDeps['slack'],
  place: Place,
  oldest: string,
): Promise<readonly FoundEntry[]> {
  return slack.findEntries(place, oldest).catch((error: unknown) => {
    if (error instanceof SlackError && error.kind === 'gone') return [];
    throw error;
  });
}
