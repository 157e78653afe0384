/**
 * All our keys begin with this. The braces keep them together on one node of a cluster, where scripts need them. What is
 * kept under which key stands in the file that reads and writes it.
 */
export const PREFIX = '{casethread}:';

/** What the keys of one inbox begin with; see MARK_LUA. */
export function inboxBase(queue: string): string {
  return `${PREFIX}inbox:${queue}`;
}

/** What is kept of one marked key; also the lock of the lease on it. */
export function markKey(queue: string, key: string): string {
  return `${inboxBase(queue)}:mark:${key}`;
}
