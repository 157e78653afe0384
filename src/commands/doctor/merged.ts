import { ofAnyAccount, withoutId } from '../../case/of-account.js';
import type { Finding } from '../../doctor/finding.js';
import { DOCTOR_WORDS as WORDS } from '../words/doctor.js';

/** A finding as it is shown: one, or the same of several accounts. */
export interface ShownFinding extends Finding {
  /** The accounts of which it is true, where there are several. */
  readonly of: readonly string[];
}

/** What was found alike in several accounts becomes one finding, in the place of the first. */
export function merged(findings: readonly Finding[]): ShownFinding[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { check, about, state, says, remedy } = finding;
    const id = accountIn(check);
    // Checks that are of no account are shown each by itself.
    const key = id === null ? [check] : ['', about, state, toAny(says, id), toAny(remedy ?? '', id)];
    const text = JSON.stringify(key);
    alike.set(text, [...(alike.get(text) ?? []), finding]);
  }
  return [...alike.values()].flatMap((same): ShownFinding[] => {
    const [first] = same;
    const id = accountIn(first?.check ?? '');
    if (first === undefined || id === null || same.length === 1)
      return same.map((each) => ({ ...each, of: [] }));
    const { says, remedy } = first;
    return [
      {
        ...first,
        check: WORDS.accounts(same.length),
        says: toAny(says, id),
        remedy: remedy === null ? null : toAny(remedy, id),
        of: same.map(({ check }) => check),
      },
    ];
  });
}

/** The check of an account is called by its name: `production (111122223333)`. */
function accountIn(check: string): string | null {
  return /(?:^|\()(\d{12})\)?$/.exec(check)?.[1] ?? null;
}

function toAny(sentence: string, id: string): string {
  return withoutId(ofAnyAccount(sentence), id);
}
