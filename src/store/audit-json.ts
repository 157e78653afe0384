import { parseCaseKey } from '../case/case-key.js';
import type { AuditEntry, AuditLine } from './audit-entry.js';

/** A line as it is kept, but for its case, id and time: what is null is left out. */
export function auditJson({ key: _, ...entry }: AuditEntry): string {
  return JSON.stringify(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)));
}

const NULLS = {
  channel: null,
  threadTs: null,
  displayId: null,
  why: null,
  length: null,
  hash: null,
  files: null,
  reference: null,
  awsRequestId: null,
};

/** @param key of the case as a text; null where there is none. */
export function auditLine(id: string, at: number, key: string | null, json: string): AuditLine {
  const entry = JSON.parse(json) as AuditEntry;
  return { id, at, ...NULLS, ...entry, key: key === null ? null : parseCaseKey(key) };
}
