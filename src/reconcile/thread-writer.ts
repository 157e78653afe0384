import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { isUnreadEntry } from '../case/entry-ids.js';
import type { Item } from '../case/item.js';
import { CARD, DELETED_TS, type LedgerEntry } from '../case/ledger-entry.js';
import type { EntryTag, Message } from '../slack/message.js';
import { renderCard } from '../slack/render-card.js';
import { renderItem } from '../slack/render-item.js';
import type { Place, PostUrgency, Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { Store } from '../store/store.js';
import { callersOn } from './callers-on-card.js';
import { FileTrouble } from './files/file-trouble.js';
import { linkToEarlier } from './link-to-earlier.js';
import { type Shown, ThreadLedger, type ThreadLedgerDeps } from './thread-ledger.js';

export interface ThreadWriterDeps extends ThreadLedgerDeps {
  readonly store: ThreadLedgerDeps['store'] & Pick<Store, 'amend'>;
  readonly slack: ThreadLedgerDeps['slack'] & Pick<Slack, 'post' | 'update' | 'linkTo'>;
  readonly accountName: (account: string) => string;
}

/**
 * Writes one case's thread, each message exactly once although Slack has no idempotency key: the intent is written
 * down, the message is posted with a tag, the ledger confirmed. See {@link ThreadLedger}.
 */
export class ThreadWriter {
  readonly #deps: ThreadWriterDeps;
  readonly #key: CaseKey;
  readonly #ledger: ThreadLedger;

  constructor(
    deps: ThreadWriterDeps,
    key: CaseKey,
    channel: string,
    threadTs: string | null,
    ledger: readonly LedgerEntry[],
  ) {
    this.#deps = deps;
    this.#key = key;
    this.#ledger = new ThreadLedger(deps, key, { channel, threadTs }, ledger);
  }

  /** Returns the card's `ts`. */
  async openThread(card: Card, urgency: PostUrgency): Promise<string> {
    const { slack, accountName, now } = this.#deps;
    const { channel } = this.#ledger.place;
    const earlier = linkToEarlier(slack, { channel, formerTs: card.formerTs ?? null }, this.#ledger.rows);
    this.#ledger.threadTs ??= await this.#once(
      { entry: CARD, part: 0, parts: 1, at: now() },
      renderCard(card, { earlier, accountName, now: now() }),
      urgency,
      carriedBy(card),
    );
    return this.#ledger.threadTs;
  }

  /** @param broadcast shows the first message of the entry in the channel as well, when that is posted now. */
  async post(item: Item, urgency: PostUrgency, broadcast = false): Promise<void> {
    const messages = renderItem(item, this.#key);
    for (const [part, message] of messages.entries()) {
      const entry = { entry: item.id, part, parts: messages.length, at: item.at, ...shownBy(item) };
      const replaced = part === 0 && item.kind === 'communication' ? item.replaces : null;
      if (replaced === null || !(await this.#replace(replaced, entry, message))) {
        await this.#once(entry, message, urgency, { broadcast: broadcast && part === 0 });
      }
    }
    // What was found there instead of being posted may have been posted before its record came.
    const shown = this.#ledger.row(item.id, 0)?.shownBy;
    if (item.shownBy !== undefined && shown !== item.shownBy) await this.amend(item);
  }

  /**
   * Shows a file, or says why it cannot be shown, as one entry. Whatever keeps it from being there, it stays owed.
   *
   * @param show sends it, with `atTurn` awaited right before; returns its `ts`, or null where Slack does not say it yet.
   */
  async attach(
    { id, at }: { readonly id: string; readonly at: number },
    show: (place: Place, tag: EntryTag, atTurn: () => Promise<void>) => Promise<string | null>,
  ): Promise<void> {
    const ledger = this.#ledger;
    const entry = { entry: id, part: 0, parts: 1, at };
    const wasInDoubt = ledger.row(id, 0) !== undefined;
    if ((await ledger.settled(entry)) !== null) return;
    if (wasInDoubt) await ledger.owe(entry);
    const ts = await show(ledger.place, ledger.tag(entry), async () => {
      await ledger.retract(entry);
      await ledger.intend(entry);
    }).catch(async (error: unknown) => {
      const isTold = error instanceof SlackError || error instanceof FileTrouble;
      if (isTold && error.happened === 'no') {
        await ledger.retract(entry);
        await ledger.owe(entry);
      }
      throw error;
    });
    // It may have been found where nothing was written down.
    await ledger.owe(entry);
    await ledger.confirm(entry, ts ?? ledger.lastTs());
  }

  /** Shows an entry that is in the thread anew, all its messages. One that somebody deleted stays deleted. */
  async amend(item: Item): Promise<void> {
    const { channel } = this.#ledger.place;
    const messages = renderItem(item, this.#key);
    for (const [part, message] of messages.entries()) {
      const row = this.#ledger.row(item.id, part);
      // Laid out in as many messages as it was, or each would show a part of another text.
      if (!row?.ts || row.ts === DELETED_TS || row.parts !== messages.length) continue;
      try {
        const tag = { case: caseKeyText(this.#key), entry: item.id, part, parts: row.parts, at: item.at };
        await this.#deps.slack.update(channel, row.ts, message, this.#deps.stillOurs, tag);
      } catch (error) {
        if (!(error instanceof SlackError) || error.kind !== 'gone') throw error;
      }
    }
    await this.#deps.store.amend(this.#key, item.id, item.at, item.shownBy);
  }

  /**
   * Finds out whether entries that only say that somebody wrote are in the thread, where nobody is sure: a text is
   * about to take their place. True when the ledger has changed.
   */
  async settleUnread(): Promise<boolean> {
    const unsure = this.#ledger.rows.filter((row) => row.ts === null && isUnreadEntry(row.entry));
    for (const { entry, part, parts, at } of unsure) await this.#ledger.settled({ entry, part, parts, at });
    return unsure.length > 0;
  }

  async #once(
    { shownBy, ...entry }: Shown,
    message: Message,
    urgency: PostUrgency,
    how: { readonly broadcast?: boolean } & Pick<EntryTag, 'owner' | 'mention'> = {},
  ): Promise<string> {
    const ledger = this.#ledger;
    const there = await ledger.settled(entry);
    if (there !== null) return there;
    const { broadcast = false, ...ofCard } = how;
    const place = { ...ledger.place, broadcast };
    const tag = { ...ledger.tag(entry), ...ofCard };
    const sent = this.#deps.slack.post(place, message, tag, urgency, () => ledger.intend(entry));
    const ts = await sent.catch(async (error: unknown) => {
      // What certainly did not happen need not be looked for: that would cost a call while Slack is limiting us.
      if (error instanceof SlackError && error.happened === 'no') await ledger.retract(entry);
      throw error;
    });
    return ledger.confirm({ ...entry, ...(shownBy === undefined ? {} : { shownBy }) }, ts);
  }

  /** Puts the whole text where so far stood that somebody wrote. False when that entry is not there any more. */
  async #replace(replaced: string, shown: Shown, message: Message): Promise<boolean> {
    const { shownBy: _, ...entry } = shown;
    const { slack, stillOurs } = this.#deps;
    const ts = this.#ledger.row(replaced, 0)?.ts;
    if (!ts || ts === DELETED_TS || this.#ledger.row(entry.entry, 0)?.ts) return false;
    const { channel } = this.#ledger.place;
    try {
      await slack.update(channel, ts, message, stillOurs, { case: caseKeyText(this.#key), ...entry });
    } catch (error) {
      if (error instanceof SlackError && error.kind === 'gone') return false;
      throw error;
    }
    await this.#ledger.takeOver(shown, ts);
    return true;
  }
}

/** What the tag of a card carries of what it shows: a store that was lost knows it again from there. */
export function carriedBy(card: Card) {
  const { owner, mention } = card;
  const callers = callersOn(card);
  return {
    ...(callers === null ? {} : { callers }),
    ...(owner === undefined ? {} : { owner: owner.user }),
    ...(mention === undefined ? {} : { mention: mention.join(' ') }),
  };
}

function shownBy({ shownBy: by }: Item): Pick<LedgerEntry, 'shownBy'> {
  return by === undefined ? {} : { shownBy: by };
}
