import type { PlainTextOption } from '@slack/types';
import { SLACK_LIMITS } from '../../slack/limits.js';
import { SlackError } from '../../slack/slack-error.js';
import type { Choices } from '../../support/catalogue.js';
import type { Language } from '../../support/support-api.js';
import type { CommandDeps } from '../command-deps.js';
import { NOTHING, type OnAct, type OnTyping, type OpenView } from '../interaction.js';
import { accountsToOpenIn, servicesInUse } from './accounts.js';
import { type CreateForm, createForm } from './create-form.js';
import { channelOf, EMPTY, type Filled, filledIn } from './filled.js';
import { findServices } from './find-services.js';
import { likelyIssueType } from './issue-type.js';
import { coded, option } from './options.js';

/** Another account has other choices: what was chosen from the old ones is chosen anew. */
export const choseAccount: OnAct = (deps, { view }) =>
  shownAnew(deps, view, (filled) => ({ ...EMPTY, ...pick(filled, ['account', 'subject', 'boxes']) }));

/** The service's categories appear, and it is for those for whom such a case most likely is. */
export const choseService: OnAct = (deps, { view }) =>
  shownAnew(deps, view, (filled) => ({ ...filled, category: null, issueType: null }));

/** The category, or for whom it is: the languages in which AWS handles such a case take the place of all. */
export const choseKind: OnAct = (deps, { view }) => shownAnew(deps, view, (filled) => filled);

export const wantsMoreRoom: OnAct = (deps, { view }) =>
  shownAnew(deps, view, (filled) => ({ ...filled, boxes: [...filled.boxes, ''] }));

/** The services that fit what was typed so far. */
export const typesService: OnTyping = async (deps, { typed, view }): Promise<PlainTextOption[]> => {
  const account = await accountOf(deps, view === null ? EMPTY : filledIn(view.values));
  const [{ services }, inUse] = await Promise.all([choicesFor(deps, account), servicesInUse(deps, account)]);
  return findServices(services, typed, inUse)
    .slice(0, SLACK_LIMITS.options)
    .map(({ name, code }) => option(name, code));
};

/** The account that is chosen, or the only one. What a client names must be one of ours. */
export async function accountOf(deps: CommandDeps, { account }: Filled): Promise<string> {
  const accounts = await accountsToOpenIn(deps);
  return accounts.find((each) => each === account) ?? accounts[0] ?? '';
}

/** Yesterday's are good enough for a form that is open. */
export async function choicesFor({ catalogue }: CommandDeps, account: string): Promise<Choices> {
  return catalogue.known(account) ?? catalogue.choices(account);
}

/** What the form has to look like with what stands in it. Rejects where AWS has to be asked and does not answer. */
export async function formWith(deps: CommandDeps, channel: string, filled: Filled): Promise<CreateForm> {
  const account = await accountOf(deps, filled);
  const choices = await choicesFor(deps, account);
  return {
    channel,
    accounts: await accountsToOpenIn(deps),
    choices,
    languages: await languagesFor(deps, account, choices, filled),
    filled,
  };
}

async function languagesFor(
  { catalogue }: CommandDeps,
  account: string,
  { services }: CreateForm['choices'],
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

async function shownAnew(deps: CommandDeps, view: OpenView | null, change: (filled: Filled) => Filled) {
  if (view === null) return NOTHING;
  const form = createForm(await formWith(deps, channelOf(view), change(filledIn(view.values))));
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
