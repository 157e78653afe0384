import type { Card } from '../../../src/case/card.js';
import type { Item } from '../../../src/case/item.js';
import { CARD, type LedgerEntry } from '../../../src/case/ledger-entry.js';
import type { Effect } from '../../../src/case/plan.js';

/** One Slack message; what it shows may be replaced, and its tag with it. */
export interface Posted {
  readonly ts: string;
  readonly postedAt: number;
  tag: string;
  part: number;
  parts: number;
  at: number;
  shows: Item | 'card';
  shownPart: number;
}

class Crash extends Error {}

/** The thread and the ledger of one case, with nothing behind them, in which a plan's effects are carried out. */
export class Thread {
  readonly messages: Posted[] = [];
  ledger: LedgerEntry[] = [];
  card: Card | null = null;
  #stepsLeft = Number.POSITIVE_INFINITY;

  /** Every write is one step; after so many the process dies, wherever it is. Whether it died. */
  apply(effects: readonly Effect[], now: number, crashAfter: number): boolean {
    this.#stepsLeft = crashAfter;
    try {
      this.#carryOut(effects, now);
      return false;
    } catch (error) {
      if (error instanceof Crash) return true;
      throw error;
    }
  }

  #carryOut(effects: readonly Effect[], now: number): void {
    for (const effect of effects) {
      switch (effect.do) {
        case 'open-thread':
          this.#once({ entry: CARD, part: 0, parts: 1, at: now }, 'card', now);
          this.#step();
          this.card = effect.card;
          break;
        case 'post':
          this.#post(effect.item, now);
          break;
        case 'amend':
          this.#amend(effect.item);
          break;
        case 'refresh-card':
          this.#step();
          this.card = effect.card;
          break;
      }
    }
  }

  /** All that was written down is gone, and found again by the tags. */
  recover(): void {
    this.card = null;
    this.ledger = this.messages.map(({ ts, postedAt, tag, part, parts, at }) => ({
      entry: tag,
      part,
      parts,
      at,
      intendedAt: postedAt,
      ts,
    }));
  }

  /** What people see, card apart, oldest message first. */
  shown(): Item[] {
    return this.messages.flatMap(({ shows, shownPart }) =>
      shows === 'card' || shownPart > 0 ? [] : [shows],
    );
  }

  #post(item: Item, now: number): void {
    const parts = partsOf(item);
    for (let part = 0; part < parts; part++) {
      const by = item.shownBy === undefined ? {} : { shownBy: item.shownBy };
      const entry = { entry: item.id, part, parts, at: item.at, ...by };
      const replaced = part === 0 && item.kind === 'communication' ? item.replaces : null;
      if (replaced === null || !this.#replace(replaced, entry, item, now)) this.#once(entry, item, now);
    }
    if (item.shownBy !== undefined && this.#row(item.id, 0)?.shownBy !== item.shownBy) this.#amend(item);
  }

  #once(entry: Omit<LedgerEntry, 'ts' | 'intendedAt'>, shows: Posted['shows'], now: number): void {
    const row = this.#row(entry.entry, entry.part);
    if (row?.ts) return;
    const there = this.messages.find(({ tag, part }) => tag === entry.entry && part === entry.part);
    if (row !== undefined && there !== undefined) {
      this.#confirm({ entry: entry.entry, part: entry.part }, there.ts);
      return;
    }
    this.#intend(entry, now);
    this.#step();
    const ts = String(this.messages.length + 1);
    const { part, parts, at } = entry;
    this.messages.push({ ts, postedAt: now, tag: entry.entry, part, parts, at, shows, shownPart: part });
    this.#confirm(entry, ts);
  }

  #replace(
    replaced: string,
    entry: Omit<LedgerEntry, 'ts' | 'intendedAt'>,
    item: Item,
    now: number,
  ): boolean {
    const ts = this.#row(replaced, 0)?.ts;
    const message = this.messages.find((posted) => posted.ts === ts);
    if (message === undefined || this.#row(entry.entry, 0)?.ts) return false;
    // In one step, here and below: to die in the middle leaves what cannot be told from a message that was not confirmed.
    this.#step();
    message.shows = item;
    message.shownPart = entry.part;
    Object.assign(message, { tag: entry.entry, part: entry.part, parts: entry.parts, at: entry.at });
    this.ledger = [
      ...this.ledger.filter((row) => row.entry !== entry.entry || row.part !== entry.part),
      { ...entry, intendedAt: now, ts: message.ts },
    ];
    return true;
  }

  #amend(item: Item): void {
    const ts = this.#row(item.id, 0)?.ts;
    const message = this.messages.find((posted) => posted.ts === ts);
    if (message === undefined) return;
    this.#step();
    message.shows = item;
    message.at = item.at;
    this.ledger = this.ledger.map((row) => {
      const { shownBy: _, ...rest } = row;
      const by = item.shownBy === undefined ? {} : { shownBy: item.shownBy };
      return row.entry === item.id ? { ...rest, at: item.at, ...by } : row;
    });
  }

  #intend({ shownBy: _, ...entry }: Omit<LedgerEntry, 'ts' | 'intendedAt'>, now: number): void {
    this.#step();
    if (this.#row(entry.entry, entry.part) === undefined)
      this.ledger = [...this.ledger, { ...entry, intendedAt: now, ts: null }];
  }

  #confirm({ entry, part, shownBy }: Pick<LedgerEntry, 'entry' | 'part' | 'shownBy'>, ts: string): void {
    this.#step();
    const by = shownBy === undefined ? {} : { shownBy };
    this.ledger = this.ledger.map((row) =>
      row.entry === entry && row.part === part ? { ...row, ts, ...by } : row,
    );
  }

  #row(entry: string, part: number): LedgerEntry | undefined {
    return this.ledger.find((row) => row.entry === entry && row.part === part);
  }

  #step(): void {
    if (this.#stepsLeft <= 0) throw new Crash();
    this.#stepsLeft -= 1;
  }
}

/** Long texts take several messages. */
export function partsOf(item: Item): number {
  return item.kind === 'communication' && item.text.startsWith('long') ? 2 : 1;
}
