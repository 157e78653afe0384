import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
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
  [ACTIONS.listPage]: instead((deps, { value }) => listPageOf(deps, value)),
  [ACTIONS.resolvePick]: async (deps, act) => ({
    say: await pickedToResolve(deps, commandOf(act), act.value),
    instead: true,
  }),
  [ACTIONS.chooseCase]: choseCase,
  [ACTIONS.showCase]: choseToShow,
  [ACTIONS.agreeToReopen]: instead((deps, act) => agreeToReopen(deps, clickOf(act))),
  [ACTIONS.sendAgain]: instead((deps, act) => sendAgain(deps, clickOf(act))),
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
  [ACTIONS.searchPage]: instead((deps, { value }) => searchPageOf(deps, value)),
  [ACTIONS.secretsRemove]: secrets('remove'),
  [ACTIONS.secretsSend]: secrets('send'),
  [ACTIONS.secretsCancel]: secrets('keep'),
  [ACTIONS.cardTake]: pressedTake,
  [ACTIONS.cardMore]: choseFromCard,
  [ACTIONS.giveBackCase]: pressedGiveBack,
  [ACTIONS.followCase]: pressedFollow,
  [ACTIONS.muteCase]: pressedMute,
  [ACTIONS.homeRefresh]: refreshedHome,
  [ACTIONS.showQuoted]: async (deps, { value }) => ({ say: await showQuoted(deps, value), instead: false }),
  [ACTIONS.showText]: async (deps, act) => ({ say: await showText(deps, act), instead: false }),
  [ACTIONS.auditPage]: instead(auditPageOf),
  [ACTIONS.textRetry]: async (deps, act) => ({ say: await textRetry(deps, act), instead: false }),
};

/** The answer takes the place of the message with the button. */
function instead(run: (deps: CommandDeps, act: Act) => Promise<Message>): OnAct {
  return async (deps, act) => ({ say: [await run(deps, act)], instead: true });
}

function secrets(choice: SecretsChoice): OnAct {
  return async (deps, act) => ({ say: await answerSecrets(deps, clickOf(act), choice), instead: true });
}

function clickOf({ value, user, responseUrl }: Act) {
  return { reference: value, user, responseUrl };
}

/** A click as the command that it stands for. */
export function commandOf({ user, userName, channel, threadTs, responseUrl, trigger }: Act): Command {
  return {
    name: '/support',
    rest: '',
    user,
    userName,
    channel,
    threadTs,
    responseUrl,
    request: trigger,
  };
}
