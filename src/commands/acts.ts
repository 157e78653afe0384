import { ACTIONS } from '../slack/action-ids.js';
import type { Message } from '../slack/message.js';
import { agreeToReopen, cancel, pickedToResolve, sendAgain } from './buttons.js';
import type { Command, CommandDeps } from './command-deps.js';
import { type Act, NOTHING, type OnAct } from './interaction.js';
import { listPageOf } from './list.js';
import { showQuoted } from './show-quoted.js';

/** What buttons and menus do, by the part of their name before a `:`. */
export const ACTS: Readonly<Record<string, OnAct>> = {
  [ACTIONS.openLink]: async () => NOTHING,
  [ACTIONS.listPage]: instead((deps, { value }) => listPageOf(deps, value)),
  [ACTIONS.resolvePick]: instead((deps, act) => pickedToResolve(deps, commandOf(act), act.value)),
  [ACTIONS.agreeToReopen]: instead((deps, act) => agreeToReopen(deps, clickOf(act))),
  [ACTIONS.sendAgain]: instead((deps, act) => sendAgain(deps, clickOf(act))),
  [ACTIONS.cancel]: instead((deps, act) => cancel(deps, clickOf(act))),
  [ACTIONS.showQuoted]: async (deps, { value }) => ({ say: await showQuoted(deps, value), instead: false }),
};

/** The answer takes the place of the message with the button. */
function instead(run: (deps: CommandDeps, act: Act) => Promise<Message>): OnAct {
  return async (deps, act) => ({ say: [await run(deps, act)], instead: true });
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
