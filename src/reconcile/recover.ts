import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { CLOCKS_DIFFER_MS, type Doubt } from '../case/doubt.js';
import { CARD, DELETED_TS, readLastPosted } from '../case/ledger-entry.js';
import type { Reading } from '../case/reading.js';
import type { Routing } from '../case/routing.js';
import type { FoundEntry, Slack } from '../slack/slack.js';
import type { CaseFile, CaseRecord, Store } from '../store/store.js';
import { readCallersOn } from './callers-on-card.js';
import type { ChannelCards } from './channel-cards.js';
import { findThread } from './find-thread.js';
import { threadChannel } from './thread-channel.js';

export interface RecoverDeps {
  readonly store: Pick<Store, 'intend' | 'confirm' | 'saveCase' | 'setOwner'>;
  readonly slack: Pick<Slack, 'findEntries' | 'personName'>;
  readonly channelCards: Pick<ChannelCards, 'find'>;
  readonly routing: () => Routing;
  readonly now: () => number;
}

/** AWS keeps cases for 24 months. */
const OLDEST_CASE_MS = 732 * 86_400_000;

/**
 * Finds in Slack, by the tags on our messages, what a lost store knew of a case's thread, and writes it down as if it had
 * just been posted. Posts nothing and changes nothing in Slack; to be killed in the middle does no harm.
 *
 * @param openedAt when the case was opened; null where nobody says.
 */
export async function recover(
  deps: RecoverDeps,
  key: CaseKey,
  file: CaseFile,
  doubt: Doubt,
  {
    reading,
    openedAt,
    displayId,
  }: { readonly reading: Reading | null; readonly openedAt: number | null; readonly displayId: string },
): Promise<void> {
  const { store, slack, routing, now } = deps;
  const { record, facts, ledger, people } = file;
  const searchedAt = now();
  let channel = threadChannel(routing(), key, file, reading);
  const told = facts.find(({ event }) => event === 'CreateCase')?.at;
  const opened = openedAt ?? told ?? searchedAt - OLDEST_CASE_MS;
  const lostFrom = Math.max(0, doubt.from - CLOCKS_DIFFER_MS);

  let { threadTs, formerTs } = record ?? { threadTs: null, formerTs: null };
  const found: FoundEntry[] = [];
  const cards: FoundEntry[] = [];
  // A thread that is known may have been read only in part; what is in the one before it belongs to the case as well.
  if (threadTs === null || formerTs !== null) {
    const since = Math.max(opened - CLOCKS_DIFFER_MS, lostFrom);
    const isKnown = threadTs !== null || formerTs !== null;
    const there = await findThread(deps, key, {
      channel,
      elsewhere: !isKnown,
      details: reading?.case ?? null,
      since,
      lostUntil: doubt.until,
    });
    channel = there.channel;
    found.push(...there.remains);
    // A look from before the card was deleted may still show it.
    if (there.card !== null && there.card.ts !== formerTs) {
      threadTs ??= there.card.ts;
      cards.push(there.card);
    }
    formerTs ??= there.formerTs;
  }
  if (threadTs !== null) {
    const oldest = Math.max(Number(threadTs), lostFrom / 1000).toFixed(6);
    // Whatever carries our tag there belongs to this case, also from when it went by another case id.
    const entries = await slack.findEntries({ channel, threadTs }, oldest);
    cards.push(...entries.filter(({ ts }) => ts === threadTs));
    const at = Math.floor(Number(threadTs) * 1000);
    found.push({ ts: threadTs, tag: { case: caseKeyText(key), entry: CARD, part: 0, parts: 1, at } });
    found.push(...entries.filter(({ tag }) => tag.entry !== CARD));
  }

  const { shown: _, ...known } = record ?? { shown: null };
  const kept: Omit<CaseRecord, 'shown'> = {
    displayId,
    card: cardKnownBy(cards, key, displayId),
    digest: null,
    resolved: false,
    activityAt: opened,
    walkedAt: null,
    recoveredAt: null,
    ...known,
    key,
    channel,
    threadTs,
    formerTs,
  };
  // First where the thread is: an entry that is known, of a thread that is not, would be continued in the channel.
  if (threadTs !== null || formerTs !== null) await store.saveCase(kept);
  const confirmed = new Set(ledger.filter(({ ts }) => ts !== null).map((row) => `${row.part} ${row.entry}`));
  found.push(...deletedAmong([...found, ...cards]));
  const fresh = found.filter(({ tag }) => !confirmed.has(`${tag.part} ${tag.entry}`));
  await Promise.all(
    fresh.map(({ ts, tag: { entry, part, parts, at } }) =>
      store.intend(key, { entry, part, parts, at, intendedAt: Math.floor(Number(ts) * 1000) }),
    ),
  );
  await Promise.all(fresh.map(({ ts, tag }) => store.confirm(key, tag.entry, tag.part, ts)));
  const owner = cards.find(({ tag }) => tag.owner !== undefined)?.tag.owner;
  if (owner !== undefined && people.owner === null)
    await store.setOwner(key, { user: owner, name: (await slack.personName(owner)) ?? owner });
  await store.saveCase({ ...kept, recoveredAt: searchedAt });
}

/**
 * Of a card nothing is known but who is mentioned on it, which stays there, so that nobody is called a second time; and who
 * did something by CloudTrail's records, which are lost.
 */
function cardKnownBy(cards: readonly FoundEntry[], key: CaseKey, displayId: string): Card | null {
  const mention = cards.find(({ tag }) => tag.mention !== undefined)?.tag.mention?.split(' ');
  const callers = cards.find(({ tag }) => tag.callers !== undefined)?.tag.callers;
  if (mention === undefined && callers === undefined) return null;
  const known = { ...(mention && { mention }), ...(callers === undefined ? {} : readCallersOn(callers)) };
  return { key, displayId, details: null, resolved: false, turn: null, missing: null, ...known };
}

/** Messages of which others say that they were posted before them, and that are not there: somebody has deleted them. */
function deletedAmong(found: readonly FoundEntry[]): FoundEntry[] {
  const entries = new Set(found.map(({ tag }) => tag.entry));
  const messages = new Set(found.map(({ tag }) => `${tag.part} ${tag.entry}`));
  return found.flatMap(({ tag }) => {
    const before = tag.after === undefined ? null : readLastPosted(tag.after);
    if (before === null || messages.has(`${before.part} ${before.entry}`)) return [];
    const { entry, part, parts, at } = before;
    // Of a text in several messages all are gone when none is there.
    const gone = entries.has(entry) ? [part] : Array.from({ length: parts }, (_, index) => index);
    return gone.map((each) => ({ ts: DELETED_TS, tag: { case: tag.case, entry, part: each, parts, at } }));
  });
}
