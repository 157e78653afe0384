import type { ConfirmationDialog } from '@slack/types';

/** What stands on buttons and in menus, wherever they are: the same act has the same name. Plain; 75 characters at most. */
export const LABELS = {
  reply: 'Reply',
  resolve: 'Resolve',
  leaveOpen: 'Leave it open',
  take: "I'll take it",
  giveBack: 'Give it back',
  follow: 'Follow',
  mute: 'Mute',
  showInAws: 'Show in AWS',
  whoIsOn: 'Who is on this',
  openThread: 'Open the thread',
  readAnswer: 'Read the answer',
  showQuoted: 'Show quoted text',
  showText: 'Show the whole text',
  tryAgain: 'Try again',
  getLink: 'Get a link',
} as const;

/** Asked wherever one click would resolve a case. */
export const RESOLVE_CONFIRM: ConfirmationDialog = {
  title: { type: 'plain_text', text: 'Resolve this case?' },
  text: {
    type: 'plain_text',
    text: 'AWS stops working on it, and the thread shows your name. A reply within 14 days reopens it.',
  },
  confirm: { type: 'plain_text', text: LABELS.resolve },
  deny: { type: 'plain_text', text: LABELS.leaveOpen },
};
