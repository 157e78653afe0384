import type { CallKind } from '../call-kind.js';

/**
 * What a call is about. `case-deed`: what the thread of the case shows. `case-change` and `case-read`: what it does not.
 * Any other is the kind as which the audit channel shows it.
 */
export type About = 'case-deed' | 'case-change' | 'case-read' | CallKind;

/** What the audit channel knows of an operation. */
export interface Operation {
  readonly about: About;
  /** Whether it only looks. CloudTrail's `readOnly` is missing in old records, and not always what people mean by it. */
  readonly reads: boolean;
  /** `tried to …`. */
  readonly to: string;
  /** `JaneDoe …`. */
  readonly did: string;
  /** What stands behind either; what is in braces the calls tell. Without `{account}` that comes behind it. */
  readonly what: string;
}

export type Operations = Readonly<Record<string, Operation>>;

export type Words = readonly [to: string, did: string, what: string];

/** Operations of one sort, each with its words. */
export function all(about: About, reads: boolean, words: Readonly<Record<string, Words>>): Operations {
  return Object.fromEntries(
    Object.entries(words).map(([name, [to, did, what]]) => [name, { about, reads, to, did, what }]),
  );
}
