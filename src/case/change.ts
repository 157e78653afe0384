import type { Case } from './case.js';
import type { ChangeItem } from './item.js';
import type { LedgerEntry } from './ledger-entry.js';

/** A change of a case that no event announces. */
export type Changing = 'status' | 'severity';

/** How one of them stood when the card was kept last. */
export interface Stood {
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

/**
 * The entries that lead from how it stood to how it stands. The names of entries hold the new value and since when the
 * old one stood, and that is kept only once all is posted: so a run that dies in the middle finds what it has begun by
 * its name, and the same change on a later day has another. What was begun, and has changed again since, is told as well.
 */
export function changesSince(
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
