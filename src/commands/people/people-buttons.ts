import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import { ACTIONS } from '../../slack/action-ids.js';
import { LABELS } from '../../slack/labels.js';
import { button } from '../answer.js';

const BUTTONS = {
  take: (key: string) => button(LABELS.take, ACTIONS.cardTake, key),
  giveBack: (key: string) => button(LABELS.giveBack, ACTIONS.giveBackCase, key),
  follow: (key: string) => button(LABELS.follow, ACTIONS.followCase, key),
  mute: (key: string) => button(LABELS.mute, ACTIONS.muteCase, key),
} as const;

/** What a person may do next, below what they were told. */
export function peopleButtons(key: CaseKey, ...which: (keyof typeof BUTTONS)[]) {
  return { type: 'actions' as const, elements: which.map((each) => BUTTONS[each](caseKeyText(key))) };
}
