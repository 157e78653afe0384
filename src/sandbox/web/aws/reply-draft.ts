/** What somebody has begun to write on a case; kept while they look at other cases. */
import type { From } from '../../aws/case-state.js';
import { sharedState } from '../shared-state.js';

export interface ReplyDraft {
  from: From;
  text: string;
  files: readonly File[];
}

const EMPTY: ReplyDraft = { from: 'aws', text: '', files: [] };
const drafts = sharedState<Readonly<Record<string, ReplyDraft>>>({});

export function useReplyDraft(caseId: string): ReplyDraft {
  return drafts.use()[caseId] ?? EMPTY;
}

export function changeReplyDraft(caseId: string, change: Partial<ReplyDraft>): void {
  const all = drafts.get();
  drafts.set({ ...all, [caseId]: { ...(all[caseId] ?? EMPTY), ...change } });
}

/** After it was sent: the text goes, whom they play stays. */
export function clearReplyDraft(caseId: string): void {
  changeReplyDraft(caseId, { text: '', files: [] });
}

/** The case whose reply somebody has been led to; the form goes there, and forgets it. */
export const replyAsked = sharedState<string | null>(null);
