import type { PermitPerson, PersonKind, Verdict } from './permit.js';

/** What is known of a person; null where nobody can say it now. */
export interface KnownOfPerson {
  readonly user: string;
  /** Whether they are in each user group that counts. */
  readonly groups: ReadonlyMap<string, boolean | null>;
  readonly kind: PersonKind | null;
  readonly inChannel: boolean | null;
}

const KINDS: readonly PersonKind[] = ['member', 'guest', 'stranger'];

/**
 * Goes by what is known as far as that decides: where every way in which it may be leads to the same, that; else
 * `unsure`. What would only let somebody in on a guess does not, but where no rule decides: see `isGuessed`.
 */
export function permitInDoubt(
  known: KnownOfPerson,
  permitted: (person: PermitPerson) => Verdict,
): Verdict | 'unsure' {
  let first: Verdict | null = null;
  for (const person of waysOf(known)) {
    const verdict = permitted(person);
    first ??= verdict;
    if (verdict.may !== first.may) return 'unsure';
  }
  return first ?? 'unsure';
}

function* waysOf({ user, groups, kind, inChannel }: KnownOfPerson): Generator<PermitPerson> {
  const certain = new Set([...groups].flatMap(([group, isIn]) => (isIn === true ? [group] : [])));
  const possible = new Set([...groups].flatMap(([group, isIn]) => (isIn === false ? [] : [group])));
  // To be in one more group lets nobody do less, so what lies between the two lies between them.
  const sets = certain.size === possible.size ? [certain] : [certain, possible];
  for (const each of sets)
    for (const is of kind === null ? KINDS : [kind])
      for (const here of inChannel === null ? [false, true] : [inChannel])
        yield {
          user,
          groups: each,
          kind: is,
          inChannel: here,
          ...(kind === null ? { isGuessed: true } : {}),
        };
}
