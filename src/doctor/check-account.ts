import { type Account, hasSupportApi, type SupportPlan } from '../case/account.js';
import type { AwsAccounts } from '../support/accounts.js';
import type { AccountExamination, ActionAnswer } from '../support/examine-account.js';
import { PERMISSIONS } from '../support/permissions.js';
import { SupportError } from '../support/support-error.js';
import { askedHost } from '../telemetry/asked-host.js';
import { LONGEST_MS } from './check.js';
import type { Finding } from './finding.js';
import { type Found, found, splitSentence } from './found.js';

/** For telling it. */
const SPARE_MS = 500;

export interface AccountCheckDeps {
  readonly accounts: Pick<AwsAccounts, 'identify' | 'examine'>;
  /** As people call it, with its id. */
  readonly name: string;
  readonly account: Pick<Account, 'id' | 'plan' | 'role'>;
}

function attach(sid: string): string {
  return `Attach the policy of the README to the role ("The permission", statement ${sid}).`;
}

/** Who AWS takes the bot for in an account, its plan, and each permission by a dry run. One line when all is well. */
export async function checkAccount({ accounts, name, account }: AccountCheckDeps): Promise<Finding[]> {
  const make = found('aws', name);
  const { id, plan, role } = account;
  if (!hasSupportApi(plan))
    return [make.ok(`Followed by its events alone: the plan ${plan} has no AWS Support API.`)];
  try {
    const begun = performance.now();
    const { account: actual } = await accounts.identify(id);
    if (actual !== id) return [otherAccount(actual, role, make)];
    return ofExamination(await accounts.examine(id, leftSince(begun)), plan, make);
  } catch (error) {
    return [ofError(error, make)];
  }
}

/** The account of the bot's own credentials, where CONFIG_FILE lists none. @param accepted AWS_ACCOUNTS. */
export async function checkOwnAccount(
  accounts: AccountCheckDeps['accounts'],
  nameOf: (account: string) => string,
  accepted: readonly string[],
  own: string,
): Promise<Finding[]> {
  let make = found('aws', 'account');
  try {
    const begun = performance.now();
    const { account } = await accounts.identify(own);
    make = found('aws', nameOf(account));
    const isStrange = accepted.length > 0 && !accepted.includes(account);
    const strange = make.fail(
      `The bot's AWS credentials belong to this account, whose events AWS_ACCOUNTS does not accept.`,
      `Add ${account} to AWS_ACCOUNTS, or give the bot credentials of ${accepted.join(' or ')}.`,
    );
    return [
      ...(isStrange ? [strange] : []),
      ...ofExamination(await accounts.examine(own, leftSince(begun)), null, make),
    ];
  } catch (error) {
    return [ofError(error, make)];
  }
}

/** Of the time that a check has: what AWS has answered until then is told. */
function leftSince(begun: number): number {
  return Math.max(0, LONGEST_MS - SPARE_MS - (performance.now() - begun));
}

function otherAccount(actual: string, role: string | null, { fail }: Found): Finding {
  return role === null
    ? fail(
        `It has no role in CONFIG_FILE, and the bot's own credentials belong to ${actual}.`,
        'Give it a role, or correct its id.',
      )
    : fail(`Its role belongs to the account ${actual}.`, 'Correct role or id in CONFIG_FILE.');
}

function ofError(error: unknown, { warn, fail }: Found): Finding {
  if (!(error instanceof SupportError)) throw error;
  const { says, remedy } = splitSentence(error.sentence);
  if (error.kind === 'throttled') return warn(says, remedy ?? 'Try again in a minute.');
  if (error.kind !== 'unreachable') return fail(says, remedy ?? 'Try again in a minute.');
  const host = askedHost(error.cause);
  const reach = `Let this machine reach ${host ?? 'AWS'} by HTTPS (firewall, proxy, DNS), and try again.`;
  return fail(host === null ? says : `${says.replace(/\.$/, '')} (${host}).`, reach);
}

function ofExamination(
  { plan, actions }: AccountExamination,
  said: SupportPlan | null,
  make: Found,
): Finding[] {
  const offered = plan.answer === 'has-api' ? plan.severities.map(({ code }) => code) : null;
  // What every action would only say again.
  const isWhole = plan.answer === 'has-api' || actions.some(({ answer }) => answer !== 'unknown');
  if (plan.answer !== 'has-api' && !isWhole) return [ofError(plan.trouble, make)];
  const problems = [
    ...PERMISSIONS.flatMap((group, index) => ofGroup(group, actions, index === 0, make)),
    ...unanswered(actions, make),
    ...(offered === null || said === null ? [] : ofSeverities(offered, said, make)),
  ];
  const allowed = actions.filter(({ answer }) => answer === 'allowed').length;
  const api = offered === null ? 'the plan could not be read' : `a plan with ${offered.length} severities`;
  const says = `The AWS Support API answers: ${api}, ${allowed} of ${actions.length} permissions.`;
  return problems.length > 0 ? [...problems] : [make.ok(says)];
}

function ofGroup(
  { sid, actions: names, without, alone = {} }: (typeof PERMISSIONS)[number],
  actions: readonly ActionAnswer[],
  isNeeded: boolean,
  { warn, fail }: Found,
): Finding[] {
  const denied = actions.filter(({ action, answer }) => names.includes(action) && answer === 'denied');
  if (denied.length === 0) return [];
  const which = denied.map(({ action }) => `support:${action}`).join(', ');
  const [only] = denied;
  const cost = (denied.length === 1 && only !== undefined && alone[only.action]) || without;
  const says = `The role may not call ${which}: ${cost}.`;
  // All but the first group may be left out on purpose.
  return isNeeded && cost === without
    ? [fail(says, `${attach(sid)} A policy of the organization (SCP) may deny it, too.`)]
    : [warn(says, attach(sid))];
}

function unanswered(actions: readonly ActionAnswer[], { warn }: Found): Finding[] {
  const denied = PERMISSIONS.filter((group) =>
    actions.some(({ action, answer }) => answer === 'denied' && group.actions.includes(action)),
  );
  // What only waits for another of its group is said there.
  const open = actions.filter(
    ({ action, answer, trouble }) =>
      answer === 'unknown' &&
      !(trouble?.kind === 'no-permission' && denied.some((group) => group.actions.includes(action))),
  );
  if (open.length === 0) return [];
  const names = open.map(({ action }) => `support:${action}`).join(', ');
  const [first] = open;
  const why = first?.trouble == null ? '' : ` ${splitSentence(first.trouble.sentence).says}`;
  return [warn(`Whether it may call ${names} could not be found out.${why}`, 'Try again in a minute.')];
}

/** Only the plans up to Business have no `critical` (facts: aws-support.md, severity). */
function ofSeverities(offered: readonly string[], said: SupportPlan, { warn }: Found): Finding[] {
  const has = offered.includes('critical');
  if (has === (said !== 'business')) return [];
  return [
    warn(
      has
        ? 'AWS offers the severity critical, which the plan business has not.'
        : `AWS does not offer the severity critical, which the plan ${said} has.`,
      'Correct the plan in CONFIG_FILE: first-response targets are shown by it.',
    ),
  ];
}
