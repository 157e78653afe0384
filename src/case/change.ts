import type { Card, LastWord } from './card.js';
import type { Case } from './case.js';
import { type ChangeItem, type Item, inOrder, isSpoken } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';
import type { Reading } from './reading.js';

/** A change of a case that no event announces. */
export type Changing = 'status' | 'severity';

/** How one of them stood when the card was kept last. */
interface Stood {
  readonly what: Changing;
  readonly value: string;
  /** Since when it has been seen like that, milliseconds since 1970. */
  readonly since: number;
}

interface Step {
  readonly id: string;
  readonly value: string;
  readonly at: number;
}

interface BeforeAndNow {
  /** As it was planned last. */
  readonly card: Card | null;
  readonly reading: Reading | null;
  readonly ledger: readonly LedgerEntry[];
  readonly now: number;
}

/**
 * Changes of status and severity that nobody announces. A new status that comes with a communication, a resolving or a
 * reopening is told by that: the card then says whose turn it is.
 */
export function changedItems(
  { card, reading, ledger, now }: BeforeAndNow,
  told: readonly Item[],
  posted: ReadonlySet<string>,
): ChangeItem[] {
  const details = card?.details ?? null;
  if (card === null || details === null || reading === null) return [];
  const { status, severity } = reading.case;
  const { statusSince = details.openedAt, severitySince = details.openedAt, lastWord } = card;
  const begun = new Set(ledger.map((row) => row.entry));
  const isTold =
    [details.status, status].includes('resolved') ||
    told.some((item) => !posted.has(item.id)) ||
    // What a run has told that died before it could keep the card.
    saysMore(told, lastWord) ||
    told.some((item) => item.kind === 'reopened' && item.at >= statusSince);
  return [
    ...changesSince(
      { what: 'status', value: details.status, since: statusSince },
      status,
      ledger,
      now,
    ).filter(({ id }) => begun.has(id) || !isTold),
    ...changesSince(
      { what: 'severity', value: details.severity, since: severitySince },
      severity,
      ledger,
      now,
    ),
  ];
}

/** Whether anybody said something after that. AWS's times are whole seconds, so the order decides where both are known. */
function saysMore(told: readonly Item[], lastWord: LastWord | undefined): boolean {
  const spoken = inOrder(told).filter(isSpoken);
  const last = spoken.findIndex(({ id }) => id === lastWord?.entry);
  return last === -1 ? spoken.some(({ at }) => at > (lastWord?.at ?? 0)) : last < spoken.length - 1;
}

/**
 * The entries that lead from how it stood to how it stands. The names of entries hold the new value and since when the
 * old one stood, and that is kept only once all is posted: so a run that dies in the middle finds what it has begun by
 * its name, and the same change on a later day has another. What was begun, and has changed again since, is told as well.
 */
function changesSince(
  { what, value, since }: Stood,
  now: Case[Changing],
  ledger: readonly LedgerEntry[],
  seenAt: number,
): ChangeItem[] {
  const steps = begun(what, since, ledger);
  const last = steps.at(-1)?.value ?? value;
  if (asInName(last) !== asInName(now)) {
    const id = `${what}=${asInName(now)}~${since}.${steps.length}`;
    steps.push({ id, value: now, at: seenAt });
  }
  return steps.map((step, index) => ({
    kind: 'changed',
    what,
    id: step.id,
    from: steps[index - 1]?.value ?? value,
    to: step.value,
    at: step.at,
    toldAt: null,
  }));
}

function begun(what: Changing, since: number, ledger: readonly LedgerEntry[]): Step[] {
  const found: (Step & { readonly number: number })[] = [];
  for (const { entry, part, at } of ledger) {
    const [, which, value, from, number] = /^(status|severity)=(\S*)~(\d+)\.(\d+)$/.exec(entry) ?? [];
    if (part !== 0 || which !== what || value === undefined || Number(from) !== since) continue;
    found.push({ id: entry, value: decodeURIComponent(value), at, number: Number(number) });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** AWS's words are short and plain; whatever they hold, the name of an entry has no blanks and is no longer than needed. */
function asInName(value: string): string {
  return encodeURIComponent([...value.toWellFormed()].slice(0, 40).join(''));
}
