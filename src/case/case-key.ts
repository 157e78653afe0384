/**
 * Who a case is: the account that owns it and AWS's case id. The case id is opaque: its parts (language tag, year)
 * are known to differ between AWS's own answers for the same case. The display id is only what people say, and two
 * accounts may share one.
 */
export interface CaseKey {
  /** 12 digits. */
  readonly account: string;
  /** Opaque, e.g. `case-111122223333-muen-2022-7118885805350839`. */
  readonly caseId: string;
}

/** The key as one string, for queues, database rows and message metadata. Account ids never contain a slash. */
export function caseKeyText(key: CaseKey): string {
  return `${key.account}/${key.caseId}`;
}

/** The reverse of {@link caseKeyText}. Throws on a text that it did not make: that is a bug, not a person's typing. */
export function parseCaseKey(text: string): CaseKey {
  const slash = text.indexOf('/');
  if (slash < 1 || slash === text.length - 1) throw new Error('not a case key');
  return { account: text.slice(0, slash), caseId: text.slice(slash + 1) };
}

export function sameCase(a: CaseKey, b: CaseKey): boolean {
  return a.account === b.account && a.caseId === b.caseId;
}
