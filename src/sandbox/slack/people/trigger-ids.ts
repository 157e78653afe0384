import { Refusal } from '../refusal.js';

const LIFE_MS = 3_000;

/** A trigger_id opens one view, within three seconds of what the person did. */
export class TriggerIds {
  readonly #now: () => number;
  readonly #issued = new Map<string, { user: string; at: number; spent: boolean }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  issue(
    user: string,
    id = `${1_000 + this.#issued.size}.${this.#now()}.${'0123456789abcdef'.repeat(2)}`,
  ): string {
    this.#issued.set(id, { user, at: this.#now(), spent: false });
    return id;
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
