import type { Case } from './case.js';
import type { CaseKey } from './case-key.js';
import type { Person } from './people.js';
import type { Turn } from './turn.js';

/** What the first message of a thread shows. It holds facts about the case and repeats no communication. */
export interface Card {
  readonly key: CaseKey;
  readonly displayId: string;
  /** Null while nothing but events is known of the case. */
  readonly details: Pick<
    Case,
    'subject' | 'status' | 'severity' | 'service' | 'category' | 'openedBy' | 'openedAt'
  > | null;
  readonly resolved: boolean;
  /** Null where it cannot be known. */
  readonly turn: Turn | null;
  /** What the thread cannot show, why, and what to do; null when all is well. */
  readonly missing: string | null;
  /** The earlier thread of the case, whose first message somebody deleted; not there when there was none. */
  readonly formerTs?: string;
  /** Who has said that they take care of the case; not there when nobody has. */
  readonly owner?: Person;
  /** Of a card as it was shown last: the message, a `ts`, if somebody has deleted it since. */
  readonly deleted?: string;
}

/** Whether two cards would look the same. */
export function sameCard(a: Card | null, b: Card): boolean {
  return a !== null && JSON.stringify(a) === JSON.stringify(b);
}

/** The card with whoever has the case now: last in it, so that {@link sameCard} always finds it in the same place. */
export function withOwner(card: Card, owner: Person | null): Card {
  const { owner: _, ...rest } = card;
  return owner === null ? rest : { ...rest, owner };
}
