import { type CaseKey, caseKeyText, parseCaseKey } from '../case/case-key.js';

/** What a button that shows quoted mail carries: everything, for the message may be older than the store. */
export function quotedValue(key: CaseKey, entry: string): string {
  return `${caseKeyText(key)} ${entry}`;
}

/** Null when it is none. */
export function readQuotedValue(value: string): { readonly key: CaseKey; readonly entry: string } | null {
  const [, key = '', entry = ''] = /^(\d+\/.+) (\S+)$/s.exec(value) ?? [];
  return entry === '' ? null : { key: parseCaseKey(key), entry };
}
