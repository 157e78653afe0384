import type { Card } from '../case/card.js';
import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { CLOCKS_DIFFER_MS } from '../case/doubt.js';
import { isUnreadEntry } from '../case/entry-ids.js';
import type { Item } from '../case/item.js';
import { CARD, DELETED_TS, isOwed, type LedgerEntry, lastPosted, OWED } from '../case/ledger-entry.js';
import type { EntryTag, Message } from '../slack/message.js';
import { renderCard } from '../slack/render-card.js';
import { renderItem } from '../slack/render-item.js';
import type { FoundEntry, Place, PostUrgency, Slack } from '../slack/slack.js';
import { SlackError } from '../slack/slack-error.js';
import type { Store } from '../store/store.js';
import { callersOn } from './callers-on-card.js';
import { FileTrouble } from './files/file-trouble.js';
import { linkToEarlier } from './link-to-earlier.js';
import { refuseTooEarly } from './still-on-its-way.js';

export interface ThreadWriterDeps {
  readonly store: Pick<Store, 'intend' | 'retract' | 'confirm' | 'amend'>;
  readonly slack: Pick<Slack, 'post' | 'update' | 'findEntries' | 'linkTo'>;
  /** Throws when another may have taken the case over. */
  readonly stillOurs: () => void;
  readonly accountName: (account: string) => string;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  readonly now: () => number;
}

/**
 * Writes one case's thread, each message exactly once although Slack has no idempotency key: the intent is written
 * down, the message is posted with a tag, the ledger confirmed. An intent without a confirmation means that nobody
 * knows whether the message is there: then the thread is read, and the message found by its tag or posted. But not
 * before Slack can be expected to show it: what a killed process had sent may still be on its way.
 */
export class ThreadWriter {
  readonly #deps: ThreadWriterDeps;
  readonly #key: CaseKey;
  readonly #channel: string;
  readonly #rows = new Map<string, LedgerEntry>();
  #threadTs: string | null;
  #found: Promise<readonly FoundEntry[]> | null = null;

  constructor(
    deps: ThreadWriterDeps,
    key: CaseKey,
    channel: string,
    threadTs: string | null,
    ledger: readonly LedgerEntry[],
  ) {
    this.#deps = deps;
    this.#key = key;
    this.#channel = channel;
    this.#threadTs = threadTs;
    // What is only owed was never sent: there is nothing to look for.
    for (const row of ledger.filter((each) => !isOwed(each)))
      this.#rows.set(rowName(row.entry, row.part), row);
  }

  /** Returns the card's `ts`. */
  async openThread(card: Card, urgency: PostUrgency): Promise<string> {
    const { formerTs = null } = card;
    const earlier = linkToEarlier(this.#deps.slack, { channel: this.#channel, formerTs }, [
      ...this.#rows.values(),
    ]);
    this.#threadTs ??= await this.#once(
      { entry: CARD, part: 0, parts: 1, at: this.#deps.now() },
      renderCard(card, { earlier, accountName: this.#deps.accountName, now: this.#deps.now() }),
      urgency,
      carriedBy(card),
    );
    return this.#threadTs;
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
    const shown = this.#rows.get(rowName(item.id, 0))?.shownBy;
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
    const { store } = this.#deps;
    const entry = { entry: id, part: 0, parts: 1, at };
    const owe = () => store.intend(this.#key, { ...entry, intendedAt: OWED });
    const row = this.#rows.get(rowName(id, 0));
    if (row?.ts) return;
    const there = row === undefined ? undefined : await this.#find(id, 0);
    if (there !== undefined) {
      await this.#confirm(entry, there);
      return;
    }
    if (row !== undefined) {
      await this.#takeBack(id, 0);
      await owe();
    }
    const ts = await show(this.#place, this.#tag(entry), async () => {
      await store.retract(this.#key, id, 0);
      await this.#intend(entry);
    }).catch(async (error: unknown) => {
      const isTold = error instanceof SlackError || error instanceof FileTrouble;
      if (isTold && error.happened === 'no') {
        await store.retract(this.#key, id, 0);
        await owe();
      }
      throw error;
    });
    // It may have been found where nothing was written down.
    await owe();
    await this.#confirm(entry, ts ?? this.#lastTs());
  }

  /** Shows an entry that is in the thread anew, all its messages. One that somebody deleted stays deleted. */
  async amend(item: Item): Promise<void> {
    const messages = renderItem(item, this.#key);
    for (const [part, message] of messages.entries()) {
      const row = this.#rows.get(rowName(item.id, part));
      // Laid out in as many messages as it was, or each would show a part of another text.
      if (!row?.ts || row.ts === DELETED_TS || row.parts !== messages.length) continue;
      try {
        const tag = { case: caseKeyText(this.#key), entry: item.id, part, parts: row.parts, at: item.at };
        await this.#deps.slack.update(this.#channel, row.ts, message, this.#deps.stillOurs, tag);
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
    const unsure = [...this.#rows.values()].filter((row) => row.ts === null && isUnreadEntry(row.entry));
    for (const { entry, part } of unsure) {
      const ts = await this.#find(entry, part);
      if (ts === undefined) await this.#takeBack(entry, part);
      else await this.#deps.store.confirm(this.#key, entry, part, ts);
    }
    return unsure.length > 0;
  }

  async #once(
    { shownBy, ...entry }: Omit<LedgerEntry, 'ts' | 'intendedAt'>,
    message: Message,
    urgency: PostUrgency,
    how: { readonly broadcast?: boolean } & Pick<EntryTag, 'owner' | 'mention'> = {},
  ): Promise<string> {
    const { store, slack } = this.#deps;
    const row = this.#rows.get(rowName(entry.entry, entry.part));
    if (row?.ts) return row.ts;
    const there = row === undefined ? undefined : await this.#find(entry.entry, entry.part);
    if (there !== undefined) return this.#confirm(entry, there);
    if (row !== undefined) await this.#takeBack(entry.entry, entry.part);
    const atTurn = () => this.#intend(entry);
    const { broadcast = false, ...ofCard } = how;
    const place = { ...this.#place, broadcast };
    const sent = slack.post(place, message, { ...this.#tag(entry), ...ofCard }, urgency, atTurn);
    const ts = await sent.catch(async (error: unknown) => {
      // What certainly did not happen need not be looked for: that would cost a call while Slack is limiting us.
      if (error instanceof SlackError && error.happened === 'no')
        await store.retract(this.#key, entry.entry, entry.part);
      throw error;
    });
    return this.#confirm({ ...entry, ...(shownBy === undefined ? {} : { shownBy }) }, ts);
  }

  async #intend(entry: Omit<LedgerEntry, 'ts' | 'intendedAt'>): Promise<void> {
    const { store, now, stillOurs } = this.#deps;
    await store.intend(this.#key, { ...entry, intendedAt: now() });
    stillOurs();
  }

  get #place(): Place {
    return { channel: this.#channel, threadTs: this.#threadTs };
  }

  #tag(entry: Omit<LedgerEntry, 'ts' | 'intendedAt'>): EntryTag {
    const after = entry.entry === CARD ? null : lastPosted([...this.#rows.values()]);
    return { case: caseKeyText(this.#key), ...entry, ...(after === null ? {} : { after }) };
  }

  /**
   * That of the last message known to be in the thread, for one that is below it and of which Slack has not told its own. By
   * no clock of ours: from there on the thread is read when something is looked for.
   */
  #lastTs(): string {
    const known = [...this.#rows.values()].flatMap(({ ts }) => (ts === null ? [] : [ts]));
    return known.sort((a, b) => Number(b) - Number(a))[0] ?? this.#threadTs ?? DELETED_TS;
  }

  /** What was about to be posted is not there, and will not be any more. Throws while that cannot be said. */
  async #takeBack(entry: string, part: number): Promise<void> {
    const { store, now, settlesWithinMs } = this.#deps;
    refuseTooEarly(this.#rows.get(rowName(entry, part))?.intendedAt ?? 0, now(), settlesWithinMs);
    await store.retract(this.#key, entry, part);
    this.#rows.delete(rowName(entry, part));
  }

  /** Puts the whole text where so far stood that somebody wrote. False when that entry is not there any more. */
  async #replace(
    replaced: string,
    shown: Omit<LedgerEntry, 'ts' | 'intendedAt'>,
    message: Message,
  ): Promise<boolean> {
    const { shownBy: _, ...entry } = shown;
    const { store, slack, now, stillOurs } = this.#deps;
    const ts = this.#rows.get(rowName(replaced, 0))?.ts;
    if (!ts || ts === DELETED_TS || this.#rows.get(rowName(entry.entry, 0))?.ts) return false;
    try {
      await slack.update(this.#channel, ts, message, stillOurs, { case: caseKeyText(this.#key), ...entry });
    } catch (error) {
      if (error instanceof SlackError && error.kind === 'gone') return false;
      throw error;
    }
    await store.intend(this.#key, { ...entry, intendedAt: now() });
    await this.#confirm(shown, ts);
    return true;
  }

  async #confirm(entry: Omit<LedgerEntry, 'ts' | 'intendedAt'>, ts: string): Promise<string> {
    await this.#deps.store.confirm(this.#key, entry.entry, entry.part, ts, entry.shownBy);
    const row = { ...entry, intendedAt: this.#deps.now(), ts };
    this.#rows.set(rowName(entry.entry, entry.part), row);
    return ts;
  }

  async #find(entry: string, part: number): Promise<string | undefined> {
    this.#found ??= this.#readBack();
    const found = await this.#found;
    const key = caseKeyText(this.#key);
    // In a thread of ours all is of this case, also what was tagged when the case went by another case id.
    const isOfCase = (tag: FoundEntry['tag']) => this.#threadTs !== null || tag.case === key;
    return found.find(({ tag }) => isOfCase(tag) && tag.entry === entry && tag.part === part)?.ts;
  }

  #readBack(): Promise<readonly FoundEntry[]> {
    const rows = [...this.#rows.values()];
    const place = this.#place;
    if (this.#threadTs === null) {
      const intended = Math.min(...rows.map((row) => row.intendedAt));
      return this.#deps.slack.findEntries(place, ((intended - CLOCKS_DIFFER_MS) / 1000).toFixed(6));
    }
    // In the thread Slack's own clock tells from where: nothing in doubt was posted before the last confirmed entry.
    const inDoubtSince = Math.min(...rows.filter((row) => row.ts === null).map((row) => row.intendedAt));
    const confirmedBefore = rows
      .filter((row) => row.ts !== null && row.intendedAt < inDoubtSince)
      .map((row) => Number(row.ts));
    const oldest = Math.max(Number(this.#threadTs), ...confirmedBefore);
    return this.#deps.slack.findEntries(place, oldest.toFixed(6));
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

function rowName(entry: string, part: number): string {
  return `${part} ${entry}`;
}
