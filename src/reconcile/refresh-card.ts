import { sameCard } from '../case/card.js';
import type { CaseKey } from '../case/case-key.js';
import type { Run } from '../inbox/inbox.js';
import { done, type Outcome } from '../inbox/outcome.js';
import { renderCard } from '../slack/render-card.js';
import type { Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { Store } from '../store/store.js';
import { outcomeOfError } from './outcome-of-error.js';

export interface RefreshCardDeps {
  readonly store: Pick<Store, 'under' | 'canonical' | 'getCase' | 'saveShown'>;
  readonly slack: Pick<Slack, 'update'>;
}

/**
 * Shows the card of a case as it should be by now. Apart from the reconciling, so that entries never wait for cards, and
 * so that many changes in a row are one update.
 */
export async function refreshCard(
  { store: all, slack }: RefreshCardDeps,
  asked: CaseKey,
  run: Run,
): Promise<Outcome> {
  const store = all.under(run.lease);
  const key = await store.canonical(asked);
  const record = await store.getCase(key);
  if (record?.card == null || record.channel === null || record.threadTs === null) return done;
  if (sameCard(record.shown, record.card)) return done;
  try {
    await slack.update(record.channel, record.threadTs, renderCard(record.card), () => run.lease.check());
  } catch (error) {
    // A card that somebody deleted, or that Slack does not let us change any more, stays as it is.
    if (!(error instanceof SlackError) || error.kind !== 'gone') return outcomeOfError(error, run.attempt);
  }
  await store.saveShown(key, record.card);
  return done;
}
