import { ACTIONS } from '../slack/action-ids.js';

const WORDS = ['reply', 'resolve', 'create', 'doctor', 'audit'];

const ACTS: Readonly<Record<string, string>> = {
  [ACTIONS.cardReply]: 'reply',
  [ACTIONS.writeReply]: 'reply',
  [ACTIONS.agreeToReopen]: 'reply',
  [ACTIONS.cardResolve]: 'resolve',
  [ACTIONS.resolvePick]: 'resolve',
  [ACTIONS.chooseCase]: 'choose-case',
  [ACTIONS.sendAgain]: 'send-again',
  [ACTIONS.cancel]: 'cancel',
  [ACTIONS.cardTake]: 'take',
  [ACTIONS.giveBackCase]: 'give-back',
  [ACTIONS.followCase]: 'follow',
  [ACTIONS.muteCase]: 'mute',
  [ACTIONS.auditPage]: 'audit',
  [ACTIONS.showQuoted]: 'read',
  [ACTIONS.showText]: 'read',
  [ACTIONS.fileLink]: 'read',
};

/** What somebody wanted who was refused before anybody looked at it, in the words of the audit trail. */
export function deedOfWord(word: string): string {
  const known = word.toLowerCase().replace(/[:,.!?]+$/, '');
  if (known === 'show') return 'read';
  return WORDS.includes(known) ? known : 'mention';
}

export function deedOfAction(action: string): string {
  return (Object.hasOwn(ACTS, action) ? ACTS[action] : undefined) ?? 'press';
}
