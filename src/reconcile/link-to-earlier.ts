import type { LedgerEntry } from '../case/ledger-entry.js';
import type { Slack } from '../slack/slack.js';

/**
 * Where people can read the thread that a case had before its first message was deleted. The link leads to a message that
 * is still there, the last one. Null when there is none, or while Slack has not told us the workspace's address.
 */
export function linkToEarlier(
  slack: Pick<Slack, 'linkTo'>,
  { channel, formerTs, threadTs }: { channel: string; formerTs: string | null; threadTs?: string | null },
  ledger: readonly LedgerEntry[],
): string | null {
  if (formerTs === null) return null;
  const end = threadTs == null ? Number.POSITIVE_INFINITY : Number(threadTs);
  const last = ledger
    .flatMap(({ ts }) => (ts !== null && Number(ts) > Number(formerTs) && Number(ts) < end ? [ts] : []))
    .sort((a, b) => Number(b) - Number(a))[0];
  const link = last === undefined ? null : slack.linkTo({ channel, ts: last });
  return link === null ? null : `${link}?thread_ts=${formerTs}&cid=${channel}`;
}
