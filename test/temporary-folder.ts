import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'casethread-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** For a child that may read no more than others: to root, nothing is forbidden. */
export function asNobody(): { uid?: number } {
  return process.getuid?.() === 0 ? { uid: 65_534 } : {};
}
