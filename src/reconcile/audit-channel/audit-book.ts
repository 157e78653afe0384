import type { Store } from '../../store/store.js';
import type { KnownState } from './known-states.js';
import type { OpenBurst } from './open-burst.js';

/**
 * All that is kept of the audit channel, as one note: that a call is counted and that it need not be read again are one
 * write, so that it is counted once whenever the process dies.
 */
interface Kept {
  /** That of the last call that was counted, or passed over; see `callsSince`. */
  readonly place: number;
  readonly bursts: readonly OpenBurst[];
  /** What these calls told of how things stand, until it is kept where that is. */
  readonly learned: readonly KnownState[];
  /** Switched off: what comes meanwhile is not shown later. */
  readonly isOff?: boolean;
}

const NOTE = 'audit-channel';
/** Before anything was ever shown. */
const NOTHING: Kept = { place: 0, bursts: [], learned: [], isOff: true };

export class AuditBook {
  readonly #store: Pick<Store, 'saveNote'>;
  #kept: Kept;
  #saved: string | null;

  private constructor(store: Pick<Store, 'saveNote'>, kept: string | null) {
    this.#store = store;
    this.#kept = kept === null ? NOTHING : (JSON.parse(kept) as Kept);
    this.#saved = kept;
  }

  static async open(store: Pick<Store, 'note' | 'saveNote'>): Promise<AuditBook> {
    return new AuditBook(store, await store.note(NOTE));
  }

  get place(): number {
    return this.#kept.place;
  }

  get bursts(): readonly OpenBurst[] {
    return this.#kept.bursts;
  }

  get learned(): readonly KnownState[] {
    return this.#kept.learned;
  }

  get isOff(): boolean {
    return this.#kept.isOff ?? false;
  }

  /** Nothing is written before the next {@link save}. */
  change(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
  }

  /** Puts a burst in place of what it was before; null: nothing. */
  async replace(before: OpenBurst, after: OpenBurst | null): Promise<void> {
    this.change({
      bursts: this.bursts.flatMap((burst) => (burst !== before ? [burst] : after === null ? [] : [after])),
    });
    await this.save();
  }

  async save(): Promise<void> {
    const text = JSON.stringify(this.#kept);
    if (text === this.#saved) return;
    await this.#store.saveNote(NOTE, text);
    this.#saved = text;
  }
}

/** Whether the last that is known of the audit channel is that calls were shown in it. */
export async function isShowing(store: Pick<Store, 'note' | 'saveNote'>): Promise<boolean> {
  return !(await AuditBook.open(store)).isOff;
}
