import { type Card, sameCard, waitingOf, withOwner } from '../case/card.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { firstResponseChangesAt, firstResponseWords } from '../case/first-response.js';
import { CARD, lastPosted } from '../case/ledger-entry.js';
import type { Run } from '../inbox/inbox.js';
import { done, doneFor, type Outcome } from '../inbox/outcome.js';
import { renderCard } from '../slack/render-card.js';
import type { Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { Store } from '../store/store.js';
import { linkToEarlier } from './link-to-earlier.js';
import { outcomeOfError } from './outcome-of-error.js';
import { carriedBy } from './thread-writer.js';

export interface RefreshCardDeps {
  readonly store: Pick<Store, 'under' | 'canonical' | 'caseFile' | 'saveShown'>;
  readonly slack: Pick<Slack, 'update' | 'linkTo'>;
  readonly markCase: (key: string) => Promise<void>;
  readonly accountName: (account: string) => string;
  /** However much happens on a case, its card is shown anew so often at most. */
  readonly cardEveryMs: number;
  readonly now: () => number;
}

/** What chat.update says of a message that is not there any more. */
const DELETED = new Set(['message_not_found', 'thread_not_found']);

/**
 * Shows the card of a case as it should be by now. Apart from the reconciling, so that entries never wait for cards, and
 * so that many changes in a row are one update: the first is shown at once, what follows it within moments together. Comes
 * again by itself when what the card says of AWS's first answer changes with the time.
 */
export async function refreshCard(
  { store: all, slack, markCase, accountName, cardEveryMs, now }: RefreshCardDeps,
  asked: CaseKey,
  run: Run,
): Promise<Outcome> {
  const store = all.under(run.lease);
  const key = await store.canonical(asked);
  const { record, ledger, people } = await store.caseFile(key);
  if (record?.card == null || record.channel === null || record.threadTs === null) return done;
  const { shown, channel, threadTs, formerTs } = record;
  // Whoever reconciled the case may have read who has it before that changed.
  const card = withOwner(record.card, people.owner);
  if (shown?.deleted === threadTs) return done;
  const at = now();
  if (shown !== null && looksRight(shown, card, at)) return doneFor(msToNextWords(card, at));
  const shownFor = at - (shown?.shownAt ?? 0);
  // One that is ahead was written down by a clock that has been set back since.
  if (shownFor >= 0 && shownFor < cardEveryMs) return doneFor(cardEveryMs - shownFor);
  const earlier = linkToEarlier(slack, { channel, formerTs, threadTs }, ledger);
  const message = renderCard(card, { earlier, accountName, now: at });
  // The case may go by another case id than when the card was posted: it is found by the one that it has now.
  const after = lastPosted(ledger);
  const posted = ledger.find(({ entry }) => entry === CARD);
  const tag = {
    case: caseKeyText(key),
    entry: CARD,
    part: 0,
    parts: 1,
    at: posted?.at ?? 0,
    ...(after === null ? {} : { after }),
    ...carriedBy(card),
  };
  /** What was planned while Slack was being told is not held back by what is shown only now: it comes next. */
  const nowShown = async (next: number | null): Promise<Outcome> => {
    await store.saveShown(key, { ...card, shownAt: at });
    const later = await store.caseFile(key);
    const planned = later.record?.card ?? null;
    return planned === null || sameCard(withOwner(planned, later.people.owner), card)
      ? doneFor(next)
      : doneFor(0);
  };
  try {
    await slack.update(
      channel,
      threadTs,
      message,
      () => run.lease.check(),
      posted === undefined ? undefined : tag,
    );
  } catch (error) {
    if (!(error instanceof SlackError) || error.kind !== 'gone') return outcomeOfError(error, run.attempt);
    if (!DELETED.has(error.code)) {
      // What Slack does not let us change any more stays as it is.
      return nowShown(null);
    }
    // Somebody deleted it. Whoever reconciles the case opens a new thread: the record is theirs.
    await store.saveShown(key, { ...card, deleted: threadTs });
    await markCase(caseKeyText(key));
    return done;
  }
  return nowShown(msToNextWords(card, at));
}

/** Milliseconds until the card says something else although nothing happens; null when it never does. */
export function msToNextWords(card: Card, now: number): number | null {
  const changesAt = firstResponseChangesAt(waitingOf(card), now);
  return changesAt === null ? null : changesAt - now;
}

/** Whether what is shown is what would be shown now. */
function looksRight(shown: Card, card: Card, now: number): boolean {
  const words = firstResponseWords(waitingOf(shown), shown.shownAt ?? 0);
  return sameCard(shown, card) && words === firstResponseWords(waitingOf(card), now);
}
