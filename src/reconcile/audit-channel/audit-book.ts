import type { Store } from '../../store/store.js';
import type { KnownState } from './known-states.js';
import type { OpenBurst } from './open-burst.js';

/**
 * All that is kept of the audit channel: that a call is counted and that it need not be read again are one write, so that it
 * is counted once whenever the process dies.
 */
interface Kept {
  /** That of the last call that was counted, or passed over; see `callsSince`. */
  readonly place: number;
  /** Alarms are counted up to here already, where that is further. */
  readonly alarmsTo: number;
  readonly bursts: readonly OpenBurst[];
  /** What these calls told of how things stand, until it is kept where that is. */
  readonly learned: readonly KnownState[];
  /** Switched off: what comes meanwhile is not shown later. */
  readonly isOff?: boolean;
}

/**
 * Each step with one of hundreds of bursts is written down by itself: the bursts that have changed since the whole was
 * written, by their index there; null for one that went.
 */
interface Steps {
  /** Of the whole that they belong to. */
  readonly edition: number;
  readonly changed: readonly (readonly [index: number, burst: OpenBurst | null])[];
}

type Whole = Kept & { readonly edition: number };
type Notes = Pick<Store, 'note' | 'saveNote'>;

const NOTE = 'audit-channel';
const STEPS_NOTE = 'audit-channel-steps';
/** More than these are written down as a whole. */
const MOST_STEPS = 20;
/** Before anything was ever shown. */
const NOTHING: Whole = { edition: 0, place: 0, alarmsTo: 0, bursts: [], learned: [], isOff: true };

export class AuditBook {
  readonly #store: Pick<Store, 'saveNote'>;
  #kept: Kept;
  #edition: number;
  /** As they were in the whole that was written last, and what has become of each since. */
  #written: readonly OpenBurst[];
  #changed: Map<number, OpenBurst | null>;
  /** What the store holds. */
  #saved: Kept;

  private constructor(store: Pick<Store, 'saveNote'>, { edition, ...kept }: Whole, steps: Steps | null) {
    this.#store = store;
    this.#edition = edition;
    this.#written = kept.bursts;
    this.#changed = new Map(steps?.edition === edition ? steps.changed : []);
    this.#kept = { ...kept, bursts: this.#standing() };
    this.#saved = this.#kept;
  }

  static async open(store: Notes): Promise<AuditBook> {
    const [whole, steps] = await Promise.all([store.note(NOTE), store.note(STEPS_NOTE)]);
    return new AuditBook(
      store,
      whole === null ? NOTHING : (JSON.parse(whole) as Whole),
      steps === null ? null : (JSON.parse(steps) as Steps),
    );
  }

  get place(): number {
    return this.#kept.place;
  }

  get alarmsTo(): number {
    return this.#kept.alarmsTo;
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
    const index = this.#indexOf(before);
    const isAllWritten = isSame(this.#kept, this.#saved);
    this.change({
      bursts: this.bursts.flatMap((burst) => (burst !== before ? [burst] : after === null ? [] : [after])),
    });
    const changed = new Map(this.#changed).set(index, after);
    if (!isAllWritten || index === -1 || changed.size > MOST_STEPS) return this.save();
    const steps: Steps = { edition: this.#edition, changed: [...changed] };
    await this.#store.saveNote(STEPS_NOTE, JSON.stringify(steps));
    this.#changed = changed;
    this.#saved = this.#kept;
  }

  async save(): Promise<void> {
    if (isSame(this.#kept, this.#saved)) return;
    const whole: Whole = { ...this.#kept, edition: this.#edition + 1 };
    await this.#store.saveNote(NOTE, JSON.stringify(whole));
    this.#edition = whole.edition;
    this.#written = whole.bursts;
    this.#changed = new Map();
    this.#saved = this.#kept;
  }

  #standing(): readonly OpenBurst[] {
    return this.#written.flatMap((burst, index) => {
      const now = this.#changed.has(index) ? this.#changed.get(index) : burst;
      return now == null ? [] : [now];
    });
  }

  #indexOf(burst: OpenBurst): number {
    return this.#written.findIndex(
      (each, index) => (this.#changed.has(index) ? this.#changed.get(index) : each) === burst,
    );
  }
}

function isSame(a: Kept, b: Kept): boolean {
  const isSameList = (some: readonly unknown[], others: readonly unknown[]) =>
    some.length === others.length && some.every((each, index) => each === others[index]);
  return (
    a.place === b.place &&
    a.alarmsTo === b.alarmsTo &&
    a.isOff === b.isOff &&
    isSameList(a.bursts, b.bursts) &&
    isSameList(a.learned, b.learned)
  );
}

/** Whether the last that is known of the audit channel is that calls were shown in it. */
export async function isShowing(store: Notes): Promise<boolean> {
  return !(await AuditBook.open(store)).isOff;
}
