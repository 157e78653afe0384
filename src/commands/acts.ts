import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import { answer } from './answer.js';
import { auditPageOf } from './audit/audit.js';
import { agreeToReopen, answerSecrets, cancel, pickedToResolve, sendAgain } from './buttons.js';
import { choseCase, choseToShow } from './choose-case.js';
import type { Command, CommandDeps } from './command-deps.js';
import { choseAccount, choseKind, choseService, wantsMoreRoom } from './create/form-acts.js';
import { fileLink, fileRetry } from './file-buttons.js';
import { refreshedHome } from './home/opened-home.js';
import { type Act, NOTHING, type OnAct } from './interaction.js';
import { listPageOf } from './list.js';
import {
  choseFromCard,
  pressedFollow,
  pressedGiveBack,
  pressedMute,
  pressedTake,
} from './people/people-acts.js';
import { refusedMessage } from './refused-message.js';
import { moreRoomForReply } from './reply-form/more-room.js';
import { openFromButton } from './reply-form/ways-in.js';
import { resolveFromCard } from './resolve.js';
import { searchPageOf } from './search.js';
import type { SecretsChoice } from './secrets-question.js';
import { showQuoted } from './show-quoted.js';
import { showText, textRetry } from './text-buttons.js';

/** What buttons and menus do, by the part of their name before a `:`. */
export const ACTS: Readonly<Record<string, OnAct>> = {
  [ACTIONS.openLink]: async () => NOTHING,
  [ACTIONS.listPage]: instead(listPageOf),
  [ACTIONS.resolvePick]: async (deps, act) => ({
    say: await pickedToResolve(deps, commandOf(act), act.value),
    instead: true,
  }),
  [ACTIONS.chooseCase]: choseCase,
  [ACTIONS.showCase]: choseToShow,
  [ACTIONS.agreeToReopen]: permitted(instead((deps, act) => agreeToReopen(deps, clickOf(act)))),
  [ACTIONS.sendAgain]: permitted(instead((deps, act) => sendAgain(deps, clickOf(act)))),
  [ACTIONS.fileLink]: fileLink,
  [ACTIONS.fileRetry]: fileRetry,
  [ACTIONS.cancel]: instead((deps, act) => cancel(deps, clickOf(act))),
  [ACTIONS.createAccount]: choseAccount,
  [ACTIONS.createService]: choseService,
  [ACTIONS.createCategory]: choseKind,
  [ACTIONS.createIssueType]: choseKind,
  [ACTIONS.createMoreRoom]: wantsMoreRoom,
  [ACTIONS.cardReply]: openFromButton,
  [ACTIONS.writeReply]: openFromButton,
  [ACTIONS.replyMoreRoom]: moreRoomForReply,
  [ACTIONS.cardResolve]: async (deps, act) => ({
    say: [await resolveFromCard(deps, commandOf(act), act.value)],
    instead: false,
  }),
  [ACTIONS.searchPage]: instead(searchPageOf),
  [ACTIONS.secretsRemove]: permitted(secrets('remove')),
  [ACTIONS.secretsSend]: permitted(secrets('send')),
  [ACTIONS.secretsCancel]: secrets('keep'),
  [ACTIONS.cardTake]: pressedTake,
  [ACTIONS.cardMore]: choseFromCard,
  [ACTIONS.giveBackCase]: pressedGiveBack,
  [ACTIONS.followCase]: pressedFollow,
  [ACTIONS.muteCase]: pressedMute,
  [ACTIONS.homeRefresh]: refreshedHome,
  [ACTIONS.showQuoted]: async (deps, act) => ({ say: await showQuoted(deps, act), instead: false }),
  [ACTIONS.showText]: async (deps, act) => ({ say: await showText(deps, act), instead: false }),
  [ACTIONS.auditPage]: instead(auditPageOf),
  [ACTIONS.textRetry]: async (deps, act) => ({ say: await textRetry(deps, act), instead: false }),
};

/** The answer takes the place of the message with the button. */
function instead(run: (deps: CommandDeps, act: Act) => Promise<Message>): OnAct {
  return async (deps, act) => ({ say: [await run(deps, act)], instead: true });
}

/** What a person has waiting is refused where they may not send it any more; it stays where it is, and so do its buttons. */
function permitted(run: OnAct): OnAct {
  return async (deps, act) => {
    const refused = await refusedMessage(deps, act, act.value);
    return refused === null ? run(deps, act) : { say: [answer(refused.say)], instead: false };
  };
}

function secrets(choice: SecretsChoice): OnAct {
  return async (deps, act) => ({ say: await answerSecrets(deps, clickOf(act), choice), instead: true });
}

function clickOf({ value, user, responseUrl }: Act) {
  return { reference: value, user, responseUrl };
}

/** A click as the command that it stands for. */
export function commandOf({
  user,
  userName,
  isStranger = false,
  channel,
  threadTs,
  responseUrl,
  trigger,
}: Act): Command {
  return {
    name: '/support',
    rest: '',
    user,
    userName,
    isStranger,
    channel,
    threadTs,
    responseUrl,
    request: trigger,
  };
}
