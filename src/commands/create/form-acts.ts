import type { PlainTextOption } from '@slack/types';
import { foldedAlias } from '../../case/account-name.js';
import { SLACK_LIMITS } from '../../slack/limits.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Choices } from '../../support/catalogue.js';
import { type Language, OWN_ACCOUNT } from '../../support/support-api.js';
import { SupportError } from '../../support/support-error.js';
import type { CommandDeps } from '../command-deps.js';
import { type Act, NOTHING, type OnAct, type OnTyping, type OpenView } from '../interaction.js';
import { mightOpen } from '../permit.js';
import { quoted } from '../quoted.js';
import { awsTrouble } from '../words/aws-trouble.js';
import { CREATE_FORM_WORDS as WORDS } from '../words/create.js';
import { accountsToOpenIn, isOpenTo, openTo, servicesInUse } from './accounts.js';
import { type CreateForm, createForm } from './create-form.js';
import { EMPTY, type Filled, filledIn, type Remembered, rememberedIn } from './filled.js';
import { findServices } from './find-services.js';
import { likelyIssueType } from './issue-type.js';
import { coded, option } from './options.js';

/** Another account has other choices: what was chosen from the old ones is chosen anew. */
export const choseAccount: OnAct = (deps, act) =>
  shownAnew(deps, act, (filled) => ({ ...EMPTY, ...pick(filled, ['account', 'subject', 'boxes']) }));

/** The service's categories appear, and it is for those for whom such a case most likely is. */
export const choseService: OnAct = (deps, act) =>
  shownAnew(deps, act, (filled) => ({ ...filled, category: null, issueType: null }));

/** The category, or for whom it is: the languages in which AWS handles such a case take the place of all. */
export const choseKind: OnAct = (deps, act) => shownAnew(deps, act, (filled) => filled);

export const wantsMoreRoom: OnAct = (deps, act) =>
  shownAnew(deps, act, (filled) => ({ ...filled, boxes: [...filled.boxes, ''] }));

/** The services that fit what was typed so far. */
export const typesService: OnTyping = async (deps, { typed, view }): Promise<PlainTextOption[]> => {
  const { account } = await accountFor(deps, placeOf(view), view === null ? EMPTY : filledIn(view.values));
  if (account === null) return [];
  const [{ services }, inUse] = await Promise.all([choicesFor(deps, account), servicesInUse(deps, account)]);
  return findServices(services, typed, inUse)
    .slice(0, SLACK_LIMITS.options)
    .map(({ name, code }) => option(name, code));
};

/**
 * The accounts whose alias or id holds every word that was typed so far, first those that are called so: short digits stand
 * in many ids. Where somebody looks for one in which no case can be opened, it is shown with the reason.
 */
export const typesAccount: OnTyping = async (deps, { typed, user, view }): Promise<PlainTextOption[]> => {
  const [all, might] = await Promise.all([
    accountsToOpenIn(deps, placeOf(view).channel),
    mightOpen(deps, { user, channel: '' }),
  ]);
  const accounts = openTo(all, might);
  const sought = foldedAlias(typed);
  const words = sought.split(' ');
  const known = deps.knownAccounts();
  const closed = known
    .filter(({ id }) => deps.accounts.whyNotAsked(id) !== null && isOpenTo(id, might))
    .map(({ id }) => id);
  const rank = (account: string): number => {
    const alias = foldedAlias(known.find(({ id }) => id === account)?.alias ?? '');
    if (alias === sought) return 0;
    if (alias.startsWith(sought)) return 1;
    return words.every((word) => alias.includes(word)) ? 2 : 3;
  };
  return [...accounts, ...(sought === '' ? [] : closed)]
    .map((account) => ({ account, name: deps.accountName(account), rank: rank(account) }))
    .filter(({ name }) => words.every((word) => foldedAlias(name).includes(word)))
    .sort((one, other) => (sought === '' ? 0 : one.rank - other.rank))
    .slice(0, SLACK_LIMITS.options)
    .map(({ account, name }) => option(name, account, closed.includes(account) ? WORDS.accountClosed : null));
};

function placeOf(view: OpenView | null): Remembered {
  return view === null ? { channel: '', account: null, sealed: '' } : rememberedIn(view);
}

/**
 * The account that is chosen, or of which the form says so, with those that there are. What a client names must be one of
 * ours. Null where it is none of them any more: the case must not be opened in another one.
 */
async function accountFor(
  deps: CommandDeps,
  { channel, account: shown }: Remembered,
  { account: chosen }: Filled,
  might: (account: string, severity: string) => boolean = () => true,
): Promise<{ readonly account: string | null; readonly accounts: readonly string[] }> {
  const all = await accountsToOpenIn(deps, channel);
  const accounts = openTo(all, might);
  const [first = OWN_ACCOUNT] = accounts;
  const meant = chosen ?? shown ?? first;
  // Whether it may be opened there is asked when it is sent.
  if (all.includes(meant)) return { account: meant, accounts };
  // With one set of credentials there is one account, by whatever name it was known when the form was opened.
  const isListed = deps.accounts.all('person').some((each) => each.account !== null);
  const isOnly = !isListed || (meant === OWN_ACCOUNT && accounts.length === 1);
  return { account: isOnly ? first : null, accounts };
}

/** Yesterday's are good enough for a form that is open. */
async function choicesFor({ catalogue }: CommandDeps, account: string): Promise<Choices> {
  return catalogue.known(account) ?? catalogue.choices(account);
}

/** The form of a person. */
export interface Place extends Remembered {
  readonly user: string;
}

/** A form, and the account that is chosen in it. */
export interface FormIn extends CreateForm {
  readonly account: string | null;
}

/**
 * What there is to choose from, without the languages of the case. Where AWS does not say it for one of several accounts,
 * the form says why, and another one can be chosen; rejects where there is no other.
 */
export async function choicesWith(deps: CommandDeps, place: Place, filled: Filled): Promise<FormIn> {
  const { channel, sealed, user } = place;
  // Where somebody is, no form says: its client could change it.
  const might = await mightOpen(deps, { user, channel: '' });
  const { account, accounts } = await accountFor(deps, place, filled, might);
  const mayHave = (severity: string) => might(account ?? '', severity);
  const form = {
    channel,
    sealed,
    accounts,
    accountName: deps.accountName,
    languages: [],
    filled,
    account,
    mayHave,
  };
  if (account === null) {
    const chosen = deps.knownAccounts().find(({ id }) => id === filled.account)?.id;
    const why = chosen === undefined ? null : deps.accounts.whyNotAsked(chosen);
    const notice = why === null ? WORDS.accountGone : WORDS.cannotOpenIn(quoted(why, 600));
    return { ...form, filled: { ...filled, account: null }, choices: null, notice };
  }
  try {
    return { ...form, choices: await choicesFor(deps, account) };
  } catch (error) {
    if (!(error instanceof SupportError) || accounts.length <= 1) throw error;
    const name = quoted(deps.accountName(account));
    const notice = WORDS.cannotAskIn(name, quoted(awsTrouble(error), 600));
    return { ...form, filled: { ...filled, account }, choices: null, notice };
  }
}

/** What the form has to look like with what stands in it. */
export async function formWith(deps: CommandDeps, place: Place, filled: Filled): Promise<CreateForm> {
  const form = await choicesWith(deps, place, filled);
  const { account, choices } = form;
  if (account === null || choices === null) return form;
  return { ...form, languages: await languagesFor(deps, account, choices, filled) };
}

async function languagesFor(
  { catalogue }: CommandDeps,
  account: string,
  { services }: Choices,
  { service: serviceId, category: categoryId, issueType }: Filled,
): Promise<readonly Language[]> {
  const service = coded(services, serviceId);
  const category = coded(service?.categories ?? [], categoryId);
  if (service === undefined || category === undefined) return [];
  return catalogue.languages(
    account,
    issueType ?? likelyIssueType(service.code),
    service.code,
    category.code,
  );
}

async function shownAnew(
  deps: CommandDeps,
  { view, user }: Pick<Act, 'view' | 'user'>,
  change: (filled: Filled) => Filled,
) {
  if (view === null) return NOTHING;
  const form = createForm(
    await formWith(deps, { ...rememberedIn(view), user }, change(filledIn(view.values))),
  );
  try {
    await deps.views.update(view.id, form, view.hash);
  } catch (error) {
    // Closed; or shown anew since the click, by another one: what was typed into that must not go.
    const isPast = error instanceof SlackError && (error.kind === 'gone' || error.code === 'hash_conflict');
    if (!isPast) throw error;
  }
  return NOTHING;
}

function pick<T, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}
