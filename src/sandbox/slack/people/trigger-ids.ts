import { Refusal } from '../refusal.js';

const LIFE_MS = 3_000;
const REMEMBERED_MS = 10 * 60_000;

/** A trigger_id opens one view, within three seconds of what the person did. */
export class TriggerIds {
  readonly #now: () => number;
  readonly #issued = new Map<string, { user: string; at: number; spent: boolean }>();
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(user: string, id = `${1_000 + this.#count}.${this.#now()}.${'0123456789abcdef'.repeat(2)}`): string {
    this.#count += 1;
    this.#forgetOld();
    this.#issued.set(id, { user, at: this.#now(), spent: false });
    return id;
  }

  /** One that is long expired is answered like one that never was. */
  #forgetOld(): void {
    for (const [id, { at }] of this.#issued) {
      if (this.#now() - at <= REMEMBERED_MS) return;
      this.#issued.delete(id);
    }
  }

  /** Spends it and says whose it was. */
  spend(id: string): string {
    const trigger = this.#issued.get(id);
    if (trigger === undefined) throw new Refusal('invalid_trigger_id');
    if (trigger.spent) throw new Refusal('exchanged_trigger_id');
    if (this.#now() - trigger.at > LIFE_MS) throw new Refusal('expired_trigger_id');
    trigger.spent = true;
    return trigger.user;
  }
}
