import type { ModalView } from '@slack/types';
import { SEVERITIES } from '../../case/severities.js';
import type { Message } from '../../slack/message.js';
import { SlackError } from '../../slack/slack-error.js';
import { OWN_ACCOUNT } from '../../support/support-api.js';
import { SupportError } from '../../support/support-error.js';
import { errorFields } from '../../telemetry/log.js';
import type { Command, CommandDeps } from '../command-deps.js';
import { notice } from '../form-parts/open-form.js';
import { givenBack } from '../given-back.js';
import { inTime } from '../in-time.js';
import { mightOpen, refusalToOpen } from '../permit.js';
import { quoted } from '../quoted.js';
import { typedText } from '../typed-text.js';
import { awsTrouble } from '../words/aws-trouble.js';
import { CREATE_FORM_WORDS, CREATE_WORDS } from '../words/create.js';
import { FORM_WORDS } from '../words/forms.js';
import { wordsOfFailure } from '../words-of-failure.js';
import { accountsToOpenIn, openTo } from './accounts.js';
import { createForm } from './create-form.js';
import { type Filled, filledWith, sealedPlace } from './filled.js';
import { choicesWith, type Place } from './form-acts.js';

/** A trigger lasts three seconds, and the form needs most of them. */
const SOON_MS = 800;

/**
 * `/support create`: opens the form at once. What AWS has to be asked for comes into a form that is open already: a
 * trigger lasts three seconds. What was typed behind the word is the subject.
 */
export async function create(deps: CommandDeps, command: Command): Promise<Message[]> {
  const { views, catalogue, log } = deps;
  const { channel, user, request: trigger } = command;
  const [all, typed, might] = await Promise.all([
    accountsToOpenIn(deps, channel),
    typedText(deps, command.rest),
    // What is not known soon counts as allowed: it is asked again when the form is sent.
    inTime(mightOpen(deps, command), SOON_MS, () => true),
  ]);
  const accounts = openTo(all, might);
  const refused = await refusedToOpen(deps, command, accounts, might, typed);
  if (refused !== null) return givenBack(refused, typed);
  const filled = filledWith(typed);
  const [account = ''] = accounts;
  const known = catalogue.known(account);
  const sealed = sealedPlace(deps, user, channel);
  try {
    if (known !== null) {
      const { accountName } = deps;
      const mayHave = (severity: string) => might(account, severity);
      const form = { channel, sealed, accounts, accountName, choices: known, languages: [], filled, mayHave };
      await views.open(trigger, createForm(form));
      return [];
    }
    const id = await views.open(trigger, notice(CREATE_FORM_WORDS.title, CREATE_FORM_WORDS.loading));
    // Slack has its answer meanwhile.
    void firstForm(deps, { user, channel, sealed, account: null }, filled)
      .then((form) => views.update(id, form))
      .catch((error: unknown) => {
        // Closed before it was filled: whoever did it does not want it.
        if (error instanceof SlackError && error.kind === 'gone') return;
        log.warn('a form could not be filled', errorFields(error));
      });
    return [];
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    log.warn('a form did not open', errorFields(error));
    return givenBack(
      error.kind === 'expired' ? CREATE_WORDS.formExpired(command.name) : FORM_WORDS.doesNotOpen,
      typed,
    );
  }
}

/** Why there is no case at all that the person could open; null where there may be one. */
async function refusedToOpen(
  deps: CommandDeps,
  command: Command,
  accounts: readonly string[],
  might: Awaited<ReturnType<typeof mightOpen>>,
  text: string,
): Promise<string | null> {
  if (accounts.some((account) => SEVERITIES.some((severity) => might(account, severity)))) return null;
  const [account = OWN_ACCOUNT] = accounts;
  const details = { severity: SEVERITIES[0], service: '', category: '' };
  return refusalToOpen(deps, command, ['create'], { account, details }, { text });
}

async function firstForm(deps: CommandDeps, place: Place, filled: Filled): Promise<ModalView> {
  try {
    return createForm(await choicesWith(deps, place, filled));
  } catch (error) {
    const isAws = error instanceof SupportError;
    if (!isAws) deps.log.error('a form could not be made', errorFields(error));
    const why = isAws
      ? CREATE_FORM_WORDS.cannotAsk(quoted(awsTrouble(error), 600))
      : await wordsOfFailure(deps);
    return notice(CREATE_FORM_WORDS.title, why);
  }
}
