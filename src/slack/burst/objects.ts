import type { ApiCall } from '../../case/calls/api-call.js';
import type { Operation } from '../../case/calls/operations/operation.js';
import { isReading, operationOf, serviceOfCall } from '../../case/calls/operations/operation-of.js';
import { severityWords } from '../../case/words.js';
import { consoleLink } from '../console-link.js';
import { oneLine } from '../one-line.js';
import { link, plain } from '../rich-text.js';
import { distinct, type Item, type Line, listed, textItem } from './listed.js';
import { planPhrase, scheduleLine } from './plan-phrase.js';

const FIELD = 80;
/** The fields of a record are cut there: of a longer list the last one may not be whole. */
const CUT_LIST = 190;

/** The calls of a burst. */
export interface Same {
  readonly first: ApiCall;
  readonly calls: readonly ApiCall[];
  /** Whether there were others between the first and the second. */
  readonly isCut: boolean;
  readonly before: Readonly<Record<string, string>> | null;
  /** What people call the account. */
  readonly account: string;
}

/** What was done, or tried: `resolved Case 1234`. */
export function deedOf(same: Same): Line {
  const operation = operationOf(same.first) ?? unknown(same.first);
  const { to, did } = operation.what.includes('{plan}') ? planPhrase(same.first, same.before) : operation;
  const { what: words } = operation;
  const whole = words.includes('{account}') ? words : `${words} in {account}`;
  const what = whole.split(/(\{[a-z ]+\})/).flatMap((part) => {
    const slot = Object.hasOwn(SLOTS, part) ? SLOTS[part] : undefined;
    return slot === undefined ? [plain(part)] : slot(same);
  });
  return [plain(`${same.first.error === null ? did : to} `), ...what];
}

function unknown(call: ApiCall): Operation {
  const on = call.caseId === '' && call.displayId === '' ? '' : ' on {case}';
  const name = oneLine(call.name, FIELD).replace(/[{}]/g, '');
  return {
    about: 'other-changes',
    reads: isReading(call),
    to: 'call',
    did: 'called',
    what: `${name} of ${oneLine(serviceOfCall(call), FIELD).replace(/[{}]/g, '')}${on}`,
  };
}

const SLOTS: Readonly<Record<string, (same: Same) => Line>> = {
  '{case}': (same) => cases(same, 'a case'),
  '{cases}': (same) => cases(same, 'the cases'),
  '{about}': (same) => [plain(aboutNew(same))],
  '{account}': ({ account }) => [plain(`account ${account}`)],
  '{check}': checks,
  '{channel}': ({ first: { told } }) => {
    const channel = named(told.channelName && `#${told.channelName.replace(/^#/, '')}`, told.channelId);
    return [plain(channel === '' ? 'a Slack channel' : `the Slack channel ${channel}`)];
  },
  '{workspace}': ({ first: { told } }) => {
    const workspace = named(told.teamName, told.teamId);
    return [plain(workspace === '' ? 'a Slack workspace' : `the Slack workspace ${workspace}`)];
  },
  '{alias}': ({ first: { told } }) => {
    const alias = oneLine(told.accountAlias ?? '', FIELD);
    return [plain(alias === '' ? '' : ` to “${alias}”`)];
  },
  '{plan}': ({ first, before }) => [plain(planPhrase(first, before).level)],
  '{schedule}': ({ first }) => {
    const schedule = scheduleLine(first.told);
    return schedule.length === 0 ? [] : [plain(': '), ...schedule];
  },
};

function cases({ calls, isCut }: Same, none: string): Line {
  const items = distinct(calls.flatMap(caseItem));
  return items.length === 0 ? [plain(none)] : listed(items, isCut);
}

/** With a link where its ids look as those of AWS do: of anything else an address could be without end. */
function caseItem({ account, caseId, displayId }: ApiCall): Item[] {
  const isShown = /^\d{1,20}$/.test(displayId);
  const text = isShown ? `Case ${displayId}` : oneLine(caseId || displayId, FIELD);
  if (text === '') return [];
  const hasAddress = isShown || /^[\w-]{1,100}$/.test(caseId);
  const shown = hasAddress ? link(consoleLink(displayId, { account, caseId }), text) : plain(text);
  return [{ key: text, shown: [shown] }];
}

/** `, severity General guidance (low), about support-api`, as far as it is the same of all. */
function aboutNew({ calls }: Same): string {
  const only = (field: string) => {
    const [value = '', ...others] = new Set(calls.map(({ told }) => told[field] ?? ''));
    return others.length > 0 ? '' : value;
  };
  const severity = oneLine(severityWords(only('severityCode')), FIELD);
  const service = oneLine(only('serviceCode'), FIELD);
  return `${severity && `, severity ${severity}`}${service && `, about ${service}`}`;
}

function checks({ calls, isCut }: Same): Line {
  const lists = calls.map(({ told: { checkId = '', checkIds = '' } }) => {
    const all = checkIds.split(',').map((each) => each.trim());
    const isLong = checkIds.length >= CUT_LIST;
    return { ids: [checkId, ...(isLong ? all.slice(0, -1) : all)], isLong };
  });
  const isSome = isCut || lists.some(({ isLong }) => isLong);
  const items = distinct(lists.flatMap(({ ids }) => ids.flatMap((id) => textItem(oneLine(id, FIELD)))));
  if (items.length === 0) return [plain(calls.length === 1 ? 'a check' : 'checks')];
  if (items.length === 1 && !isSome) return [plain('check '), ...listed(items, false)];
  const count = `${isSome ? 'at least ' : ''}${items.length} different checks (`;
  return [plain(count), ...listed(items, isSome), plain(')')];
}

/** `#support (C0123456789)`, or the one that is known. */
function named(name = '', id = ''): string {
  const words = oneLine(name, FIELD);
  const known = oneLine(id, FIELD);
  return words === '' ? known : known === '' ? words : `${words} (${known})`;
}
