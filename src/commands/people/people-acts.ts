import type { CaseRight } from '../../case/permit.js';
import type { Message } from '../../slack/message.js';
import type { AuditEntry } from '../../store/audit-entry.js';
import { answer } from '../answer.js';
import type { CommandDeps } from '../command-deps.js';
import type { FoundCase } from '../find-case.js';
import { type Act, type Heard, NOTHING, type OnAct } from '../interaction.js';
import { refusal } from '../permit.js';
import { personName } from '../person-name.js';
import { quoted } from '../quoted.js';
import type { Doing } from '../trail.js';
import { PEOPLE_WORDS } from '../words/people.js';
import { WORDS } from '../words/words.js';
import { caseOfAct } from './case-of-act.js';
import { peopleButtons } from './people-buttons.js';
import { giveBack, nameOf, take } from './take.js';
import { whoIsOn } from './who.js';

type Found = Extract<FoundCase, { found: true }>;

export const pressedTake = ofCase('take', 'reply', async (deps, act, found) =>
  take(deps, found, { user: act.user, name: await personName(deps, act) }, act),
);

export const pressedGiveBack = ofCase('give-back', 'read', async (deps, act, found) => {
  const given = await giveBack(deps, found, doingOf(act));
  if (given !== null) return given;
  const { owner } = (await deps.store.caseFile(found.key)).people;
  return answer(
    PEOPLE_WORDS.notYoursToGive(nameOf(deps, found), owner === null ? null : quoted(owner.name)),
    peopleButtons(found.key, 'take'),
  );
});

export const pressedFollow = ofCase('follow', 'read', async (deps, act, found) => {
  await deps.store.follow(found.key, act.user, 'follows', await lineOf(deps, act, found, 'follow'));
  return answer(PEOPLE_WORDS.follows(nameOf(deps, found)), peopleButtons(found.key, 'mute'));
});

export const pressedMute = ofCase('mute', null, async (deps, act, found) => {
  await deps.store.follow(found.key, act.user, 'muted', await lineOf(deps, act, found, 'mute'));
  const { owner } = (await deps.store.caseFile(found.key)).people;
  const say = owner?.user === act.user ? PEOPLE_WORDS.mutedOwner : PEOPLE_WORDS.muted;
  return answer(say(nameOf(deps, found)), peopleButtons(found.key, 'follow'));
});

function doingOf({ user, userName, channel, threadTs }: Act): Doing {
  return { user, userName, channel, threadTs };
}

function lineOf(deps: CommandDeps, act: Act, found: Found, deed: string): Promise<AuditEntry> {
  return deps.trail.line({ ...doingOf(act), found }, deed);
}

/** The menu on the card, by the value of what was chosen. The thread says for which case. */
export const CARD_MENU: Readonly<Record<string, OnAct>> = {
  // Its address has opened by then.
  aws: async () => NOTHING,
  'give-back': pressedGiveBack,
  who: ofCase('read', 'read', (deps, act, found) => whoIsOn(deps, found, act)),
  follow: pressedFollow,
  mute: pressedMute,
};

export const choseFromCard: OnAct = async (deps, act) => {
  const run = Object.hasOwn(CARD_MENU, act.value) ? CARD_MENU[act.value] : undefined;
  return run === undefined ? { say: [answer(WORDS.unknownButton)], instead: false } : run(deps, act);
};

/**
 * Who takes care of a case acts on it, so that needs what a reply needs; whoever wants to hear no more may always say so.
 *
 * The answer takes the place of an ephemeral message with the button; in a direct message it follows it.
 */
function ofCase(
  deed: string,
  right: CaseRight | null,
  run: (deps: CommandDeps, act: Act, found: Found) => Promise<Message>,
): OnAct {
  return async (deps, act): Promise<Heard> => {
    // Whoever may is named in the audit trail: the wait for that must not come on top of the others.
    void personName(deps, act);
    const found = await caseOfAct(deps, act);
    const refused = found.found && right !== null ? await refusal(deps, act, [right], found, { deed }) : null;
    const said =
      refused !== null ? answer(refused) : found.found ? await run(deps, act, found) : answer(found.say);
    if (!isDirect(act)) return { say: [said], instead: act.isEphemeral };
    // An ephemeral answer would stand in a thread below it, where nobody looks.
    await deps.slack.postDirect(act.user, said);
    return NOTHING;
  };
}

/** Conversations with one person have ids of their own kind. */
function isDirect({ channel, isEphemeral }: Act): boolean {
  return channel.startsWith('D') && !isEphemeral;
}
