import type { SupportPlan } from './account.js';
import type { Author } from './author.js';
import type { Case } from './case.js';
import type { CaseKey } from './case-key.js';
import { type FirstAnswer, targetOf, type Waiting } from './first-response.js';
import type { Person } from './people.js';
import type { Turn } from './turn.js';
import { severityWords, standing } from './words.js';

/** What the first message of a thread shows. It holds facts about the case and repeats no communication. */
export interface Card {
  readonly key: CaseKey;
  readonly displayId: string;
  /** Null while nothing but events is known of the case. */
  readonly details: Pick<
    Case,
    'subject' | 'status' | 'severity' | 'service' | 'category' | 'openedBy' | 'openedAt'
  > | null;
  /** What AWS calls service and category; not there while only the codes are known. */
  readonly names?: CardNames;
  readonly resolved: boolean;
  /** When it was resolved last, and by whom; not there while it is open, or where nobody knows. */
  readonly resolution?: Resolution;
  /** Null where it cannot be known. */
  readonly turn: Turn | null;
  /** Who opened the case from Slack; not there where nobody did. */
  readonly openedFrom?: string;
  /** Who opened the case at AWS, as CloudTrail tells; not there where it tells nothing. */
  readonly opener?: Author;
  /** Who said something last, and when; not there while nothing was said. */
  readonly lastWord?: LastWord;
  /** Not there where it is not known whether AWS has answered. */
  readonly firstAnswer?: FirstAnswer;
  /** Who of us takes care of it; not there while nobody does. */
  readonly owner?: Person;
  /** What the thread cannot show, why, and what to do; null when all is well. */
  readonly missing: string | null;
  /** The earlier thread of the case, whose first message somebody deleted; not there when there was none. */
  readonly formerTs?: string;
  /** People and user groups who were mentioned when the thread was opened; not there where nobody was. */
  readonly mention?: readonly string[];
  /** The account's support plan; not there where nobody has said. */
  readonly plan?: SupportPlan;
  /** The account is followed by its events alone, as configured: then `missing` is no trouble. */
  readonly eventsOnly?: true;
  /** Since when status and severity have been seen as they are. */
  readonly statusSince?: number;
  readonly severitySince?: number;
  /** Of a card as it was shown last: the message, a `ts`, if somebody has deleted it since. */
  readonly deleted?: string;
  /** Of a card as it was shown last: when that was. */
  readonly shownAt?: number;
}

export interface CardNames {
  readonly service: string;
  readonly category: string;
}

export interface Resolution {
  readonly by: Author | null;
  readonly at: number;
  /** False when `at` is when we saw it. */
  readonly exact: boolean;
}

export interface LastWord {
  /** Its name in the ledger. */
  readonly entry: string;
  readonly by: Author;
  readonly at: number;
}

/** Whether two cards would look the same at the same time, and carry the same to whoever reads them back from Slack. */
export function sameCard(a: Card | null, b: Card): boolean {
  return a !== null && JSON.stringify(looks(a)) === JSON.stringify(looks(b));
}

/** What the first answer is measured by. */
export function waitingOf({ details, resolved, firstAnswer, plan }: Card): Waiting {
  const { severity = '', openedBy = '', openedAt = 0 } = details ?? {};
  return { severity, openedBy, openedAt, resolved, firstAnswer, plan: plan ?? null };
}

/** What people see of a card and what it carries, always in the same order. */
function looks(card: Card): unknown[] {
  const { key, displayId, details, resolved, missing, formerTs, deleted, owner } = card;
  // The owner's id also where no name is shown: when the store is lost, it is read from the card.
  const always = [
    ...[key, displayId, details?.subject, resolved, missing, formerTs, deleted, owner?.user],
    card.eventsOnly,
    card.mention,
  ];
  if (resolved) return [...always, card.resolution];
  const { names, openedFrom, lastWord, firstAnswer } = card;
  return [
    ...always,
    standing(card),
    severityWords(details?.severity ?? ''),
    names?.service ?? details?.service,
    names?.category ?? details?.category,
    openedFrom ?? card.opener ?? details?.openedBy,
    details?.openedAt,
    lastWord && [lastWord.by.side, lastWord.by.name, lastWord.by.way, lastWord.at, lastWord.by.caller],
    firstAnswer && [firstAnswer.at],
    owner?.name,
    // Not the plan: most cases are answered in the same time with all of them.
    targetOf(waitingOf(card)),
  ];
}

/** The card with whoever has the case now: last in it, so that {@link sameCard} always finds it in the same place. */
export function withOwner(card: Card, owner: Person | null): Card {
  const { owner: _, ...rest } = card;
  return owner === null ? rest : { ...rest, owner };
}
