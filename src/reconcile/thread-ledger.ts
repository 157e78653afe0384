import { type CaseKey, caseKeyText } from '../case/case-key.js';
import { CLOCKS_DIFFER_MS } from '../case/doubt.js';
import { CARD, DELETED_TS, isOwed, type LedgerEntry, lastPosted, OWED } from '../case/ledger-entry.js';
import type { EntryTag } from '../slack/message.js';
import type { FoundEntry, Place, Slack } from '../slack/slack.js';
import type { Store } from '../store/store.js';
import { refuseTooEarly } from './still-on-its-way.js';

export interface ThreadLedgerDeps {
  readonly store: Pick<Store, 'intend' | 'retract' | 'confirm'>;
  readonly slack: Pick<Slack, 'findEntries'>;
  /** Throws when another may have taken the case over. */
  readonly stillOurs: () => void;
  /** How long Slack may take to show a message whose sender had no answer. */
  readonly settlesWithinMs: number;
  readonly now: () => number;
}

/** A message of the thread, and what it shows. */
export type Shown = Omit<LedgerEntry, 'ts' | 'intendedAt'>;

/**
 * What is known of one case's thread: an intent is written down before a message is sent, and confirmed afterwards. An
 * intent without a confirmation means that nobody knows whether the message is there: then the thread is read, and the
 * message found by its tag or said not to be there. But not before Slack can be expected to show it: what a killed
 * process had sent may still be on its way.
 */
export class ThreadLedger {
  readonly #deps: ThreadLedgerDeps;
  readonly #key: CaseKey;
  readonly #channel: string;
  readonly #rows = new Map<string, LedgerEntry>();
  #found: Promise<readonly FoundEntry[]> | null = null;
  /** Null before there is a thread. */
  threadTs: string | null;

  constructor(
    deps: ThreadLedgerDeps,
    key: CaseKey,
    { channel, threadTs }: Pick<Place, 'channel' | 'threadTs'>,
    ledger: readonly LedgerEntry[],
  ) {
    this.#deps = deps;
    this.#key = key;
    this.#channel = channel;
    this.threadTs = threadTs;
    // What is only owed was never sent: there is nothing to look for.
    for (const row of ledger.filter((each) => !isOwed(each)))
      this.#rows.set(rowName(row.entry, row.part), row);
  }

  get place(): Place {
    return { channel: this.#channel, threadTs: this.threadTs };
  }

  get rows(): readonly LedgerEntry[] {
    return [...this.#rows.values()];
  }

  row(entry: string, part: number): LedgerEntry | undefined {
    return this.#rows.get(rowName(entry, part));
  }

  tag(shown: Shown): EntryTag {
    const after = shown.entry === CARD ? null : lastPosted(this.rows);
    return { case: caseKeyText(this.#key), ...shown, ...(after === null ? {} : { after }) };
  }

  /**
   * The `ts` of a message that is in the thread, as the ledger or the thread itself says; null of one that is not, and will
   * not be any more. Throws while that cannot be said.
   */
  async settled(shown: Shown): Promise<string | null> {
    const row = this.row(shown.entry, shown.part);
    if (row === undefined) return null;
    if (row.ts) return row.ts;
    const there = await this.#find(shown.entry, shown.part);
    if (there !== undefined) return this.confirm(shown, there);
    refuseTooEarly(row.intendedAt, this.#deps.now(), this.#deps.settlesWithinMs);
    await this.retract(shown);
    return null;
  }

  /** Right before it is sent. */
  async intend(shown: Shown): Promise<void> {
    await this.#deps.store.intend(this.#key, { ...shown, intendedAt: this.#deps.now() });
    this.#deps.stillOurs();
  }

  /** It is to come, and nothing of it has been sent. */
  async owe(shown: Shown): Promise<void> {
    await this.#deps.store.intend(this.#key, { ...shown, intendedAt: OWED });
  }

  /** It was certainly not sent. */
  async retract({ entry, part }: Shown): Promise<void> {
    await this.#deps.store.retract(this.#key, entry, part);
    this.#rows.delete(rowName(entry, part));
  }

  async confirm(shown: Shown, ts: string): Promise<string> {
    await this.#deps.store.confirm(this.#key, shown.entry, shown.part, ts, shown.shownBy);
    this.#rows.set(rowName(shown.entry, shown.part), { ...shown, intendedAt: this.#deps.now(), ts });
    return ts;
  }

  /** Of a message in which another entry stood so far. */
  async takeOver(shown: Shown, ts: string): Promise<void> {
    const { shownBy: _, ...intended } = shown;
    await this.#deps.store.intend(this.#key, { ...intended, intendedAt: this.#deps.now() });
    await this.confirm(shown, ts);
  }

  /**
   * That of the last message known to be in the thread, for one that is below it and of which Slack has not told its own. By
   * no clock of ours: from there on the thread is read when something is looked for.
   */
  lastTs(): string {
    const known = this.rows.flatMap(({ ts }) => (ts === null ? [] : [ts]));
    return known.sort((a, b) => Number(b) - Number(a))[0] ?? this.threadTs ?? DELETED_TS;
  }

  async #find(entry: string, part: number): Promise<string | undefined> {
    this.#found ??= this.#readBack();
    const found = await this.#found;
    const key = caseKeyText(this.#key);
    // In a thread of ours all is of this case, also what was tagged when the case went by another case id.
    const isOfCase = (tag: FoundEntry['tag']) => this.threadTs !== null || tag.case === key;
    return found.find(({ tag }) => isOfCase(tag) && tag.entry === entry && tag.part === part)?.ts;
  }

  #readBack(): Promise<readonly FoundEntry[]> {
    const { rows, place } = this;
    if (this.threadTs === null) {
      const intended = Math.min(...rows.map((row) => row.intendedAt));
      return this.#deps.slack.findEntries(place, ((intended - CLOCKS_DIFFER_MS) / 1000).toFixed(6));
    }
    // In the thread Slack's own clock tells from where: nothing in doubt was posted before the last confirmed entry.
    const inDoubtSince = Math.min(...rows.filter((row) => row.ts === null).map((row) => row.intendedAt));
    const confirmedBefore = rows
      .filter((row) => row.ts !== null && row.intendedAt < inDoubtSince)
      .map((row) => Number(row.ts));
    const oldest = Math.max(Number(this.threadTs), ...confirmedBefore);
    return this.#deps.slack.findEntries(place, oldest.toFixed(6));
  }
}

function rowName(entry: string, part: number): string {
  return `${part} ${entry}`;
}
