import type { Finding } from './finding.js';

type Make = (says: string, remedy?: string | null) => Finding;

export interface Found {
  readonly ok: Make;
  readonly warn: Make;
  readonly fail: Make;
}

/** Makes findings of one check. */
export function found(about: Finding['about'], check: string): Found {
  const as =
    (state: Finding['state']): Make =>
    (says, remedy = null) => ({ check, about, state, says, remedy });
  return { ok: as('ok'), warn: as('warn'), fail: as('fail') };
}

/** Sentences that say what is wrong and then what to do, as errors of ours have them. */
export function splitSentence(sentence: string): { readonly says: string; readonly remedy: string | null } {
  const end = sentence.search(/[.?] (?=[A-Z])/);
  if (end === -1) return { says: sentence, remedy: null };
  return { says: sentence.slice(0, end + 1), remedy: sentence.slice(end + 2) };
}
