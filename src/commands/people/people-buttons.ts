import { type CaseKey, caseKeyText } from '../../case/case-key.js';
import { ACTIONS } from '../../slack/action-ids.js';
import { button } from '../answer.js';
import { PEOPLE_WORDS } from '../words/people.js';

const BUTTONS = {
  take: (key: string) => button(PEOPLE_WORDS.take, ACTIONS.cardTake, key),
  giveBack: (key: string) => button(PEOPLE_WORDS.giveBack, ACTIONS.giveBackCase, key),
  follow: (key: string) => button(PEOPLE_WORDS.follow, ACTIONS.followCase, key),
  mute: (key: string) => button(PEOPLE_WORDS.mute, ACTIONS.muteCase, key),
} as const;

/** What a person may do next, below what they were told. */
export function peopleButtons(key: CaseKey, ...which: (keyof typeof BUTTONS)[]) {
  return { type: 'actions' as const, elements: which.map((each) => BUTTONS[each](caseKeyText(key))) };
}
